package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutException;
import java.io.IOException;
import java.time.Instant;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes one target out when it fails too often or hangs, and in again when a probe of it succeeds.
 *
 * <h2>Out</h2>
 * Failures in a row count: of calls in writes, deletes and repairs, if they {@linkplain TargetFailures say something about
 * the target}. A commit or delete that succeeds ends the row; nothing before does, for an open that sends no request and bytes
 * that stay in memory prove nothing. As many calls as the target's share of the workers that have not returned take it out
 * at once, whatever they were for.
 *
 * <h2>In</h2>
 * While it is out, an alarm sends one probe after the other, each after {@linkplain ProbeDelay a longer time}, and the next
 * only when nothing of the one before runs any more. What a write that was under way achieves meanwhile changes nothing.
 * The times begin anew only when a real write has succeeded: a target that takes probes and no writes is not tried every
 * second.
 *
 * <p>Thread-safe. Its monitor is held for bookkeeping, and to set the alarm.
 */
final class TargetBreaker {

    /** Hears how a probe ended: once, on any thread, when nothing of it runs any more. */
    @FunctionalInterface
    interface ProbeEnd {

        /** It has ended; with {@code null} if it succeeded. */
        void ended(@Nullable Throwable failure);
    }

    /** Sends one probe. */
    @FunctionalInterface
    interface Prober {

        /** Starts a probe; returns at once. */
        void start(ProbeEnd end);
    }

    /**
     * Why a target is out.
     *
     * @param since when it was taken out
     * @param reason why, without a text of the target's
     * @param lastFailure of a call, or of the last probe
     */
    record Outage(Instant since, String reason, Throwable lastFailure) {}

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    // immutable
    private final String target;
    private final BreakerSettings settings;
    private final ProbeDelay delay;
    private final DeadlineTimer timer;
    private final Prober prober;

    // written before the engine is used
    private volatile Runnable changed = () -> {};

    // written under the monitor
    private volatile @Nullable Outage outage;

    // mutable, guarded by this
    private int failureCount;
    private int probeCount;
    private boolean closed;
    private Runnable cancelAlarm = () -> {};

    TargetBreaker(String target, BreakerSettings settings, ProbeDelay delay, DeadlineTimer timer, Prober prober) {
        this.target = target;
        this.settings = settings;
        this.delay = delay;
        this.timer = timer;
        this.prober = prober;
    }

    /** Sets what is called, outside the monitor, when the target has been taken out or in. */
    void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** Returns why the target is out, or {@code null} if it takes writes. */
    @Nullable
    Outage outage() {
        return outage;
    }

    boolean isOut() {
        return outage != null;
    }

    /** Returns what a write or delete fails with while the target is out, or {@code null} if it takes them. */
    @Nullable
    TargetOutException refusal() {
        Outage out = outage;
        return out == null ? null : new TargetOutException(target, out.since(), out.reason(), out.lastFailure());
    }

    /** The target has committed or deleted. */
    synchronized void succeeded() {
        if (outage == null) {
            failureCount = 0;
            probeCount = 0;
        }
    }

    /** A call in a write, delete or repair has failed, or was given up while it ran. */
    void failed(Phase phase, Throwable cause) {
        if (!TargetFailures.areOfTarget(cause)) {
            return;
        }
        synchronized (this) {
            if (outage != null || ++failureCount < settings.failureLimit() || !settings.enabled()) {
                return;
            }
            String last = phase.description() + ": " + cause.getClass().getSimpleName();
            String calls = failureCount == 1 ? "a call failed " : failureCount + " calls in a row failed, the last ";
            takeOut(calls + last, cause);
        }
        changed.run();
    }

    /** So many calls were given up at their deadlines and have not returned that no more are made. */
    void stuck(int callCount, IOException failure) {
        synchronized (this) {
            if (outage != null || !settings.enabled()) {
                return;
            }
            takeOut(callCount + " calls have not returned since their deadlines passed", failure);
        }
        changed.run();
    }

    /** Guarded by this. */
    private void takeOut(String reason, Throwable failure) {
        scheduleProbe();
        outage = new Outage(timer.instant(), reason, failure); // who sees it may count on a probe
    }

    /** Guarded by this. */
    private void scheduleProbe() {
        if (!closed) {
            cancelAlarm = timer.schedule(delay.after(probeCount++), this::probe);
        }
    }

    /** On the alarm's thread. */
    private void probe() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        try {
            prober.start(this::probeEnded);
        } catch (RuntimeException | Error ex) { // such as no memory for it; without the next the target would stay out
            probeEnded(ex);
        }
    }

    private void probeEnded(@Nullable Throwable failure) {
        synchronized (this) {
            Outage out = outage;
            if (out == null) {
                return;
            }
            if (failure != null) {
                scheduleProbe();
                outage = new Outage(out.since(), out.reason(), failure); // who sees it may count on the next probe
            } else {
                outage = null; // seen by the next write
                failureCount = 0;
            }
        }
        if (failure != null) {
            log.debug("Target '" + target + "' is still out: a probe failed", failure);
        } else {
            changed.run();
        }
    }

    /** Sends no more probes. */
    synchronized void close() {
        closed = true;
        cancelAlarm.run();
    }
}
