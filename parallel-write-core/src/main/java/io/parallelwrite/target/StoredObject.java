package io.parallelwrite.target;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a target says about an object it holds, without its bytes.
 *
 * @param size the number of bytes, or -1 if the target cannot tell
 * @param lastModified when it became visible, or {@code null} if the target cannot tell
 * @param checksum the checksum of the whole object the target keeps, or {@code null} if it keeps none
 * @param version the target's own name for this state of the object, or {@code null}
 */
public record StoredObject(
        long size,
        @Nullable Instant lastModified,
        @Nullable Checksum checksum,
        @Nullable String version) {

    /** Returns what a disk says about a file. */
    static StoredObject ofFile(BasicFileAttributes file) {
        return new StoredObject(file.size(), file.lastModifiedTime().toInstant(), null, null);
    }
}
