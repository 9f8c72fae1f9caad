package io.parallelwrite.repair;

import io.parallelwrite.compare.ListedCopies;
import io.parallelwrite.repair.PassPlan.Handled;
import io.parallelwrite.repair.ScrubResult.End;
import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One way through all objects of all targets, in the order of their paths; see {@link Scrubber}.
 *
 * <p><b>Constant memory.</b> The listings of the targets are merged as they come. So many paths as the settings say are looked
 * at or copied at once, and some that are done wait for one before them: what is found is reported in order.
 *
 * <p><b>Nothing in progress is reported.</b> Where listings differ all targets are asked again, while no commit changes the
 * path, and that counts. What is written to a target that does not stage is left out, and counted.
 *
 * <p><b>Not known is not missing.</b> When a target cannot be listed, or not to the end, the pass ends there: it is then not
 * complete, and another can go on from its position.
 *
 * <p><b>Threads.</b> {@link #run()} blocks its thread; as many daemon threads as the concurrency work for it, which end with
 * it and are never interrupted. The other methods return at once. Thread-safe; a pass is run once.
 */
public final class ScrubPass {

    private static final Log log = LogFactory.getLog(Scrubber.class);

    /** How many paths may be begun and not reported, for each that is looked at: one that takes long does not stop the others. */
    private static final int AHEAD = 16;

    /** What becomes of a path for which no worker was free before the pass was stopped. */
    private static final Handled NOT_HANDLED = new Handled(TargetPath.PROBE, null, null);

    /** A path that is being handled; {@code handled} is {@code null} if listings alone show that it is equal. */
    private record Begun(ListedCopies.Entry entry, @Nullable CompletableFuture<Handled> handled) {

        TargetPath path() {
            return entry.path();
        }

        boolean isDone() {
            return handled == null || handled.isDone();
        }
    }

    // immutable
    private final PassPlan plan;
    private final ScrubListener listener;
    private final PassControl control;
    private final ScrubPosition from;
    private final List<String> targets;
    private final AtomicBoolean begun = new AtomicBoolean();

    // used by the thread that runs the pass
    private final ArrayDeque<Begun> window = new ArrayDeque<>();

    // mutable, guarded by this
    private final ScrubTally tally;
    private @Nullable TargetPath after;

    ScrubPass(PassPlan plan, ScrubPosition from, ScrubListener listener) {
        this.plan = plan;
        this.listener = listener;
        this.control = new PassControl(plan.settings(), timer(plan));
        this.from = from;
        this.after = from.after();
        this.tally = new ScrubTally(from.counts());
        this.targets = plan.parts().targets();
    }

    private static DeadlineTimer timer(PassPlan plan) {
        return plan.parts().engine().timer();
    }

    /**
     * Goes through all objects. Blocks until that is done, a target cannot be listed any more, the pass is stopped, or the
     * thread is interrupted: its flag then stays set, and what is under way ends on its own.
     *
     * @return how it ended, and how far it came
     * @throws IllegalStateException if it was run before; begin another from its position
     */
    public ScrubResult run() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("This pass was run before; begin another from its position");
        }
        long startNanos = timer(plan).nanoTime();
        ExecutorService workers = Executors.newFixedThreadPool(plan.settings().concurrency(), ScrubPass::thread);
        try (ListedCopies listed = ListedCopies.open(plan.parts().engine().calls(), from.prefix(), from.after())) {
            End end = walk(listed, workers);
            Duration duration = Duration.ofNanos(timer(plan).nanoTime() - startNanos);
            return new ScrubResult(end, position(), listed.failures(), listed.skippedCounts(), duration);
        } catch (IOException ex) { // interrupted before it began
            log.debug("A scrub did not begin", ex);
            return new ScrubResult(End.STOPPED, position(), List.of(), java.util.Map.of(), Duration.ZERO);
        } finally {
            workers.shutdown();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "parallel-write-scrub");
        thread.setDaemon(true);
        return thread;
    }

    private End walk(ListedCopies listed, ExecutorService workers) {
        try {
            End end = begin(listed, workers);
            boolean whole = reportAll();
            return end == End.COMPLETE && !whole ? End.STOPPED : end;
        } catch (IOException ex) {
            log.debug("A scrub was interrupted", ex);
            return End.STOPPED;
        }
    }

    /** Begins one path after the other, and reports what is done. */
    private End begin(ListedCopies listed, ExecutorService workers) throws IOException {
        while (mayGoOn()) {
            ListedCopies.Entry entry;
            try {
                entry = listed.next();
            } catch (IOException ex) {
                if (listed.failures().isEmpty()) {
                    throw ex; // interrupted
                }
                log.warn("A scrub of '" + from.prefix() + "' ends before its end, after '" + lastBegun() + "'", ex);
                return End.FAILED;
            }
            if (entry == null) {
                return End.COMPLETE;
            }
            begin(entry, workers);
            reportDone();
        }
        return End.STOPPED;
    }

    private boolean mayGoOn() throws IOException {
        PassControl.Turn turn = control.awaitTurn();
        if (turn == PassControl.Turn.PAUSE) {
            reportAll(); // who looks at the position during a pause sees all that was done
            turn = control.awaitTurnThroughPauses();
        }
        return turn == PassControl.Turn.GO;
    }

    private void begin(ListedCopies.Entry entry, ExecutorService workers) {
        TargetPath path = entry.path();
        CompletableFuture<Handled> handled = null;
        if (!plan.isEqualAsListed(entry)) {
            handled = new CompletableFuture<>();
            workers.execute(handling(path, handled));
        }
        window.add(new Begun(entry, handled));
        control.begun(plan.byteCount(entry));
    }

    private Runnable handling(TargetPath path, CompletableFuture<Handled> handled) {
        return () -> {
            if (control.isStopping()) {
                handled.complete(NOT_HANDLED); // that thread drops it, and all that come after it
                return;
            }
            try {
                handled.complete(plan.handle(path)); // the thread that runs the pass goes on
            } catch (Throwable ex) { // also an Error: that thread must learn of it
                handled.completeExceptionally(ex);
            }
        };
    }

    private @Nullable TargetPath lastBegun() {
        return window.isEmpty() ? position().after() : window.getLast().path();
    }

    private void reportDone() throws IOException {
        int most = AHEAD * plan.settings().concurrency();
        while (!window.isEmpty() && (window.size() >= most || window.getFirst().isDone())) {
            reportFirst();
        }
    }

    /** Reports all that was begun, but for what a stop came before; tells whether that was all. */
    private boolean reportAll() throws IOException {
        boolean whole = true;
        while (!window.isEmpty()) {
            whole = reportFirst();
        }
        return whole;
    }

    /** Returns {@code false} if the pass was stopped before that path, and so before all that are left. */
    private boolean reportFirst() throws IOException {
        Begun first = window.getFirst();
        Handled handled = first.handled() == null ? null : Await.interruptibly(first.handled());
        if (NOT_HANDLED.equals(handled)) {
            window.clear();
            return false;
        }
        if (handled == null) {
            plan.reportEqual(first.entry());
        } else {
            tell(handled);
        }
        synchronized (this) {
            count(handled);
            after = first.path();
        }
        window.removeFirst();
        return true;
    }

    private void tell(Handled handled) {
        VerifiedPath verified = handled.verified();
        plan.report(handled);
        if (verified == null || verified.isEqual() || PassPlan.isGone(verified)) {
            return;
        }
        listener.found(verified);
        if (handled.repaired() != null) {
            listener.repaired(handled.repaired());
        }
    }

    private void count(@Nullable Handled handled) {
        if (handled == null) {
            tally.addEqual(targets);
        } else if (handled.verified() == null) {
            tally.addBusy();
        } else if (!PassPlan.isGone(handled.verified())) {
            tally.add(handled.verified());
        }
        if (handled != null && handled.repaired() != null) {
            tally.add(Objects.requireNonNull(handled.repaired()));
        }
    }

    /**
     * Returns how far it has come: everything up to here has been handled and reported, and nothing after it reported.
     *
     * @return the position; keep it to go on after a crash
     */
    public synchronized ScrubPosition position() {
        return new ScrubPosition(from.prefix(), after, tally.counts());
    }

    /** Pauses before the next path. Those that are being handled are ended and reported. */
    public void pause() {
        control.pause(true);
    }

    /** Goes on after a pause. */
    public void unpause() {
        control.pause(false);
    }

    /**
     * Tells whether it is paused.
     *
     * @return {@code true} from {@link #pause()} to {@link #unpause()}
     */
    public boolean isPaused() {
        return control.isPaused();
    }

    /**
     * Stops before the next path, also during a pause. Those that are being handled are ended and reported; those that wait
     * for one of the threads are left for who goes on from the position.
     */
    public void stop() {
        control.stop();
    }
}
