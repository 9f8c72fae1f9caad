package io.parallelwrite.repair;

import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.repair.TargetRepair.Action;
import java.util.List;
import org.springframework.util.unit.DataSize;

/**
 * Says how fast entries are repaired in the background.
 *
 * <p><b>Entries.</b> So many begin in a second, once recovery is over.
 *
 * <p><b>Bytes.</b> So many are copied in a second, also in recovery. An entry counts with all it may copy when it begins, and
 * when it ends with what it did copy: one that cannot be repaired holds up the others no longer than its attempt lasts.
 *
 * <p>Used by one thread.
 */
final class RepairPace {

    private final long recoveryEndNanos;
    private final RateLimit entries;
    private final RateLimit bytes;

    RepairPace(RepairSettings settings, long nowNanos) {
        DataSize bytesPerSecond = settings.bytesPerSecond();
        recoveryEndNanos = nowNanos + settings.recoveryTime().toNanos();
        entries = new RateLimit(settings.entriesPerSecond(), nowNanos);
        bytes = new RateLimit(bytesPerSecond == null ? null : bytesPerSecond.toBytes(), nowNanos);
    }

    /** Returns how long the next entry has to wait; zero or less if it does not. */
    long waitNanos(long nowNanos) {
        return Math.max(bytes.waitNanos(nowNanos), isRecovery(nowNanos) ? 0 : entries.waitNanos(nowNanos));
    }

    private boolean isRecovery(long nowNanos) {
        return recoveryEndNanos - nowNanos > 0;
    }

    void begun(JournalEntry entry, long nowNanos) {
        if (!isRecovery(nowNanos)) {
            entries.take(1, nowNanos);
        }
        bytes.take(mayCopy(entry), nowNanos);
    }

    void ended(JournalEntry begun, List<TargetRepair> done) {
        long copied = done.stream()
                .filter(target -> target.action() == Action.COPY)
                .mapToLong(target -> copied(begun, target))
                .sum();
        bytes.giveBack(mayCopy(begun) - copied);
    }

    private static long mayCopy(JournalEntry entry) {
        long missing = entry.members().stream()
                .filter(member -> member.state() != JournalMember.State.COMMITTED)
                .count();
        return missing * size(entry);
    }

    private static long copied(JournalEntry entry, TargetRepair target) {
        if (target.failure() == null) {
            return size(entry);
        }
        return target.failure() instanceof ParallelWriteException write
                ? write.result().size()
                : 0;
    }

    private static long size(JournalEntry entry) {
        return entry.digest() == null ? 0 : entry.digest().size();
    }
}
