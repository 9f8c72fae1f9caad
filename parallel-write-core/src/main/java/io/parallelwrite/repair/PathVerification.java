package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.ReadDepth;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at all copies of a path, held against what the path should hold.
 *
 * <p>Targets are asked between two commits. What the journal remembers is asked for before and after that: if it has changed,
 * the look says nothing, and there is another one. Blocks as its targets do. Immutable.
 */
final class PathVerification {

    private static final int MOST_LOOKS = 10;

    private final ScrubParts parts;
    private final TargetPath path;
    private final ReadDepth depth;

    PathVerification(ScrubParts parts, TargetPath path, VerifyDepth depth) {
        this.parts = parts;
        this.path = path;
        this.depth = depth == VerifyDepth.FULL ? ReadDepth.FULL : ReadDepth.STAT;
    }

    /** What a look found. */
    private record Look(List<CopyAnswer> answers, @Nullable JournalEntry entry, boolean valid) {}

    /**
     * Verifies.
     *
     * @return {@code null} if a target that does not stage may show a part of what is being written, or the path was written
     *     again and again: then there is nothing to hold on to
     */
    @Nullable
    VerifiedPath run() throws IOException {
        for (int i = 0; i < MOST_LOOKS && !isUnfinished(); i++) {
            Look look = look();
            if (look.valid()) {
                return verified(look.answers(), look.entry());
            }
        }
        return null;
    }

    private Look look() throws IOException {
        JournalEntry before = parts.entry(path);
        List<CopyAnswer> answers = parts.reader().inspect(path.value(), depth);
        boolean same = Objects.equals(id(before), id(parts.entry(path)));
        return new Look(answers, before, same);
    }

    /** Tells whether such a write is in progress. It keeps all others from the path, so that a look would wait for its end. */
    boolean isUnfinished() {
        return parts.engine().mayShowUnfinished(path);
    }

    private static @Nullable String id(@Nullable JournalEntry entry) {
        return entry == null ? null : entry.id();
    }

    /** Returns what is said where not even asking was possible. */
    VerifiedPath unreadable(IOException reason) {
        List<CopyAnswer> answers = parts.targets().stream()
                .<CopyAnswer>map(target -> new CopyAnswer.Unavailable(target, reason))
                .toList();
        return verified(answers, null);
    }

    private VerifiedPath verified(List<CopyAnswer> answers, @Nullable JournalEntry entry) {
        RightContent right = RightContent.of(answers, entry);
        List<VerifiedCopy> copies = answers.stream()
                .map(answer -> new VerifiedCopy(right.sign(answer, answers), answer))
                .toList();
        String words = answers.stream().map(PathVerification::words).collect(Collectors.joining("; "));
        String decided = entry == null ? "" : "; the journal says it " + words(entry);
        return new VerifiedPath(path.value(), copies, right.proof(), words + decided);
    }

    private static String words(JournalEntry entry) {
        ContentDigest digest = entry.digest();
        return digest == null ? "was changed by " + entry.operation() + " " + entry.id() : "should hold " + digest;
    }

    /** Says what a target answered. */
    static String words(CopyAnswer answer) {
        String target = "'" + answer.target() + "' ";
        if (answer instanceof CopyAnswer.Held held) {
            return target + "holds " + words(held);
        }
        if (answer instanceof CopyAnswer.Unavailable unavailable) {
            return target + "could not be asked: " + unavailable.cause().getMessage();
        }
        return target + "holds no copy";
    }

    private static String words(CopyAnswer.Held held) {
        long size = held.object().size();
        String words = size < 0 ? "a copy" : size + (size == 1 ? " byte" : " bytes");
        if (held.checksum() != null) {
            words += ", " + held.checksum();
        }
        return held.contradictsItself() ? words + ", and keeps " + held.object().checksum() + " for them" : words;
    }
}
