package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;

/** What is written, of any size. Not thread-safe. */
interface Content {

    /** Writes so many bytes. */
    void writeTo(OutputStream out, long byteCount) throws IOException;

    /** Returns how many bytes one call of {@code write} gets. */
    int pieceBytes();
}
