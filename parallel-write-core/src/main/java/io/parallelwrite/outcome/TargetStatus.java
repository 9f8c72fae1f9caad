package io.parallelwrite.outcome;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one target is, at one moment.
 *
 * @param target its name
 * @param scheme the kind of its location
 * @param required whether a write is a failure whenever this target misses it
 * @param state whether it takes writes and holds all it should
 * @param since when that began; when the writer was built, if it has been so from the beginning
 * @param reason if it is {@link TargetState#OUT}, why: how many calls failed, in which phase, and the type of the last
 *     failure. It holds no path, bucket or text of a server; else {@code null}
 * @param lastFailure if it is {@link TargetState#OUT}, what the last failure said, of a call or a probe. It may name paths
 *     and buckets; secrets in URLs are left out. Else {@code null}
 * @param unreturnedCalls how many of its calls were given up at their deadlines and have not returned
 * @param waitingEntries how many writes and deletes the journal remembers that it does not show, or may not; 0 without a
 *     journal
 */
public record TargetStatus(
        String target,
        String scheme,
        boolean required,
        TargetState state,
        Instant since,
        @Nullable String reason,
        @Nullable String lastFailure,
        int unreturnedCalls,
        int waitingEntries) {

    /**
     * Tells whether writes do without the target.
     *
     * @return {@code true} if it is {@link TargetState#OUT}
     */
    public boolean isOut() {
        return state == TargetState.OUT;
    }
}
