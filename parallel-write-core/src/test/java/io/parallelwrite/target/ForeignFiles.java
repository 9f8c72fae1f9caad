package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that somebody else put below the base of a target. */
final class ForeignFiles {

    private ForeignFiles() {}

    /** Makes a file, and the directories above it; returns {@code true}. */
    static boolean put(Path base, String name) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(FilePlace.directoryOf(file));
        Files.writeString(file, name);
        return true;
    }
}
