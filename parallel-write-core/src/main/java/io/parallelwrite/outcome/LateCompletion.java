package io.parallelwrite.outcome;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call to a target that came after its deadline.
 *
 * @param target the name of the target
 * @param phase the step that was given up
 * @param cause what the call threw in the end, or {@code null} if it succeeded
 */
public record LateCompletion(
        String target, Phase phase, @Nullable Throwable cause) {

    /**
     * Returns what the call threw in the end.
     *
     * @return empty if the call succeeded
     */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(cause);
    }
}
