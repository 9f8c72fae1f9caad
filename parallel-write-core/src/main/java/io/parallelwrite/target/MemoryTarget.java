package io.parallelwrite.target;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A target in the memory of this process, for tests and examples; its bytes end with it.
 *
 * <p>Every write collects its bytes in a buffer of its own; the commit puts that buffer under the path in one step. The
 * receipt is exact, because what is stored is what is read. Attributes are kept.
 *
 * <p>Nothing here blocks. Thread-safe.
 */
public final class MemoryTarget implements Target {

    private final String name;
    private final Clock clock;
    private final ConcurrentNavigableMap<TargetPath, StoredBytes> objects = new ConcurrentSkipListMap<>();
    private final Set<MemoryTargetWrite> openWrites = ConcurrentHashMap.newKeySet();

    /**
     * Creates an empty target.
     *
     * @param name the name under which it is configured
     */
    public MemoryTarget(String name) {
        this(name, Clock.systemUTC());
    }

    /**
     * Creates an empty target with a clock.
     *
     * @param name the name under which it is configured
     * @param clock tells when an object became visible
     */
    public MemoryTarget(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String scheme() {
        return MemoryTargetFactory.SCHEME;
    }

    @Override
    public String place() {
        return scheme() + ":" + name + "/";
    }

    @Override
    public boolean staged() {
        return true;
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws FileAlreadyExistsException {
        if (request.createOnly() && objects.containsKey(request.path())) {
            throw new FileAlreadyExistsException(
                    place() + request.path(), null, "an object exists there, and this write may only create one");
        }
        MemoryTargetWrite write = new MemoryTargetWrite(this, request);
        openWrites.add(write);
        return CompletableFuture.completedStage(write);
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) {
        objects.remove(path);
        return TargetWrite.done();
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) {
        return Optional.ofNullable(objects.get(path)).map(StoredBytes::described);
    }

    @Override
    public InputStream read(TargetPath path) throws FileNotFoundException {
        return new ByteArrayInputStream(stored(path).bytes);
    }

    @Override
    public TargetListing list(TargetPrefix prefix, @Nullable TargetPath after) {
        var following = after == null ? objects : objects.tailMap(after, false);
        return new MemoryListing(following.entrySet().stream()
                .filter(entry ->
                        prefix.matches(entry.getKey()) && !entry.getKey().equals(TargetPath.PROBE))
                .map(entry -> new ListedObject(entry.getKey(), entry.getValue().described()))
                .iterator());
    }

    @Override
    public Optional<ContentAttributes> attributes(TargetPath path) {
        return Optional.ofNullable(objects.get(path)).map(stored -> stored.attributes);
    }

    /**
     * Returns the paths of all objects that are visible now.
     *
     * @return the paths, in the order of their text
     */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        objects.keySet().forEach(path -> paths.add(path.value()));
        paths.remove(TargetPath.PROBE.value());
        return paths;
    }

    /**
     * Returns the paths of the writes that were neither committed nor aborted: in a test, the ones somebody forgot.
     *
     * @return the paths, in the order of their text
     */
    public Set<String> openWrites() {
        Set<String> paths = new TreeSet<>();
        openWrites.forEach(write -> paths.add(write.request().path().value()));
        return paths;
    }

    /** Puts the bytes of a write under its path; tells whether it did, which create-only may forbid. */
    boolean publish(MemoryTargetWrite write, byte[] bytes, Checksum checksum) {
        WriteRequest request = write.request();
        StoredBytes stored = new StoredBytes(bytes, checksum, request.attributes(), clock.instant());
        if (!request.createOnly()) {
            objects.put(request.path(), stored);
        } else if (objects.putIfAbsent(request.path(), stored) != null) {
            return false;
        }
        openWrites.remove(write);
        return true;
    }

    /** Forgets a write that was aborted. */
    void forget(MemoryTargetWrite write) {
        openWrites.remove(write);
    }

    private StoredBytes stored(TargetPath path) throws FileNotFoundException {
        StoredBytes stored = objects.get(path);
        if (stored == null) {
            throw new FileNotFoundException("Target '" + name + "' holds no object '" + path + "'");
        }
        return stored;
    }

    @Override
    public String toString() {
        return name + " (" + place() + ")";
    }

    /** The bytes of one object, never changed once they are here. */
    private static final class StoredBytes {

        private final byte[] bytes;
        private final Checksum checksum;
        private final ContentAttributes attributes;
        private final Instant since;

        StoredBytes(byte[] bytes, Checksum checksum, ContentAttributes attributes, Instant since) {
            this.bytes = bytes;
            this.checksum = checksum;
            this.attributes = attributes;
            this.since = since;
        }

        StoredObject described() {
            return new StoredObject(bytes.length, since, checksum, null);
        }
    }
}
