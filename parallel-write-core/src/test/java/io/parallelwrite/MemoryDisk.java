package io.parallelwrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories that are in memory where the system has a file system there: tests that need no device are quicker so. */
public final class MemoryDisk {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private MemoryDisk() {}

    /**
     * Makes a directory, which whoever asks for it deletes.
     *
     * @param prefix how its name begins
     * @return the directory
     * @throws IOException if it cannot be made
     */
    public static Path newDirectory(String prefix) throws IOException {
        return Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, prefix)
                : Files.createTempDirectory(prefix);
    }
}
