package io.parallelwrite;

import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.compare.ReadSettings;
import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.outcome.TargetStateListener;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.repair.ScrubSettings;
import io.parallelwrite.repair.SweepListener;
import io.parallelwrite.repair.SweepSettings;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetConflictException;
import io.parallelwrite.target.TargetInitializationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ParallelResourceWriter} from targets.
 *
 * <p>Not thread-safe. A builder is used once.
 */
public final class ParallelResourceWriterBuilder {

    // read by the assembly
    final List<Target> targets = new ArrayList<>();
    final List<WriteListener> listeners = new ArrayList<>();
    final List<DivergenceListener> divergenceListeners = new ArrayList<>();
    final List<ReadListener> readListeners = new ArrayList<>();
    final List<RepairListener> repairListeners = new ArrayList<>();
    final List<SweepListener> sweepListeners = new ArrayList<>();
    final List<TargetStateListener> targetStateListeners = new ArrayList<>();
    RepairSettings repairs = RepairSettings.defaults();
    ScrubSettings scrubs = ScrubSettings.defaults();
    SweepSettings sweeps = SweepSettings.defaults();

    @Nullable
    Journal journal;

    ReadSettings reads = ReadSettings.defaults();
    EngineSettings settings = EngineSettings.defaults();

    @Nullable
    Executor executor;

    @Nullable
    DeadlineTimer timer;

    ParallelResourceWriterBuilder() {}

    /**
     * Adds a target. Reads go to targets in the order they were added. The writer closes it.
     *
     * @param target a target with a name and a place of its own
     * @return this builder
     */
    public ParallelResourceWriterBuilder target(Target target) {
        targets.add(target);
        return this;
    }

    /**
     * Adds targets, in the order given.
     *
     * @param targets each with a name and a place of its own
     * @return this builder
     */
    public ParallelResourceWriterBuilder targets(Collection<? extends Target> targets) {
        this.targets.addAll(targets);
        return this;
    }

    /**
     * Sets everything the engine can be told.
     *
     * @param settings replaces all settings, also those a customizer changed before
     * @return this builder
     */
    public ParallelResourceWriterBuilder settings(EngineSettings settings) {
        this.settings = settings;
        return this;
    }

    /**
     * Returns the settings so far, so that a part of them can be changed.
     *
     * @return the settings
     */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Sets what lends the engine its workers. Without it the writer makes a pool of its own and ends it when closed.
     *
     * @param executor runs tasks on threads that are never interrupted, at least {@link
     *     EngineSettings#workersPerTarget()} for every target; not closed by the writer
     * @return this builder
     */
    public ParallelResourceWriterBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /**
     * Sets the clock and alarm. Without it the writer makes one of its own.
     *
     * @param timer the timer; not closed by the writer
     * @return this builder
     */
    public ParallelResourceWriterBuilder timer(DeadlineTimer timer) {
        this.timer = timer;
        return this;
    }

    /**
     * Adds a listener to writes and deletes.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder listener(WriteListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Adds a listener to divergences.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder divergenceListener(DivergenceListener listener) {
        divergenceListeners.add(listener);
        return this;
    }

    /**
     * Sets how copies are read.
     *
     * @param reads replaces all settings of reads
     * @return this builder
     */
    public ParallelResourceWriterBuilder reads(ReadSettings reads) {
        this.reads = reads;
        return this;
    }

    /**
     * Adds a listener to reads and comparisons.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder readListener(ReadListener listener) {
        readListeners.add(listener);
        return this;
    }

    /**
     * Adds a listener to changes of the targets' states.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder targetStateListener(TargetStateListener listener) {
        targetStateListeners.add(listener);
        return this;
    }

    /**
     * Sets where decisions are remembered before the first target commits. Without it nothing is remembered: what a crash
     * between two commits leaves, or what a target misses, is not repaired.
     *
     * @param journal used by this writer alone; not closed by it. Close it after the writer
     * @return this builder
     */
    public ParallelResourceWriterBuilder journal(Journal journal) {
        this.journal = journal;
        return this;
    }

    /**
     * Sets how divergences are repaired.
     *
     * @param repairs replaces all settings of repairs; of no effect without a journal
     * @return this builder
     */
    public ParallelResourceWriterBuilder repairs(RepairSettings repairs) {
        this.repairs = repairs;
        return this;
    }

    /**
     * Sets how all objects are gone through, where that is not told each time.
     *
     * @param scrubs replaces all settings of scrubs
     * @return this builder
     */
    public ParallelResourceWriterBuilder scrubs(ScrubSettings scrubs) {
        this.scrubs = scrubs;
        return this;
    }

    /**
     * Adds a listener to repairs.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder repairListener(RepairListener listener) {
        repairListeners.add(listener);
        return this;
    }

    /**
     * Sets how left-overs are found and discarded.
     *
     * @param sweeps replaces all settings of sweeps but their pace, which is that of {@link #repairs}
     * @return this builder
     */
    public ParallelResourceWriterBuilder sweeps(SweepSettings sweeps) {
        this.sweeps = sweeps;
        return this;
    }

    /**
     * Adds a listener to sweeps.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder sweepListener(SweepListener listener) {
        sweepListeners.add(listener);
        return this;
    }

    /**
     * Builds the writer and initializes its targets; blocks while they get their places ready.
     *
     * @return the writer; close it when done
     * @throws IllegalArgumentException if there is no target
     * @throws TargetConflictException if two targets have one name, or their places are the same or nested
     * @throws TargetInitializationException if a target's place cannot be written; targets initialized before it have been closed
     */
    public ParallelResourceWriter build() throws TargetInitializationException {
        TargetConflicts.check(targets);
        List<Target> initialized = new ArrayList<>();
        try {
            for (Target target : targets) {
                initialized.add(target);
                initialize(target);
            }
            return new WriterAssembly(this).writer();
        } catch (TargetInitializationException | RuntimeException ex) {
            closeAll(initialized, ex);
            throw ex;
        }
    }

    private static void initialize(Target target) throws TargetInitializationException {
        try {
            target.initialize();
        } catch (IOException | RuntimeException ex) {
            throw new TargetInitializationException(target, ex);
        }
    }

    private static void closeAll(List<Target> initialized, Exception reason) {
        for (Target target : initialized) {
            try {
                target.close();
            } catch (IOException | RuntimeException ex) {
                reason.addSuppressed(ex);
            }
        }
    }
}
