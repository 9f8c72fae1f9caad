package io.parallelwrite.repair;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.outcome.ListenerList;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Verifies copies, also where the journal remembers nothing, and repairs what is proven or what somebody chose: one path, or
 * all paths that begin with a prefix. With an old target and a new one it is what migrates.
 *
 * <ul>
 *   <li>What a path should hold is what the journal says; else what more than half of all targets hold, by size and CRC-32C;
 *       else it is not known.
 *   <li>Where it is not known, nothing is repaired unless {@link RepairOptions} allow it. A copy that is missing does not prove
 *       that it should be there.
 *   <li>What the journal remembers is repaired by that alone; see {@link Repairer}.
 * </ul>
 *
 * <p>A divergence that is found is logged at WARN and told to the divergence listeners of the writer, once until it has ended,
 * and not by each pass that finds it again. It is not put into the journal, which says what was decided: nobody has decided anything.
 *
 * <p>Methods that return a {@link ScrubPass} return at once. The others run on the calling thread and block it, until the
 * targets have answered or their deadlines have passed; an interrupt ends them. Thread-safe.
 */
public final class Scrubber {

    private static final Log log = LogFactory.getLog(Scrubber.class);

    private final ScrubParts parts;
    private final ScrubSettings settings;
    private final List<RepairListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates a scrubber.
     *
     * @param engine the engine that writes to the targets
     * @param reader a reader of the same targets
     * @param repairer repairs what the journal of the engine remembers; {@code null} if it has none
     * @param settings how passes go that are not told otherwise
     * @param divergences told of each path that is found to differ, and of each that is found equal; called on the thread
     *     that verifies it or runs the pass
     */
    public Scrubber(
            WriteEngine engine,
            ParallelResourceReader reader,
            @Nullable Repairer repairer,
            ScrubSettings settings,
            ReadListener divergences) {
        this.parts = new ScrubParts(engine, reader, repairer, divergences);
        this.settings = settings;
    }

    /**
     * Adds a listener to the repairs of paths the journal does not remember. Of those it does, the {@link Repairer} tells.
     *
     * @param listener called in the order listeners were added
     */
    public void addListener(RepairListener listener) {
        listeners.add(listener);
    }

    /**
     * Returns how passes go that are not told otherwise.
     *
     * @return the settings
     */
    public ScrubSettings settings() {
        return settings;
    }

    /**
     * Verifies one path.
     *
     * @param path the relative path, the same on every target
     * @param depth whether the copies are read
     * @return a sign for each target; if no target holds anything and the journal remembers nothing, all are {@link
     *     CopySign#MISSING}
     * @throws IOException if the thread was interrupted, commits of the path did not end in time, or it was written again and
     *     again meanwhile; to try again is harmless
     */
    public VerifiedPath verify(String path, VerifyDepth depth) throws IOException {
        TargetPath target = TargetPath.of(path);
        VerifiedPath verified = new PathVerification(parts, target, depth).run();
        if (verified == null) {
            throw new IOException("'" + target + "' is being written, so its copies cannot be compared; try again");
        }
        report(verified);
        return verified;
    }

    /**
     * Repairs one path. A source counts also for a path the journal remembers, as for {@link Repairer#repair(String, String)}.
     *
     * @param path the relative path, the same on every target
     * @param options what may be done beyond what is proven
     * @return what became of it, or would; refused if nothing is known of the path
     * @throws IllegalArgumentException if there is no target of the name of the source, or the source is to count and the path
     *     was deleted
     * @throws IOException if the thread was interrupted, commits of the path did not end in time, the journal failed, or a
     *     source for which something is to be deleted cannot be listed; to try again is harmless
     */
    public RepairedPath repair(String path, RepairOptions options) throws IOException {
        checkSource(options);
        RepairedPath repaired = new CopyRepair(parts, TargetPath.of(path), RepairOrder.of(parts, options)).run();
        report(repaired, options);
        return repaired;
    }

    /**
     * Goes through all objects and reports those that are not equal, with the default settings.
     *
     * @param prefix empty for all, or what the paths begin with, as in {@code reports/2026-}
     * @param listener hears of every path that is not equal
     * @return the pass, which has not begun
     */
    public ScrubPass scrub(String prefix, ScrubListener listener) {
        return scrub(ScrubPosition.start(prefix), settings, listener);
    }

    /**
     * Goes through all objects from a position on, and reports those that are not equal.
     *
     * @param from where to begin
     * @param settings how to go
     * @param listener hears of every path that is not equal
     * @return the pass, which has not begun
     */
    public ScrubPass scrub(ScrubPosition from, ScrubSettings settings, ScrubListener listener) {
        return new ScrubPass(new PassPlan(this, parts, settings, null), from, listener);
    }

    /**
     * Goes through all objects from a position on, and repairs those that are found not to be equal. What is equal by the
     * {@linkplain ScrubSettings#depth() depth} of the settings is not touched.
     *
     * @param from where to begin
     * @param options what may be done beyond what is proven; of what the journal remembers only, whether it is a dry run
     * @param settings how to go
     * @param listener hears of every path that was not equal, and what became of it
     * @return the pass, which has not begun
     * @throws IllegalArgumentException if there is no target of the name of the source
     */
    public ScrubPass repair(ScrubPosition from, RepairOptions options, ScrubSettings settings, ScrubListener listener) {
        checkSource(options);
        return new ScrubPass(new PassPlan(this, parts, settings, RepairOrder.of(parts, options)), from, listener);
    }

    private void checkSource(RepairOptions options) {
        String source = options.source();
        if (source != null && !parts.targets().contains(source)) {
            throw new IllegalArgumentException(
                    "There is no target '" + source + "' to repair from, only " + parts.targets());
        }
    }

    /** Reports what was found: that copies differ, or that they do not; if that cannot be told, nothing. */
    void report(VerifiedPath verified) {
        if (verified.isEqual() || PassPlan.isGone(verified)) { // it is no divergence that nobody holds it
            reportEqual(verified.agreement());
        } else if (verified.isDiverged()) {
            tell(verified.path(), listener -> listener.differed(verified.difference()));
        }
    }

    /** Reports that copies were found equal. */
    void reportEqual(Comparison agreement) {
        tell(agreement.path(), listener -> listener.agreed(agreement));
    }

    private void tell(String path, Consumer<ReadListener> call) {
        new ListenerList<>(List.of(parts.divergences())).tell(path, call);
    }

    /** Reports what became of a repair. */
    void report(RepairedPath repaired, RepairOptions options) {
        if (repaired.verdict() == Verdict.REPAIRED && !options.dryRun()) {
            log.debug("Repaired: '" + repaired.path() + "' " + repaired.reason());
            new ListenerList<>(listeners).tell(repaired.path(), listener -> listener.copied(repaired));
        }
    }
}
