package io.parallelwrite.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read that has ended.
 *
 * @param path the path
 * @param mode from how many copies it was read
 * @param servedBy the target whose copy was handed out last, or {@code null} if none could be opened
 * @param passedOver the targets the read did without
 * @param byteCount how many bytes were handed out
 * @param duration from the call that opened it to its end
 * @param failure why it ended early, or {@code null}; closing before the end of the object is no failure
 */
public record ReadResult(
        String path,
        ReadMode mode,
        @Nullable String servedBy,
        List<PassedOver> passedOver,
        long byteCount,
        Duration duration,
        @Nullable IOException failure) {

    /** Copies the list. */
    public ReadResult {
        passedOver = List.copyOf(passedOver);
    }
}
