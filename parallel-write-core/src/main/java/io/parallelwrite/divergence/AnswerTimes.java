package io.parallelwrite.divergence;

import io.parallelwrite.stream.DeadlineTimer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * When the decisions whose entries stay were carried out as far as they were.
 *
 * <p>What is not known was carried out by a process before this one, which may have sent its last request a moment before it
 * ended: its time counts from the creation of this object.
 *
 * <p>Thread-safe. Never blocks.
 */
final class AnswerTimes {

    // immutable
    private final DeadlineTimer timer;
    private final long startNanos;

    private final Map<String, Long> answerNanos = new ConcurrentHashMap<>();

    AnswerTimes(DeadlineTimer timer) {
        this.timer = timer;
        this.startNanos = timer.nanoTime();
    }

    /** Notes that the last target has answered just now, or was given up. */
    void note(String id) {
        answerNanos.put(id, timer.nanoTime());
    }

    void forget(String id) {
        answerNanos.remove(id);
    }

    void forgetIf(Predicate<String> gone) {
        answerNanos.keySet().removeIf(gone);
    }

    int size() {
        return answerNanos.size();
    }

    /** Returns how long ago the last target answered. */
    Duration age(String id) {
        return Duration.ofNanos(timer.nanoTime() - answerNanos.getOrDefault(id, startNanos));
    }
}
