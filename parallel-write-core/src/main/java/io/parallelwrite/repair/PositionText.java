package io.parallelwrite.repair;

import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A position as text: fields as in the query of a URL, {@code v=1&prefix=reports%2F&after=…&paths=3,1,0&repairs=0,1,0,0&
 * copies.local=3,0,0,0,0}. Numbers of verdicts and signs are in the order of their enums.
 */
final class PositionText {

    private static final String VERSION = "1";
    private static final String COPIES = "copies.";

    private PositionText() {}

    static String of(ScrubPosition position) {
        ScrubCounts counts = position.counts();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("v", VERSION);
        fields.put("prefix", position.prefix().value());
        if (position.after() != null) {
            fields.put("after", position.after().value());
        }
        fields.put("paths", counts.paths() + "," + counts.unequalPaths() + "," + counts.busyPaths());
        fields.put("repairs", numbers(RepairedPath.Verdict.values(), counts.repairs()));
        counts.copies().forEach((target, signs) -> fields.put(COPIES + target, numbers(CopySign.values(), signs)));
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }

    private static <E extends Enum<E>> String numbers(E[] keys, Map<E, Long> counts) {
        return Stream.of(keys)
                .map(key -> counts.getOrDefault(key, 0L).toString())
                .collect(Collectors.joining(","));
    }

    static ScrubPosition parse(String text) {
        try {
            Map<String, String> fields = fields(text);
            if (!VERSION.equals(fields.get("v"))) {
                throw new IllegalArgumentException("it does not begin with v=" + VERSION);
            }
            String after = fields.get("after");
            return new ScrubPosition(
                    TargetPrefix.of(field(fields, "prefix")),
                    after == null ? null : TargetPath.of(after),
                    counts(fields));
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "The text [" + text + "] is no position of a scrub (" + ex.getMessage()
                            + "); give what ScrubPosition.toText() returned, or begin anew",
                    ex);
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split("&", -1)) {
            String[] both = field.split("=", 2);
            fields.put(decoded(both[0]), both.length == 2 ? decoded(both[1]) : "");
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return value;
    }

    private static ScrubCounts counts(Map<String, String> fields) {
        long[] paths = numbers(field(fields, "paths"), 3);
        Map<String, Map<CopySign, Long>> copies = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(COPIES)) {
                copies.put(name.substring(COPIES.length()), counts(CopySign.class, value));
            }
        });
        return new ScrubCounts(
                paths[0], paths[1], paths[2], copies, counts(RepairedPath.Verdict.class, field(fields, "repairs")));
    }

    private static <E extends Enum<E>> Map<E, Long> counts(Class<E> type, String text) {
        E[] keys = type.getEnumConstants();
        long[] numbers = numbers(text, keys.length);
        Map<E, Long> counts = new EnumMap<>(type);
        for (int i = 0; i < keys.length; i++) {
            if (numbers[i] > 0) {
                counts.put(keys[i], numbers[i]);
            }
        }
        return counts;
    }

    private static long[] numbers(String text, int count) {
        long[] numbers =
                Stream.of(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
        if (numbers.length != count) {
            throw new IllegalArgumentException("'" + text + "' are not " + count + " numbers");
        }
        return numbers;
    }
}
