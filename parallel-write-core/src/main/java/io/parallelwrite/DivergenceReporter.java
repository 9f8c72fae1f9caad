package io.parallelwrite;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.divergence.CopyDivergence;
import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.divergence.WriteDivergence;
import io.parallelwrite.outcome.ListenerList;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.RepairedPath;
import io.parallelwrite.target.ShownText;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Finds the divergence a write left behind, takes those that reads and comparisons find, logs each at WARN, and tells those
 * who listen for it: once, until the path is written, deleted, repaired, or found equal. Give it to the engine, to the reader,
 * to the scrubber and to the repairer.
 *
 * <p>Thread-safe.
 */
final class DivergenceReporter implements WriteListener, ReadListener, RepairListener {

    private static final Log log = LogFactory.getLog(Divergence.class);

    /** Enough for what five targets say; an answer of a server may be a page. */
    private static final int SHOWN_CHARACTERS = 2_000;

    private final ListenerList<DivergenceListener> listeners;
    private final ToldDivergences told = new ToldDivergences();

    DivergenceReporter(List<DivergenceListener> listeners) {
        this.listeners = new ListenerList<>(listeners);
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        if (result.status() == WriteStatus.COMMITTED) {
            told.forget(result.path());
        }
        WriteDivergence.of(result)
                .filter(divergence -> told.isNew(divergence, result))
                .ifPresent(divergence -> report(
                        divergence,
                        "may differ on " + divergence.targets() + " after " + divergence.operation() + " "
                                + divergence.id() + ": " + divergence.diverged()));
    }

    @Override
    public void differed(Comparison.Different difference) {
        if (told.isNew(difference)) {
            CopyDivergence divergence = new CopyDivergence(difference);
            report(divergence, "differs on " + divergence.targets() + ": " + difference.description());
        }
    }

    @Override
    public void agreed(Comparison agreement) {
        told.agreed(agreement);
    }

    @Override
    public void repaired(RepairOutcome.Settled repaired) {
        told.forget(repaired.entry().path().value());
    }

    @Override
    public void copied(RepairedPath copied) {
        told.forget(copied.path());
    }

    @Override
    public void rolledBack(RepairOutcome.RolledBack rolledBack) {
        told.forget(rolledBack.entry().path().value());
    }

    private void report(Divergence divergence, String whoSaidWhat) {
        log.warn("Diverged: '" + divergence.path() + "' " + ShownText.of(whoSaidWhat, SHOWN_CHARACTERS));
        listeners.tell(divergence.path(), listener -> listener.diverged(divergence));
    }
}
