package io.parallelwrite.repair;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody ordered to be repaired how, one path or all of a pass.
 *
 * @param options what may be done
 * @param presence of the source they name; {@code null} if they name none
 */
record RepairOrder(RepairOptions options, @Nullable SourcePresence presence) {

    static RepairOrder of(ScrubParts parts, RepairOptions options) {
        String source = options.source();
        return new RepairOrder(options, source == null ? null : new SourcePresence(parts, source));
    }

    /** Returns the source for which extra copies are deleted. */
    SourcePresence source() {
        return Objects.requireNonNull(presence, "nothing is deleted without a source");
    }
}
