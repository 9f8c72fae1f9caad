package io.parallelwrite.outcome;

import io.parallelwrite.target.NotAppliedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a target that was not asked, because it is {@link TargetState#OUT}: it has failed too often before, or too
 * many of its calls hang. Nothing was changed there. The cause is what it failed with last.
 */
public class TargetOutException extends NotAppliedException {

    private final String target;
    private final Instant since;

    /**
     * Creates the exception.
     *
     * @param target the name of the target
     * @param since when it was taken out
     * @param reason why, as the end of a sentence
     * @param cause what it failed with last, or {@code null}
     */
    public TargetOutException(String target, Instant since, String reason, @Nullable Throwable cause) {
        super(
                "target '" + target + "' is out since " + since + " (" + reason
                        + "); it takes writes again when a probe of it succeeds",
                cause);
        this.target = target;
        this.since = since;
    }

    /**
     * Returns which target it is.
     *
     * @return its name
     */
    public String target() {
        return target;
    }

    /**
     * Returns since when it is out.
     *
     * @return the time it was taken out
     */
    public Instant since() {
        return since;
    }
}
