package io.parallelwrite.repair;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When each entry is to be tried again: after twice the time each time it fails, and sooner if a target it waits for is well
 * again.
 *
 * <p>The times are spread by chance over their second half, so that what failed together does not come back together. Not
 * thread-safe.
 */
final class RepairBackOff {

    private static final int MOST_DOUBLINGS = 30;

    /** One entry that failed. */
    private record Failed(int count, long dueNanos, Set<String> waitsFor) {}

    private final RepairSettings settings;
    private final RandomGenerator random;
    private final Map<String, Failed> failed = new HashMap<>();

    RepairBackOff(RepairSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    boolean isDue(String id, long nowNanos) {
        Failed last = failed.get(id);
        return last == null || last.dueNanos() - nowNanos <= 0;
    }

    /** Takes a failed attempt, and the targets it failed for. */
    void failed(String id, long nowNanos, Set<String> waitsFor) {
        Failed last = failed.get(id);
        int count = last == null ? 1 : last.count() + 1;
        failed.put(id, new Failed(count, nowNanos + delay(count).toNanos(), Set.copyOf(waitsFor)));
    }

    private Duration delay(int count) {
        Duration longest = settings.longestDelay();
        Duration full = settings.firstDelay();
        for (int i = 1; i < Math.min(count, MOST_DOUBLINGS) && full.compareTo(longest) < 0; i++) {
            full = full.multipliedBy(2);
        }
        long nanos = (full.compareTo(longest) < 0 ? full : longest).toNanos();
        return Duration.ofNanos(nanos - (long) (random.nextDouble() * (nanos / 2.0)));
    }

    /** Forgets an entry, so that it is due whenever it is seen. */
    void forget(String id) {
        failed.remove(id);
    }

    /** Makes due what waits for a target; tells whether there is any. */
    boolean targetIsWell(String target, long nowNanos) {
        boolean[] any = {false};
        failed.replaceAll((id, last) -> {
            if (!last.waitsFor().contains(target) || last.dueNanos() - nowNanos <= 0) {
                return last;
            }
            any[0] = true;
            return new Failed(last.count(), nowNanos, last.waitsFor());
        });
        return any[0];
    }

    /** Forgets all other entries. */
    void keepOnly(Collection<String> ids) {
        failed.keySet().retainAll(new HashSet<>(ids));
    }

    /** Returns when the next entry is due. */
    OptionalLong nextNanos() {
        return nextNanos(Set.of());
    }

    /** Returns when the next entry is due, but for some. */
    OptionalLong nextNanos(Set<String> butIds) {
        return failed.entrySet().stream()
                .filter(entry -> !butIds.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().dueNanos())
                .min();
    }

    /** Returns how many entries are left alone for a while. */
    int size() {
        return failed.size();
    }
}
