package io.parallelwrite;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.WriteDivergence;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.Strength;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The divergences that have been told of, so that each is told once, however often it is met.
 *
 * <p>A divergence is a path, and what each target holds of it. What is found again is the same one as long as no target is
 * seen to hold something else than before; what is not known of a target, or not asked this time, says nothing. So a copy that
 * a write did not reach is the one that a read then finds missing. A write or delete that leaves the same behind at the same
 * targets, as when it is tried again, is the same, too.
 *
 * <p>Memory is bounded: of more than {@value #MAX_PATHS} diverged paths, the one that was not met for longest is forgotten, and
 * told again when it is met.
 *
 * <p>Thread-safe. Never blocks but for the time of a look.
 */
final class ToldDivergences {

    /** How many paths are kept in mind. */
    static final int MAX_PATHS = 10_000;

    // mutable, guarded by this
    private final Map<String, Told> byPath = new LinkedHashMap<>(16, 0.75f, true) { // the one met last is the last
                @Override
                protected boolean removeEldestEntry(Entry<String, Told> eldest) {
                    return size() > MAX_PATHS;
                }
            };

    /**
     * What has been told about a path.
     *
     * @param missed the targets that the last write was told to have missed; empty if it was found by looking
     * @param sights what each target holds, as far as that is known
     */
    private record Told(List<String> missed, Map<String, Sight> sights) {}

    /**
     * What a target holds.
     *
     * @param held whether it holds a copy
     * @param size of that, or -1 if it is not known
     * @param checksum of that, or {@code null} if it is not known
     */
    private record Sight(boolean held, long size, @Nullable Checksum checksum) {

        private static final Sight NOTHING = new Sight(false, -1, null);

        boolean contradicts(Sight other) {
            return held != other.held
                    || (size >= 0 && other.size >= 0 && size != other.size)
                    || (checksum != null
                            && other.checksum != null
                            && checksum.algorithm() == other.checksum.algorithm()
                            && !checksum.equals(other.checksum));
        }

        Sight with(Sight more) {
            return new Sight(held, size >= 0 ? size : more.size, checksum != null ? checksum : more.checksum);
        }
    }

    /** Tells whether a write or delete left something new behind; if so, it replaces what was told of the path. */
    synchronized boolean isNew(WriteDivergence divergence, WriteResult result) {
        Sight change = result.operation() == Operation.DELETE
                ? Sight.NOTHING
                : new Sight(true, result.size(), result.checksum());
        Map<String, Sight> sights = new HashMap<>();
        divergence.others().forEach(committed -> sights.put(committed.target(), change));
        Told before = byPath.get(divergence.path());
        if (before != null && before.missed().equals(divergence.targets()) && !contradict(before.sights(), sights)) {
            return false;
        }
        byPath.put(divergence.path(), new Told(divergence.targets(), sights));
        return true;
    }

    /** Tells whether a difference is new; if not, what it adds is kept in mind. */
    synchronized boolean isNew(Comparison.Different difference) {
        Map<String, Sight> sights = sights(difference);
        Told before = byPath.get(difference.path());
        if (before == null || contradict(before.sights(), sights)) {
            byPath.put(difference.path(), new Told(List.of(), sights));
            return true;
        }
        sights.forEach((target, sight) -> before.sights().merge(target, sight, Sight::with));
        return false;
    }

    /** Forgets a path whose copies were found equal, unless what was compared says nothing about what was told. */
    synchronized void agreed(Comparison agreement) {
        Told before = byPath.get(agreement.path());
        boolean weak = agreement instanceof Comparison.Equal equal
                && (equal.strength() == Strength.SIZE_ONLY || equal.strength() == Strength.NOT_COMPARABLE);
        if (before != null && (!weak || contradict(before.sights(), sights(agreement)))) {
            byPath.remove(agreement.path());
        }
    }

    private static Map<String, Sight> sights(Comparison comparison) {
        Map<String, Sight> sights = new HashMap<>();
        for (CopyAnswer answer : comparison.answers()) {
            if (answer instanceof CopyAnswer.Held held) {
                sights.put(held.target(), new Sight(true, held.object().size(), held.checksum()));
            } else if (answer instanceof CopyAnswer.Missing missing) {
                sights.put(missing.target(), Sight.NOTHING);
            }
        }
        return sights;
    }

    private static boolean contradict(Map<String, Sight> before, Map<String, Sight> now) {
        return now.entrySet().stream().anyMatch(entry -> {
            Sight known = before.get(entry.getKey());
            return known != null && known.contradicts(entry.getValue());
        });
    }

    /** Forgets a path whose divergence has ended: what is found there from now on is new. */
    synchronized void forget(String path) {
        byPath.remove(path);
    }

    /** Returns how many paths are kept in mind. */
    synchronized int size() {
        return byPath.size();
    }
}
