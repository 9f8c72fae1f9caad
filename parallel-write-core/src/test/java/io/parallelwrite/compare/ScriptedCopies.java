package io.parallelwrite.compare;

import io.parallelwrite.Gate;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.ForwardingTarget;
import io.parallelwrite.target.ListedObject;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.RunningChecksum;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetListing;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A target in memory whose copies fail, hang, differ or end where a test tells them to, and which is strict: it counts what
 * was opened and not closed, refuses to be read by two calls at once or after closing, and measures the blocks it fills.
 *
 * <p>Thread-safe.
 */
public final class ScriptedCopies extends ForwardingTarget {

    /** What can be scripted to happen before a call does its work. */
    public enum Call {
        STAT,
        READ,
        LIST,
        COMMIT
    }

    /** What happens then. */
    public interface Action {
        void run() throws IOException;
    }

    private final Map<Call, Action> before = new EnumMap<>(Call.class);
    final Map<Long, Action> atByte = new ConcurrentSkipListMap<>();
    private final Map<Integer, Action> atEntry = new ConcurrentSkipListMap<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private volatile @Nullable ChecksumAlgorithm keeps = ChecksumAlgorithm.CRC32C;
    private volatile @Nullable Checksum claims;
    private volatile boolean tellsSize = true;

    public final AtomicInteger openStreams = new AtomicInteger();
    public final AtomicInteger openListings = new AtomicInteger();
    public final AtomicInteger statCount = new AtomicInteger();
    public final AtomicInteger readCount = new AtomicInteger();
    public final AtomicLong givenBytes = new AtomicLong();
    final AtomicLong blockBytes = new AtomicLong();
    public final AtomicLong mostBlockBytes = new AtomicLong();

    public ScriptedCopies(String name) {
        super(name);
    }

    /** Puts an object there, beside all writes. */
    public ScriptedCopies with(String path, byte[] bytes) {
        return with(path, bytes, ContentAttributes.NONE);
    }

    /** Puts an object there with its attributes, beside all writes. */
    public ScriptedCopies with(String path, byte[] bytes, ContentAttributes attributes) {
        try {
            WriteRequest request = new WriteRequest(TargetPath.of(path), "token", attributes, false, bytes.length);
            TargetWrite write = memory.open(request).toCompletableFuture().join();
            write.write(ByteBuffer.wrap(bytes));
            write.prepare(new ContentDigest(bytes.length, checksum(ChecksumAlgorithm.CRC32C, bytes)));
            write.commit();
            return this;
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    public static Checksum checksum(ChecksumAlgorithm algorithm, byte[] bytes) {
        RunningChecksum checksum = RunningChecksum.of(algorithm);
        checksum.update(bytes, 0, bytes.length);
        return checksum.value();
    }

    public ScriptedCopies before(Call call, Action action) {
        synchronized (before) {
            before.put(call, action);
        }
        return this;
    }

    /** Has nothing happen before a call any more. */
    public ScriptedCopies well() {
        synchronized (before) {
            before.clear();
        }
        return this;
    }

    public ScriptedCopies failingBefore(Call call) {
        return before(call, () -> {
            throw new IOException("scripted " + call);
        });
    }

    /** Has something happen, each time, when a reader has got so many bytes of a copy and asks for the next. */
    public ScriptedCopies atByte(long offset, Action action) {
        atByte.put(offset, action);
        return this;
    }

    public ScriptedCopies failingAtByte(long offset) {
        return atByte(offset, () -> {
            throw new IOException("scripted at " + offset);
        });
    }

    public ScriptedCopies hangingAtByte(long offset, Gate gate) {
        gates.add(gate);
        return atByte(offset, gate::pass);
    }

    public ScriptedCopies hangingBefore(Call call, Gate gate) {
        gates.add(gate);
        return before(call, gate::pass);
    }

    /** Has something happen when a listing has given so many objects and is asked for the next. */
    public ScriptedCopies atEntry(int number, Action action) {
        atEntry.put(number, action);
        return this;
    }

    public ScriptedCopies hangingAtEntry(int number, Gate gate) {
        gates.add(gate);
        return atEntry(number, gate::pass);
    }

    /** Lets everything go on that hangs, so that a test that fails ends. */
    public void openGates() {
        gates.forEach(Gate::open);
    }

    /** Keeps checksums in another algorithm, or none. */
    public ScriptedCopies keeping(@Nullable ChecksumAlgorithm algorithm) {
        keeps = algorithm;
        return this;
    }

    /** Keeps this checksum, whatever the bytes are. */
    public ScriptedCopies claiming(Checksum checksum) {
        claims = checksum;
        return this;
    }

    public ScriptedCopies notTellingSizes() {
        tellsSize = false;
        return this;
    }

    private void run(Call call) throws IOException {
        Action action;
        synchronized (before) {
            action = before.get(call);
        }
        if (action != null) {
            action.run();
        }
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        return memory.open(request).thenApply(ScriptedWrite::new);
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        run(Call.COMMIT);
        return memory.delete(path);
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) throws IOException {
        statCount.incrementAndGet();
        run(Call.STAT);
        Optional<StoredObject> object = memory.stat(path);
        return object.isEmpty() ? object : Optional.of(described(path, object.get()));
    }

    private StoredObject described(TargetPath path, StoredObject object) throws IOException {
        long size = tellsSize ? object.size() : -1;
        Checksum kept = claims;
        ChecksumAlgorithm algorithm = keeps;
        if (kept == null && algorithm != null) {
            kept = checksum(algorithm, memory.read(path).readAllBytes());
        }
        return new StoredObject(size, object.lastModified(), kept, object.version());
    }

    @Override
    public Optional<ContentAttributes> attributes(TargetPath path) {
        return memory.attributes(path);
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        readCount.incrementAndGet();
        run(Call.READ);
        return new ScriptedStream(this, memory.read(path).readAllBytes());
    }

    @Override
    public TargetListing list(TargetPrefix prefix, @Nullable TargetPath after) throws IOException {
        run(Call.LIST);
        return new ScriptedListing(memory.list(prefix, after));
    }

    private final class ScriptedListing implements TargetListing {
        private final TargetListing listing;
        private int number;
        private boolean closed;

        ScriptedListing(TargetListing listing) {
            this.listing = listing;
            openListings.incrementAndGet();
        }

        @Override
        public @Nullable ListedObject next() throws IOException {
            if (closed) {
                throw new IllegalStateException("asked after closing");
            }
            Action action = atEntry.get(number++);
            if (action != null) {
                action.run();
            }
            ListedObject object = listing.next();
            return object == null ? null : new ListedObject(object.path(), described(object.path(), object.stored()));
        }

        @Override
        public long skippedCount() {
            return listing.skippedCount();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                openListings.decrementAndGet();
                listing.close();
            }
        }
    }

    private final class ScriptedWrite extends Write {

        ScriptedWrite(TargetWrite write) {
            super(write);
        }

        @Override
        public CompletionStage<Receipt> commit() throws IOException {
            run(Call.COMMIT);
            return super.commit();
        }
    }

    public static byte[] flipped(byte[] bytes, int offset) {
        byte[] other = bytes.clone();
        other[offset] ^= 1;
        return other;
    }

    public static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }
}
