package io.parallelwrite.stream;

import io.parallelwrite.outcome.AcknowledgementRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.util.unit.DataSize;

/**
 * What the engine is built with, besides targets and threads. Start from {@link #defaults()} and change what differs.
 *
 * @param rule which targets must hold a write
 * @param buffers memory for bytes in flight
 * @param deadlines for targets that have none of their own
 * @param targetDeadlines by target name
 * @param lagging by target name, what becomes of a write while the target is slower than others; those that are not named
 *     {@linkplain Lagging#block() block}
 * @param maxOpenWrites how many writes may be open at once; more wait for their turn
 * @param admission how long a write waits for its turn before it is rejected
 * @param workersPerTarget how many workers one target may hold at once, so that a hung one cannot hold them all
 * @param shutdown how long closing waits for open writes to end before it aborts them
 * @param breaker when a target is taken out, and how often it is tried then
 */
public record EngineSettings(
        AcknowledgementRule rule,
        BufferSettings buffers,
        Deadlines deadlines,
        Map<String, Deadlines> targetDeadlines,
        Map<String, Lagging> lagging,
        int maxOpenWrites,
        Duration admission,
        int workersPerTarget,
        Duration shutdown,
        BreakerSettings breaker) {

    /**
     * Checks the numbers and copies the maps.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public EngineSettings {
        targetDeadlines = Map.copyOf(targetDeadlines);
        lagging = Map.copyOf(lagging);
        if (maxOpenWrites < 1) {
            throw new IllegalArgumentException("The number of open writes [" + maxOpenWrites + "] must be at least 1");
        }
        if (workersPerTarget < 1) {
            throw new IllegalArgumentException(
                    "The number of workers per target [" + workersPerTarget + "] must be at least 1");
        }
        checkNotNegative("admission deadline", admission);
        checkNotNegative("shutdown time", shutdown);
    }

    private static void checkNotNegative(String name, Duration value) {
        if (value.isNegative() || value.compareTo(Deadlines.LONGEST) > 0) {
            throw new IllegalArgumentException("The " + name + " [" + value + "] must not be negative and at most "
                    + Deadlines.LONGEST.toDays() + " days");
        }
    }

    /**
     * Returns the defaults: all targets must hold a write, one open write for every 16 MiB of heap but at least 4 and at most
     * 256, 8 workers per target, 30 seconds of waiting for a turn and for shutdown.
     *
     * @return settings that are safe for a disk and an S3 bucket
     */
    public static EngineSettings defaults() {
        return new EngineSettings(
                AcknowledgementRule.all(),
                BufferSettings.defaults(),
                Deadlines.defaults(),
                Map.of(),
                Map.of(),
                defaultOpenWrites(),
                Duration.ofSeconds(30),
                8,
                Duration.ofSeconds(30),
                BreakerSettings.defaults());
    }

    /** A large write to S3 fills at least one part of 8 MiB; all of them together may fill half of the heap. */
    private static int defaultOpenWrites() {
        return (int) Math.max(
                4,
                Math.min(
                        256,
                        Runtime.getRuntime().maxMemory()
                                / DataSize.ofMegabytes(16).toBytes()));
    }

    /**
     * Sets which targets must hold a write.
     *
     * @param rule the rule
     * @return new settings
     */
    public EngineSettings withRule(AcknowledgementRule rule) {
        return with(draft -> draft.rule = rule);
    }

    /**
     * Sets the memory for bytes in flight.
     *
     * @param buffers the sizes
     * @return new settings
     */
    public EngineSettings withBuffers(BufferSettings buffers) {
        return with(draft -> draft.buffers = buffers);
    }

    /**
     * Sets the deadlines of targets that have none of their own.
     *
     * @param deadlines the deadlines
     * @return new settings
     */
    public EngineSettings withDeadlines(Deadlines deadlines) {
        return with(draft -> draft.deadlines = deadlines);
    }

    /**
     * Sets the deadlines of one target.
     *
     * @param target its name
     * @param deadlines the deadlines
     * @return new settings
     */
    public EngineSettings withTargetDeadlines(String target, Deadlines deadlines) {
        return with(draft -> draft.targetDeadlines.put(target, deadlines));
    }

    /**
     * Sets what becomes of a write while one target is slower than the others.
     *
     * @param target its name
     * @param policy to detach it, the acknowledgement rule must be able to do without it
     * @return new settings
     */
    public EngineSettings withLagging(String target, Lagging policy) {
        return with(draft -> draft.lagging.put(target, policy));
    }

    /**
     * Sets how many writes may be open at once, and how long one waits for its turn.
     *
     * @param maxOpenWrites at least 1
     * @param admission zero to reject at once
     * @return new settings
     */
    public EngineSettings withMaxOpenWrites(int maxOpenWrites, Duration admission) {
        return with(draft -> {
            draft.maxOpenWrites = maxOpenWrites;
            draft.admission = admission;
        });
    }

    /**
     * Sets how many workers one target may hold at once.
     *
     * @param workersPerTarget at least 1
     * @return new settings
     */
    public EngineSettings withWorkersPerTarget(int workersPerTarget) {
        return with(draft -> draft.workersPerTarget = workersPerTarget);
    }

    /**
     * Sets how long closing waits for open writes to end before it aborts them.
     *
     * @param shutdown zero to abort them at once
     * @return new settings
     */
    public EngineSettings withShutdown(Duration shutdown) {
        return with(draft -> draft.shutdown = shutdown);
    }

    /**
     * Sets when a target is taken out, and how often it is tried then.
     *
     * @param breaker the limits
     * @return new settings
     */
    public EngineSettings withBreaker(BreakerSettings breaker) {
        return with(draft -> draft.breaker = breaker);
    }

    private EngineSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings that are being changed. */
    private static final class Draft {
        private AcknowledgementRule rule;
        private BufferSettings buffers;
        private Deadlines deadlines;
        private final Map<String, Deadlines> targetDeadlines;
        private final Map<String, Lagging> lagging;
        private int maxOpenWrites;
        private Duration admission;
        private int workersPerTarget;
        private Duration shutdown;
        private BreakerSettings breaker;

        Draft(EngineSettings settings) {
            this.rule = settings.rule;
            this.buffers = settings.buffers;
            this.deadlines = settings.deadlines;
            this.targetDeadlines = new HashMap<>(settings.targetDeadlines);
            this.lagging = new HashMap<>(settings.lagging);
            this.maxOpenWrites = settings.maxOpenWrites;
            this.admission = settings.admission;
            this.workersPerTarget = settings.workersPerTarget;
            this.shutdown = settings.shutdown;
            this.breaker = settings.breaker;
        }

        EngineSettings settings() {
            return new EngineSettings(
                    rule,
                    buffers,
                    deadlines,
                    targetDeadlines,
                    lagging,
                    maxOpenWrites,
                    admission,
                    workersPerTarget,
                    shutdown,
                    breaker);
        }
    }

    Lagging laggingOf(String target) {
        return lagging.getOrDefault(target, Lagging.block());
    }

    Deadlines deadlinesOf(String target) {
        return targetDeadlines.getOrDefault(target, deadlines);
    }
}
