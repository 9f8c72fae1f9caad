package io.parallelwrite.handle;

import org.jspecify.annotations.Nullable;

/**
 * What is done to each handle. Runs on the caller's thread or on a worker, for several handles at once: whatever it uses
 * besides the handle must be that handle's own, which is what the index is for.
 *
 * @param <H> what a handle is
 * @param <V> the result
 */
interface HandleCall<H, V extends @Nullable Object> {

    /** Calls one handle. */
    V on(H handle, int index) throws Throwable;
}
