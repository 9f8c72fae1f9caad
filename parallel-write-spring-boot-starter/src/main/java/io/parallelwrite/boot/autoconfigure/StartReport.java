package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.autoconfigure.ParallelWriteProperties.JournalType;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.target.Target;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** What the log says once, when the writer is ready: its targets, its rule, and what its journal remembers. */
final class StartReport {

    private static final Log logger = LogFactory.getLog(ParallelWriteAutoConfiguration.class);

    private StartReport() {}

    static void log(ParallelResourceWriter writer, AcknowledgementRule rule, ParallelWriteProperties properties) {
        List<String> targets = writer.targets().stream().map(Target::name).toList();
        logger.info("Writes go to " + targets + "; acknowledgement rule: " + rule + ". "
                + writer.repairer()
                        .map(Repairer::journal)
                        .map(StartReport::held)
                        .orElse("There is no journal"));
        if (writer.repairer().isEmpty()
                && targets.size() > 1
                && properties.journal().type() != JournalType.NONE) {
            logger.warn(
                    "What a crash or a failed target leaves unequal is not remembered and not repaired: no target has"
                            + " a location that begins with file:, beside which the journal could be. Set "
                            + ConfiguredJournal.DIRECTORY + " to a directory, or " + ConfiguredJournal.TYPE
                            + " to memory (until the process ends) or none (as it is)");
        }
    }

    private static String held(Journal journal) {
        List<JournalEntry> entries = journal.entries();
        long decided = entries.stream().filter(JournalEntry::isDecision).count();
        return journal + " holds " + entries.size() + " entries: " + decided + " decided, " + (entries.size() - decided)
                + " diverged";
    }
}
