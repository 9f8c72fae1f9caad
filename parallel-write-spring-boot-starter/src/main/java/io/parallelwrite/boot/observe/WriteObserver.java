package io.parallelwrite.boot.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of every write, and below it one of every target.
 *
 * <p>The observation of the write starts on the caller's thread and becomes a child of the one current there. Those of
 * the targets start with it and stop on whatever thread learned the outcome; no scope is opened on any thread, so none can
 * be left open.
 *
 * <p>Thread-safe.
 */
public final class WriteObserver implements WriteListener {

    private static final WriteObservationConvention DEFAULT_WRITE = new DefaultWriteObservationConvention();
    private static final TargetWriteObservationConvention DEFAULT_TARGET =
            new DefaultTargetWriteObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable WriteObservationConvention writeConvention;
    private final @Nullable TargetWriteObservationConvention targetConvention;
    private final Map<String, OpenWrite> open = new ConcurrentHashMap<>();

    /**
     * Creates the listener.
     *
     * @param registry where observations go
     * @param writeConvention replaces the names and tags of whole writes, or {@code null}
     * @param targetConvention replaces the names and tags of targets, or {@code null}
     */
    public WriteObserver(
            ObservationRegistry registry,
            @Nullable WriteObservationConvention writeConvention,
            @Nullable TargetWriteObservationConvention targetConvention) {
        this.registry = registry;
        this.writeConvention = writeConvention;
        this.targetConvention = targetConvention;
    }

    @Override
    public void started(WriteStart start) {
        if (registry.isNoop()) {
            return;
        }
        WriteObservationContext context = new WriteObservationContext(start);
        Observation write = WriteObservationDocumentation.WRITE
                .observation(writeConvention, DEFAULT_WRITE, () -> context, registry)
                .start();
        Map<String, OpenTarget> targets = new ConcurrentHashMap<>();
        start.targets().forEach(target -> targets.put(target.name(), startTarget(start, target, write)));
        open.put(start.id(), new OpenWrite(write, context, targets));
    }

    private OpenTarget startTarget(WriteStart start, WriteStart.Participant target, Observation write) {
        TargetWriteObservationContext context = new TargetWriteObservationContext(start, target);
        Observation observation = WriteObservationDocumentation.TARGET_WRITE
                .observation(targetConvention, DEFAULT_TARGET, () -> context, registry)
                .parentObservation(write)
                .start();
        return new OpenTarget(observation, context);
    }

    @Override
    public void targetFinished(WriteStart start, TargetOutcome outcome) {
        OpenWrite write = open.get(start.id());
        if (write != null) {
            write.stop(outcome);
        }
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        OpenWrite write = open.remove(start.id());
        if (write != null) {
            result.outcomes().forEach(write::stop); // those that were never reported on their own, such as skipped ones
            write.stop(result);
        }
    }

    private static @Nullable Throwable causeOf(TargetOutcome outcome) {
        if (outcome instanceof TargetOutcome.Failed failed) {
            return failed.cause();
        }
        if (outcome instanceof TargetOutcome.Detached detached) {
            return detached.cause();
        }
        return outcome instanceof TargetOutcome.InDoubt inDoubt ? inDoubt.cause() : null;
    }

    /** The observation of a write that has not ended. */
    private record OpenWrite(
            Observation observation, WriteObservationContext context, Map<String, OpenTarget> targets) {

        void stop(TargetOutcome outcome) {
            OpenTarget target = targets.remove(outcome.target()); // whoever removes it stops it, once
            if (target != null) {
                target.stop(outcome);
            }
        }

        void stop(WriteResult result) {
            context.finish(result);
            if (!result.isSuccess()) {
                result.outcomes().stream()
                        .map(WriteObserver::causeOf)
                        .filter(cause -> cause != null)
                        .findFirst()
                        .ifPresent(observation::error);
            }
            observation.stop();
        }
    }

    /** The observation of a target whose outcome is not known. */
    private record OpenTarget(Observation observation, TargetWriteObservationContext context) {

        void stop(TargetOutcome outcome) {
            context.finish(outcome);
            Throwable cause = causeOf(outcome);
            if (cause != null) {
                observation.error(cause);
            }
            observation.stop();
        }
    }
}
