package io.parallelwrite.simulation;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.ReadSettings;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournaledDecisions;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.stream.BufferSettings;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineEnvironment;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.springframework.util.unit.DataSize;

/** One life of an application: the production engine, reader and repairer over what outlives it, the stores and the journal. */
final class SimulatedProcess {

    static final Deadlines DEADLINES = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            Duration.ofSeconds(40),
            Duration.ofSeconds(10));

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final World world;
    private final WriteEngine engine;
    private final ParallelResourceReader reader;
    private final Repairer repairer;
    private final ModelJournal journal;
    private final Witness witness = new Witness();
    private boolean dead;

    SimulatedProcess(World world, Scenario scenario, Disks disks, Consumer<JournalEntry> divergences) {
        this.world = world;
        this.journal = new ModelJournal(world, this, disks.records());
        List<Target> targets = new ArrayList<>();
        disks.stores().forEach(store -> targets.add(new ModelTarget(world, this, store)));
        DeadlineTimer timer = new Timer();
        RepairSettings repairs = RepairSettings.defaults();
        JournaledDecisions decisions = new JournaledDecisions(journal, new WallClock(), timer, repairs.lateness());
        decisions.whenDiverged(divergences);
        EngineSettings settings = EngineSettings.defaults()
                .withRule(scenario.rule())
                .withBuffers(new BufferSettings(DataSize.ofBytes(16), DataSize.ofBytes(32), DataSize.ofBytes(64)))
                .withDeadlines(DEADLINES)
                .withWorkersPerTarget(scenario.workers());
        engine = new WriteEngine(
                targets, settings, new EngineEnvironment(this::execute, timer, List.of(witness), decisions));
        reader = ParallelResourceReader.of(
                engine, ReadSettings.defaults().withChunk(DataSize.ofBytes(16)), this::execute, List.of());
        repairer = new Repairer(engine, reader, decisions, repairs);
    }

    private final class Timer implements DeadlineTimer {
        @Override
        public long nanoTime() {
            return world.nanoTime();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable alarm) {
            return world.schedule(SimulatedProcess.this, delay, alarm);
        }

        @Override
        public void close() {}
    }

    private final class WallClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return START.plus(world.sinceTheStart());
        }
    }

    private void execute(Runnable task) {
        Fault fault = world.at(this, new Point(Point.EXECUTOR, "execute", false));
        if (fault == Fault.REJECTED) {
            throw new RejectedExecutionException("simulated");
        }
        if (fault.isCrash()) {
            die();
        }
        world.readyToWait(this, task);
    }

    /** Ends it here, whatever it is doing. */
    ProcessDied die() {
        dead = true;
        throw new ProcessDied();
    }

    void checkAlive() {
        if (dead) {
            throw new ProcessDied();
        }
    }

    /** Ends it from outside. */
    void kill() {
        dead = true;
        world.unwindDead();
    }

    boolean dead() {
        return dead;
    }

    WriteEngine engine() {
        return engine;
    }

    ParallelResourceReader reader() {
        return reader;
    }

    Repairer repairer() {
        return repairer;
    }

    ModelJournal journal() {
        return journal;
    }

    Witness witness() {
        return witness;
    }
}
