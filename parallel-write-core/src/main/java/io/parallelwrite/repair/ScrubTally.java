package io.parallelwrite.repair;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a pass has handled. Not thread-safe. */
final class ScrubTally {

    private final Map<String, Map<CopySign, Long>> copies = new LinkedHashMap<>();
    private final Map<RepairedPath.Verdict, Long> repairs = new EnumMap<>(RepairedPath.Verdict.class);
    private long paths;
    private long unequalPaths;
    private long busyPaths;

    ScrubTally(ScrubCounts from) {
        paths = from.paths();
        unequalPaths = from.unequalPaths();
        busyPaths = from.busyPaths();
        from.copies().forEach((target, signs) -> signs(target).putAll(signs));
        repairs.putAll(from.repairs());
    }

    private Map<CopySign, Long> signs(String target) {
        return copies.computeIfAbsent(target, name -> new EnumMap<>(CopySign.class));
    }

    void addEqual(List<String> targets) {
        paths++;
        targets.forEach(target -> signs(target).merge(CopySign.EQUAL, 1L, Long::sum));
    }

    void addBusy() {
        paths++;
        busyPaths++;
    }

    void add(VerifiedPath path) {
        paths++;
        unequalPaths += path.isEqual() ? 0 : 1;
        path.copies().forEach(copy -> signs(copy.target()).merge(copy.sign(), 1L, Long::sum));
    }

    void add(RepairedPath path) {
        repairs.merge(path.verdict(), 1L, Long::sum);
    }

    ScrubCounts counts() {
        return new ScrubCounts(paths, unequalPaths, busyPaths, copies, repairs);
    }
}
