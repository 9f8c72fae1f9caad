package io.parallelwrite.simulation;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.TargetPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What one target holds, seen and staged; it outlives the processes. Not thread-safe. */
final class Store {

    /** How a target behaves. */
    enum Kind {
        /** Calls block; a hidden file is renamed. */
        DISK,
        /** Calls return at once and end later; requests travel. Commits first. */
        REMOTE,
        /** What is written is seen at once. */
        PLAIN
    }

    /** An object, of which no two are the same. */
    record Stored(byte[] bytes, long version) {
        Checksum checksum() {
            return checksumOf(bytes);
        }
    }

    private final String name;
    private final Kind kind;
    private final Map<TargetPath, Stored> objects = new HashMap<>();
    private final Map<String, byte[]> staged = new HashMap<>();
    private final Set<TargetPath> damaged = new HashSet<>();
    private long versions;

    Store(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    static Checksum checksumOf(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return Checksum.crc32c(crc.getValue());
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    Stored get(TargetPath path) {
        return objects.get(path);
    }

    boolean holds(TargetPath path, byte @Nullable [] bytes) {
        Stored stored = objects.get(path);
        return stored == null ? bytes == null : bytes != null && Arrays.equals(stored.bytes(), bytes);
    }

    Stored put(TargetPath path, byte[] bytes) {
        Stored stored = new Stored(bytes, ++versions);
        objects.put(path, stored);
        return stored;
    }

    void remove(TargetPath path) {
        objects.remove(path);
    }

    Map<String, byte[]> staged() {
        return staged;
    }

    /** Notes that the target keeps other bytes than it was given, so that no good copy may be left. */
    void damaged(TargetPath path) {
        damaged.add(path);
    }

    boolean wasDamaged(TargetPath path) {
        return damaged.contains(path);
    }
}
