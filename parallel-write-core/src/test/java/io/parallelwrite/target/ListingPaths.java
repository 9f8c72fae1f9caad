package io.parallelwrite.target;

import java.util.List;
import java.util.Random;

/** The paths on which {@link TargetListingContract} tries listings. */
final class ListingPaths {

    /** In their order, which is neither that of the segments nor, at the end, that of {@link String}. */
    static final List<String> IN_ORDER = List.of(
            " a",
            "!",
            "B/a",
            "a b",
            "a!/x",
            "a-b/c",
            "a.b",
            "a.b.c",
            "a/b!",
            "a/b.c",
            "a/b/c",
            "a/b/d/e/f",
            "a/b0",
            "a0",
            "ab/c",
            "reports/2025-12/a.csv",
            "reports/2026-01/a.csv",
            "reports/2026-01/b.csv",
            "reports/2026-02",
            "reports/2026/a.csv",
            "reports2",
            "~",
            "\u00e4",
            "\u65e5\u672c/\u8a9e");

    /** Prefixes of some, of one and of none of them. */
    static final List<String> PREFIXES = List.of(
            "a",
            "a/",
            "a.",
            "a/b",
            "a/b/",
            "a/b/d/e/f",
            "a/b/d/e/f/",
            "r",
            "reports",
            "reports/",
            "reports/2026",
            "reports/2026-",
            "reports/2026-01/",
            "reports/2026-02",
            "reports/2026-02/",
            "reports/3",
            "B",
            "b",
            "~",
            "\u00e4",
            "\u65e5\u672c/",
            "x",
            "con",
            "..",
            ".pw");

    /** Positions at, between, before and after them. */
    static final List<String> POSITIONS = List.of(
            " a",
            "A",
            "a",
            "a/!",
            "a.b",
            "a/b",
            "a/b/c",
            "a/b/d",
            "a/b/d/e/f",
            "a/c",
            "a0",
            "reports/2026-01",
            "reports",
            "reports/2026-01/a.csv",
            "reports3",
            "\u65e5\u672c/\u8a9e",
            "\u65e5\u672c/\u8aa0");

    private ListingPaths() {}

    /** A directory and a file cannot have one name, so the last segment is of another kind than the ones before. */
    static TargetPath randomPath(Random random) {
        String[] segments = {"a", "a-", "a.a", "aa", "b", "\u00e4"};
        StringBuilder path = new StringBuilder();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append(segments[random.nextInt(segments.length)]).append('/');
        }
        return TargetPath.of(path + segments[random.nextInt(segments.length)] + random.nextInt(10) + "f");
    }

    /** Returns the paths that begin with a text. */
    static List<String> startingWith(String prefix, List<String> paths) {
        return paths.stream().filter(path -> path.startsWith(prefix)).toList();
    }

    /** Returns the paths that come after another, which need not be one of them. */
    static List<String> after(String position, List<String> paths) {
        TargetPath after = TargetPath.of(position);
        return paths.stream()
                .filter(path -> TargetPath.of(path).compareTo(after) > 0)
                .toList();
    }
}
