package io.parallelwrite.repair;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of everything a {@link ScrubPass} has handled, with those before it that it goes on from.
 *
 * @param paths all paths
 * @param unequalPaths those that were found not to be equal, or could not be told to be, each reported
 * @param busyPaths those that were left out because they were being written
 * @param copies how many copies of each target had each sign; a sign that did not occur may be absent
 * @param repairs what became of the paths that were to be repaired
 */
public record ScrubCounts(
        long paths,
        long unequalPaths,
        long busyPaths,
        Map<String, Map<CopySign, Long>> copies,
        Map<RepairedPath.Verdict, Long> repairs) {

    /** Nothing yet. */
    static final ScrubCounts NONE = new ScrubCounts(0, 0, 0, Map.of(), Map.of());

    /** Copies the maps. */
    public ScrubCounts {
        Map<String, Map<CopySign, Long>> copied = new LinkedHashMap<>();
        copies.forEach((target, signs) -> copied.put(target, Map.copyOf(signs)));
        copies = Collections.unmodifiableMap(copied);
        repairs = Map.copyOf(repairs);
    }

    /**
     * Returns how many copies had a sign.
     *
     * @param sign the sign
     * @return the number, of all targets together
     */
    public long copies(CopySign sign) {
        return copies.values().stream()
                .mapToLong(signs -> signs.getOrDefault(sign, 0L))
                .sum();
    }

    /**
     * Returns how many paths came to a verdict.
     *
     * @param verdict the verdict
     * @return the number; 0 if nothing was to be repaired
     */
    public long repairs(RepairedPath.Verdict verdict) {
        return repairs.getOrDefault(verdict, 0L);
    }
}
