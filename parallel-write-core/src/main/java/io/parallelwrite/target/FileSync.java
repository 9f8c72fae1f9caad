package io.parallelwrite.target;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The two calls that make files durable, apart from the rest so that tests see their order and make one fail.
 *
 * <p>A sync that failed is never repeated: after a failure the system may drop the data and report success the next time.
 *
 * <p>Thread-safe.
 */
public interface FileSync {

    /**
     * Makes the bytes and the size of a file durable. Blocks on the device.
     *
     * @param channel the open file
     * @throws IOException what the system says; the file is then not to be trusted, and this is not to be tried again
     */
    void file(FileChannel channel) throws IOException;

    /**
     * Makes the entries of a directory durable. Blocks on the device.
     *
     * @param directory the directory
     * @throws IOException what the system says
     */
    void directory(Path directory) throws IOException;

    /** Syncs nothing. */
    FileSync NONE = new FileSync() {
        @Override
        public void file(FileChannel channel) {}

        @Override
        public void directory(Path directory) {}
    };

    /** Syncs to the device; directories not on Windows, which has no such call and does not need it. */
    FileSync DEVICE = new FileSync() {
        private final boolean windows = File.separatorChar == '\\';

        @Override
        public void file(FileChannel channel) throws IOException {
            channel.force(true);
        }

        @Override
        public void directory(Path directory) throws IOException {
            if (windows) {
                return;
            }
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    };
}
