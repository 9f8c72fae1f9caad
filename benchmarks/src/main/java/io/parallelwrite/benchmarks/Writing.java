package io.parallelwrite.benchmarks;

import java.io.Closeable;
import java.io.IOException;

/** A way to write large objects somewhere. One object at a time; not thread-safe. */
interface Writing extends Closeable {

    /** Makes what this way has to be given already, such as a file on the disk. Not measured. Nothing by default. */
    default void provide(String path, long byteCount) throws IOException {}

    /** Writes an object of generated content; returns when it is visible, and durable where the place can promise that. */
    void write(String path, long byteCount) throws IOException;

    /** Deletes an object, so that the next one finds the disk as this one did. */
    void delete(String path) throws IOException;
}
