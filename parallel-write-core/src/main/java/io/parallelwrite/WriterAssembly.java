package io.parallelwrite;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.divergence.JournaledDecisions;
import io.parallelwrite.divergence.StagingLog;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.Sweeper;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.DecisionLog;
import io.parallelwrite.stream.EngineEnvironment;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A writer being put together from what its builder was told.
 *
 * <p>Used once, on the thread that builds, after the targets have been initialized.
 */
final class WriterAssembly {

    private static final Log log = LogFactory.getLog(ParallelResourceWriter.class);

    private static final long IDLE_SECONDS = 60;

    private final ParallelResourceWriterBuilder told;
    private final List<Runnable> whenDrained = new ArrayList<>();
    private final DeadlineTimer timer;
    private final DivergenceReporter reporter;
    private final @Nullable JournaledDecisions decisions;

    WriterAssembly(ParallelResourceWriterBuilder told) {
        this.told = told;
        this.timer = told.timer != null ? told.timer : ownTimer();
        this.reporter = new DivergenceReporter(told.divergenceListeners);
        this.decisions = told.journal == null
                ? null
                : new JournaledDecisions(told.journal, Clock.systemUTC(), timer, told.repairs.lateness());
    }

    /** What keeps the targets in order beside the writes. */
    record Upkeep(@Nullable Repairer repairer, Scrubber scrubber, Sweeper sweeper) {}

    ParallelResourceWriter writer() {
        Sweeper sweeper = sweeper();
        WriteEngine engine = engine();
        logRuleThatChangesNothing();
        ParallelResourceReader reader = reader(engine);
        engine.drained().thenRun(() -> whenDrained.forEach(Runnable::run));
        Repairer repairer = decisions == null ? null : new Repairer(engine, reader, decisions, told.repairs);
        Scrubber scrubber = new Scrubber(engine, reader, repairer, told.scrubs, reporter);
        for (RepairListener listener : with(reporter, told.repairListeners)) {
            scrubber.addListener(listener);
            if (repairer != null) {
                repairer.addListener(listener);
            }
        }
        if (decisions != null) {
            decisions.recallInterrupted();
        }
        return new DefaultParallelResourceWriter(engine, told.targets, reader, new Upkeep(repairer, scrubber, sweeper));
    }

    private DeadlineTimer ownTimer() {
        DeadlineTimer own = DeadlineTimer.system();
        whenDrained.add(own::close);
        return own;
    }

    private WriteEngine engine() {
        Executor workers = told.executor != null
                ? told.executor
                : newPool("parallel-write-", told.targets.size() * told.settings.workersPerTarget());
        EngineEnvironment environment = new EngineEnvironment(
                workers, timer, with(reporter, told.listeners), decisions == null ? DecisionLog.NONE : decisions);
        WriteEngine engine = new WriteEngine(told.targets, told.settings, environment);
        told.targetStateListeners.forEach(engine.states()::addListener);
        return engine;
    }

    private ParallelResourceReader reader(WriteEngine engine) {
        ThreadPoolExecutor background = newPool("parallel-write-refill-", 1);
        whenDrained.add(background.getQueue()::clear); // nothing can be brought back any more
        return ParallelResourceReader.of(engine, told.reads, background, with(reporter, told.readListeners));
    }

    private Sweeper sweeper() {
        StagingLog notes = decisions == null ? StagingLog.inMemory() : decisions.stagingLog();
        for (Target target : told.targets) {
            target.keepNotes(notes.notesOf(target.name(), target.place()));
        }
        Sweeper sweeper = new Sweeper(told.targets, notes, told.sweeps.withPace(told.repairs), timer);
        told.sweepListeners.forEach(sweeper::addListener);
        return sweeper;
    }

    /** The users' listeners first. */
    private static <T> List<T> with(T last, List<T> listeners) {
        List<T> all = new ArrayList<>(listeners);
        all.add(last);
        return all;
    }

    private void logRuleThatChangesNothing() {
        Set<String> names = told.targets.stream().map(Target::name).collect(Collectors.toSet());
        AcknowledgementRule rule = told.settings.rule();
        if (!rule.equals(AcknowledgementRule.all()) && rule.needsAllOf(names)) {
            log.info("The acknowledgement rule [" + rule + "] asks for each of the " + names.size()
                    + " targets, as the default does: when one fails, a write fails");
        }
    }

    /** Daemon threads: one that hangs in the kernel must not keep the JVM from ending. */
    private ThreadPoolExecutor newPool(String prefix, int size) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, prefix + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        whenDrained.add(pool::shutdown);
        return pool;
    }
}
