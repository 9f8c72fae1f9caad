package io.parallelwrite.compare;

import io.parallelwrite.stream.CommitGuard;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings a copy back to a target that holds none, by a normal staged write to that target alone.
 *
 * <p><b>Never resurrected.</b> A path the decision log remembers is not copied: what it should hold is not what one target
 * happens to hold, and a copy could bring back what was deleted. That is left to its repair. Besides that, {@link
 * CopyTransfer} sees to it that a copy is neither older than what it finds nor another than what was read.
 *
 * <p><b>After a failure</b> the target, if it is to blame, else the path is left alone for {@link #PAUSE}, so that reads do
 * not fetch an object again and again that cannot be stored.
 *
 * <p>Blocks while it copies. Thread-safe.
 */
final class CopyRefill {

    /** Short for an operator who has freed a full disk, long for a service that reads the same object all the time. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final ReaderParts parts;
    private final Map<Object, Long> failedAtNanos = new ConcurrentHashMap<>(); // by name of target, or by path

    CopyRefill(ReaderParts parts) {
        this.parts = parts;
    }

    /** Copies, and tells the listeners how that ended; does nothing while the target or the path is left alone. */
    void run(TargetPath path, TargetCalls source, TargetCalls target) {
        String name = target.target().name();
        forgetPauses();
        if (failedAtNanos.containsKey(name)
                || failedAtNanos.containsKey(path)
                || parts.engine().remembers(path)) {
            return;
        }
        IOException failure = null;
        try {
            copy(path, source, name);
        } catch (IOException ex) {
            failure = ex;
            failedAtNanos.put(
                    CopyTransfer.isDueToTarget(ex) ? name : path, parts.timer().nanoTime());
        }
        parts.listeners()
                .refilled(new Refill(path.value(), name, source.target().name(), failure));
    }

    private void forgetPauses() {
        long now = parts.timer().nanoTime();
        failedAtNanos.values().removeIf(failedAt -> now - failedAt >= PAUSE.toNanos());
    }

    private void copy(TargetPath path, TargetCalls source, String target) throws IOException {
        CommitGuard notDiverged = () -> {
            if (parts.engine().remembers(path)) {
                throw new IOException("it has diverged meanwhile, and is left to its repair");
            }
        };
        new CopyTransfer(path, source, target, true, null, null, notDiverged)
                .run(parts.engine(), parts.settings().chunk());
    }
}
