package io.parallelwrite.outcome;

import io.parallelwrite.target.Receipt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one target in one write or delete. */
public sealed interface TargetOutcome {

    /**
     * Returns the name of the target.
     *
     * @return the name it is configured under
     */
    String target();

    /**
     * Returns the kind of the target's location.
     *
     * @return the scheme, as in {@code file}
     */
    String scheme();

    /**
     * Returns how long this target took, from the moment it was opened until its outcome was known.
     *
     * @return zero if it was never opened
     */
    Duration elapsed();

    /**
     * The object is visible and durable at the target, and its receipt does not differ from what was sent.
     *
     * @param target the name of the target
     * @param scheme the kind of its location
     * @param elapsed how long it took
     * @param receipt what the target says it stored
     */
    record Committed(String target, String scheme, Duration elapsed, Receipt receipt) implements TargetOutcome {}

    /**
     * The target failed; nothing visible has changed there.
     *
     * @param target the name of the target
     * @param scheme the kind of its location
     * @param elapsed how long it took
     * @param phase the step that failed
     * @param offset the number of bytes the target had taken
     * @param cause what it threw, or the deadline that passed
     * @param leftBehind why its staged bytes may not be gone yet, or {@code null} if they are; they are hidden in any case.
     *     It is a suppressed exception of the cause as well
     */
    record Failed(
            String target,
            String scheme,
            Duration elapsed,
            Phase phase,
            long offset,
            Throwable cause,
            @Nullable Throwable leftBehind)
            implements TargetOutcome {}

    /**
     * The target fell behind and was dropped from this write, because the acknowledgement rule can do without it; nothing
     * visible has changed there.
     *
     * @param target the name of the target
     * @param scheme the kind of its location
     * @param elapsed how long it took until then
     * @param offset the number of bytes the target had taken
     * @param cause how far behind it was, and for how long it held up the write
     * @param leftBehind why its staged bytes may not be gone yet, or {@code null} if they are; they are hidden in any case.
     *     Nobody waits for that: it may be only that they were still being discarded when the write ended
     */
    record Detached(
            String target,
            String scheme,
            Duration elapsed,
            long offset,
            LaggingTargetException cause,
            @Nullable Throwable leftBehind)
            implements TargetOutcome {}

    /**
     * The target was well, but the write was given up; nothing visible has changed there.
     *
     * @param target the name of the target
     * @param scheme the kind of its location
     * @param elapsed how long it took
     * @param leftBehind why its staged bytes may not be gone yet, or {@code null} if they are; they are hidden in any case
     */
    record Aborted(
            String target,
            String scheme,
            Duration elapsed,
            @Nullable Throwable leftBehind) implements TargetOutcome {}

    /**
     * The target may or may not show the change, or shows something else than what was sent.
     *
     * @param target the name of the target
     * @param scheme the kind of its location
     * @param elapsed how long it took
     * @param phase the step that left the doubt
     * @param cause what the target threw, the deadline that passed, or how its receipt differs
     */
    record InDoubt(String target, String scheme, Duration elapsed, Phase phase, Throwable cause)
            implements TargetOutcome {}

    /**
     * The target was not touched, because the write was rejected before anything began.
     *
     * @param target the name of the target
     * @param scheme the kind of its location
     */
    record Skipped(String target, String scheme) implements TargetOutcome {
        @Override
        public Duration elapsed() {
            return Duration.ZERO;
        }
    }
}
