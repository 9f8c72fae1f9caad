package io.parallelwrite;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of one object into a stream. */
@FunctionalInterface
public interface WriteBody {

    /**
     * Writes the content. Returning normally commits the write; throwing anything aborts it on every target.
     *
     * @param out takes the bytes and blocks while the slowest target's buffer is full; closing it is harmless and not
     *     needed. It cannot be used after this method has returned
     * @throws IOException if the content cannot be produced, or if {@code out} threw it
     */
    void writeTo(OutputStream out) throws IOException;
}
