package io.parallelwrite;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A target that keeps nothing and breaks the rules of its interface in one way, once; after that it is correct. */
final class FaultyTarget implements Target {

    /** How it breaks the rules, and how far the write gets. */
    enum Fault {
        NO_STAGE_FROM_OPEN,
        NO_WRITE_FROM_OPEN,
        NO_STAGE_FROM_WRITE,
        HALF_OF_THE_BYTES_TAKEN,
        CANCELLED_STAGE_FROM_PREPARE,
        ERROR_FROM_PREPARE,
        ERROR_FROM_CANCEL_AND_ABORT,
        NO_RECEIPT,
        RECEIPT_OF_ANOTHER_SIZE,
        RECEIPT_OF_OTHER_BYTES
    }

    private final Fault fault;
    private final AtomicBoolean correct = new AtomicBoolean();

    FaultyTarget(Fault fault) {
        this.fault = fault;
    }

    private boolean breaks(Fault rule) {
        return fault == rule && correct.compareAndSet(false, true);
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public String scheme() {
        return "faulty";
    }

    @Override
    public String place() {
        return "faulty:/";
    }

    @Override
    public boolean staged() {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // that is the fault
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) {
        if (breaks(Fault.NO_STAGE_FROM_OPEN)) {
            return null;
        }
        return CompletableFuture.completedFuture(breaks(Fault.NO_WRITE_FROM_OPEN) ? null : new FaultyWrite());
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) {
        return TargetWrite.done();
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) {
        return Optional.empty();
    }

    @Override
    public InputStream read(TargetPath path) {
        return new ByteArrayInputStream(new byte[0]);
    }

    private final class FaultyWrite implements TargetWrite {

        private ContentDigest prepared = new ContentDigest(0, Checksum.crc32c(0));

        @Override
        @SuppressWarnings("NullAway") // that is the fault
        public CompletionStage<?> write(ByteBuffer bytes) {
            if (breaks(Fault.NO_STAGE_FROM_WRITE)) {
                return null;
            }
            bytes.position(breaks(Fault.HALF_OF_THE_BYTES_TAKEN) ? bytes.limit() / 2 : bytes.limit());
            return TargetWrite.done();
        }

        @Override
        public CompletionStage<?> prepare(ContentDigest content) {
            prepared = content;
            if (breaks(Fault.ERROR_FROM_PREPARE)) {
                throw new NoClassDefFoundError("a broken class path");
            }
            CompletableFuture<Object> stage = new CompletableFuture<>();
            if (breaks(Fault.CANCELLED_STAGE_FROM_PREPARE)) {
                stage.cancel(false);
            } else {
                stage.complete("prepared");
            }
            return stage;
        }

        @Override
        @SuppressWarnings("NullAway") // that is the fault
        public CompletionStage<Receipt> commit() {
            if (breaks(Fault.NO_RECEIPT)) {
                return CompletableFuture.completedFuture(null);
            }
            long size = breaks(Fault.RECEIPT_OF_ANOTHER_SIZE) ? 1 : prepared.size();
            Checksum checksum = breaks(Fault.RECEIPT_OF_OTHER_BYTES) ? Checksum.crc32c(1) : prepared.checksum();
            return CompletableFuture.completedFuture(new Receipt(size, checksum, Strength.FULL_OBJECT, null));
        }

        @Override
        public CompletionStage<?> abort() {
            if (fault == Fault.ERROR_FROM_CANCEL_AND_ABORT) {
                correct.set(true);
                throw new StackOverflowError("in abort");
            }
            return TargetWrite.done();
        }

        @Override
        public void cancel() {
            if (fault == Fault.ERROR_FROM_CANCEL_AND_ABORT && !correct.get()) {
                throw new StackOverflowError("in cancel");
            }
        }
    }
}
