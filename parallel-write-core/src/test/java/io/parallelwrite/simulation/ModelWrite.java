package io.parallelwrite.simulation;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One write to a {@link ModelTarget}. */
final class ModelWrite implements TargetWrite {

    private static final byte[] NOTHING = {};

    private final World world;
    private final Store store;
    private final ModelCalls calls;
    private final WriteRequest request;
    private Store.@Nullable Stored before;
    private boolean shown;

    ModelWrite(World world, Store store, ModelCalls calls, WriteRequest request) {
        this.world = world;
        this.store = store;
        this.calls = calls;
        this.request = request;
    }

    void begin() {
        before = store.get(request.path());
        store.staged().put(request.token(), NOTHING);
    }

    private boolean plain() {
        return store.kind() == Store.Kind.PLAIN;
    }

    @Override
    public boolean commitsFirst() {
        return store.kind() != Store.Kind.DISK;
    }

    @Override
    public CompletionStage<?> write(ByteBuffer bytes) throws IOException {
        byte[] given = new byte[bytes.remaining()];
        bytes.duplicate().get(given);
        return calls.stage("write", fault -> {
            byte[] taken = new byte[fault == Fault.SHORT ? given.length / 2 : given.length];
            bytes.get(taken);
            if (!Arrays.equals(taken, Arrays.copyOf(given, taken.length))) {
                world.violated("the memory of a write to " + store.name() + " was used again before it had returned");
            }
            append(damaged(taken, fault));
            return "written";
        });
    }

    private void append(byte[] bytes) throws IOException {
        byte[] soFar = store.staged().get(request.token());
        if (soFar == null) {
            throw new IOException("what was staged is gone");
        }
        byte[] all = Arrays.copyOf(soFar, soFar.length + bytes.length);
        System.arraycopy(bytes, 0, all, soFar.length, bytes.length);
        store.staged().put(request.token(), all);
        if (plain()) {
            shown = true;
            store.put(request.path(), all);
        }
    }

    private static byte[] damaged(byte[] bytes, Fault fault) {
        if (bytes.length == 0 || (fault != Fault.FLIPPED && fault != Fault.TRUNCATED)) {
            return bytes;
        }
        byte[] changed = Arrays.copyOf(bytes, fault == Fault.TRUNCATED ? bytes.length - 1 : bytes.length);
        if (fault == Fault.FLIPPED) {
            changed[0] ^= 1;
        }
        return changed;
    }

    @Override
    public CompletionStage<?> prepare(ContentDigest content) throws IOException {
        return calls.stage("prepare", fault -> {
            byte[] bytes = store.staged().getOrDefault(request.token(), NOTHING);
            if (!new ContentDigest(bytes.length, Store.checksumOf(bytes)).equals(content)) {
                throw new IOException("what is staged is not what was sent");
            }
            return "prepared";
        });
    }

    @Override
    public CompletionStage<Receipt> commit() throws IOException {
        return calls.stage("commit", fault -> {
            byte[] staged = store.staged().get(request.token());
            if (staged == null) {
                throw new IOException("what was staged is gone");
            }
            if (request.createOnly() && store.get(request.path()) != null && !plain()) {
                throw new NotAppliedException(
                        "it exists",
                        new FileAlreadyExistsException(request.path().value()));
            }
            store.staged().remove(request.token());
            byte[] bytes = damaged(staged, fault);
            if (!Arrays.equals(bytes, staged)) {
                store.damaged(request.path());
            }
            Store.Stored stored = store.put(request.path(), bytes);
            return new Receipt(bytes.length, stored.checksum(), Strength.FULL_OBJECT, null);
        });
    }

    @Override
    public CompletionStage<?> abort() throws IOException {
        return calls.stage("abort", fault -> {
            store.staged().remove(request.token());
            if (plain() && shown) {
                store.remove(request.path());
                if (before != null) {
                    throw new IOException("what it held before is lost");
                }
            }
            return "aborted";
        });
    }
}
