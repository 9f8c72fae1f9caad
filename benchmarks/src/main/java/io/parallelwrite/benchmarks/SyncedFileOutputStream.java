package io.parallelwrite.benchmarks;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is synced to the device before it is closed, so that every side promises the same when it returns. Blocks
 * as the device does. Not thread-safe.
 */
final class SyncedFileOutputStream extends FileOutputStream {

    SyncedFileOutputStream(Path file) throws IOException {
        super(file.toFile());
    }

    @Override
    public void close() throws IOException {
        if (getFD().valid()) {
            getFD().sync();
        }
        super.close();
    }
}
