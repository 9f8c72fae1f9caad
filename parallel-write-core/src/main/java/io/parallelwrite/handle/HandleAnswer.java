package io.parallelwrite.handle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one of the handles driven as one said to a call. */
public sealed interface HandleAnswer {

    /**
     * Returns which handle it is.
     *
     * @return its index in the list the handles were given in
     */
    int index();

    /**
     * The call returned.
     *
     * @param index which handle
     * @param value what it returned; {@code null} also for a call without a result
     */
    record Returned(int index, @Nullable Object value) implements HandleAnswer {}

    /**
     * The call failed.
     *
     * @param index which handle
     * @param cause what it threw
     */
    record Threw(int index, Throwable cause) implements HandleAnswer {}

    /**
     * The call was not back in time.
     *
     * @param index which handle
     * @param deadline how long the call could take
     * @param begun whether the call goes on; otherwise no worker was free for it and it never began
     */
    record Unfinished(int index, Duration deadline, boolean begun) implements HandleAnswer {}
}
