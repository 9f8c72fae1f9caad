package io.parallelwrite.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Drives a target through whole writes, one step after the other, with a bound on how long each step may take.
 *
 * <p>Thread-safe; each {@link DrivenWrite} belongs to one thread at a time.
 */
public final class TargetDriver {

    private static final long SECONDS_PER_STEP = 60;

    private final Target target;

    /**
     * Creates a driver.
     *
     * @param target the target to drive
     */
    public TargetDriver(Target target) {
        this.target = target;
    }

    /**
     * Opens a write that replaces what exists.
     *
     * @param path the path of the object
     * @return the write
     * @throws IOException what the target threw
     */
    public DrivenWrite open(String path) throws IOException {
        return open(path, ContentAttributes.NONE, false);
    }

    /**
     * Opens a write that must not replace anything.
     *
     * @param path the path of the object
     * @return the write
     * @throws IOException what the target threw
     */
    public DrivenWrite openCreateOnly(String path) throws IOException {
        return open(path, ContentAttributes.NONE, true);
    }

    /**
     * Opens a write of {@link TargetPath#PROBE}.
     *
     * @return the write
     * @throws IOException what the target threw
     */
    public DrivenWrite openProbe() throws IOException {
        WriteRequest request =
                new WriteRequest(TargetPath.PROBE, UUID.randomUUID().toString(), ContentAttributes.NONE, false, -1);
        return new DrivenWrite(await(target.open(request)));
    }

    /**
     * Deletes the object of {@link TargetPath#PROBE}.
     *
     * @throws IOException what the target threw
     */
    public void deleteProbe() throws IOException {
        await(target.delete(TargetPath.PROBE));
    }

    /**
     * Opens a write.
     *
     * @param path the path of the object
     * @param attributes what to keep beside the bytes
     * @param createOnly whether something that exists must stay
     * @return the write
     * @throws IOException what the target threw
     */
    public DrivenWrite open(String path, ContentAttributes attributes, boolean createOnly) throws IOException {
        WriteRequest request = new WriteRequest(
                TargetPath.of(path), UUID.randomUUID().toString().replace("-", ""), attributes, createOnly, -1);
        return new DrivenWrite(await(target.open(request)));
    }

    /**
     * Writes a whole object in one buffer and commits it.
     *
     * @param path the path of the object
     * @param bytes its bytes
     * @return the receipt
     * @throws IOException what the target threw
     */
    public Receipt put(String path, byte[] bytes) throws IOException {
        return open(path).write(bytes).prepare().commit();
    }

    /**
     * Reads a whole object.
     *
     * @param path the path of the object
     * @return its bytes
     * @throws IOException what the target threw
     */
    public byte[] content(String path) throws IOException {
        try (InputStream in = target.read(TargetPath.of(path))) {
            return in.readAllBytes();
        }
    }

    /**
     * Deletes an object.
     *
     * @param path the path of the object
     * @throws IOException what the target threw
     */
    public void delete(String path) throws IOException {
        await(target.delete(TargetPath.of(path)));
    }

    /**
     * Lists to the end.
     *
     * @param prefix what the paths begin with
     * @param after the path to begin after, or {@code null}
     * @return the paths, in the order they came
     * @throws IOException what the target or the listing threw
     */
    public List<String> list(String prefix, @Nullable String after) throws IOException {
        try (TargetListing listing =
                target.list(TargetPrefix.of(prefix), after == null ? null : TargetPath.of(after))) {
            return rest(listing);
        }
    }

    /**
     * Reads a listing to its end.
     *
     * @param listing the listing, which stays open
     * @return the paths, in the order they came
     * @throws IOException what the listing threw
     */
    public static List<String> rest(TargetListing listing) throws IOException {
        List<String> paths = new ArrayList<>();
        for (ListedObject object = listing.next(); object != null; object = listing.next()) {
            paths.add(object.path().value());
        }
        return paths;
    }

    /**
     * Tells whether the target shows an object.
     *
     * @param path the path of the object
     * @return whether it does
     */
    public boolean shows(String path) {
        try {
            return target.stat(TargetPath.of(path)).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the same pseudo-random bytes for the same size, always.
     *
     * @param size how many, and the seed
     * @return the bytes
     */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /**
     * Returns the digest the engine would compute.
     *
     * @param bytes all bytes of one object
     * @return their size and CRC-32C
     */
    public static ContentDigest digestOf(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return new ContentDigest(bytes.length, Checksum.crc32c(crc.getValue()));
    }

    /**
     * Waits for a stage, for a bounded time.
     *
     * @param <T> what the stage gives
     * @param stage the stage
     * @return what it gave
     * @throws IOException what it failed with
     */
    public static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(SECONDS_PER_STEP, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new AssertionError("A stage may fail only with an IOException", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The stage did not complete within " + SECONDS_PER_STEP + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        }
    }

    /** One write in progress that counts and checksums what it is given, so that {@link #prepare()} knows the digest. */
    public static final class DrivenWrite {

        private final TargetWrite write;
        private final CRC32C crc = new CRC32C();
        private long size;

        private DrivenWrite(TargetWrite write) {
            this.write = write;
        }

        /**
         * Writes bytes in one buffer.
         *
         * @param bytes the bytes
         * @return this
         * @throws IOException what the target threw
         */
        public DrivenWrite write(byte[] bytes) throws IOException {
            return write(ByteBuffer.wrap(bytes));
        }

        /**
         * Writes what remains in a buffer.
         *
         * @param bytes the buffer
         * @return this
         * @throws IOException what the target threw
         */
        public DrivenWrite write(ByteBuffer bytes) throws IOException {
            size += bytes.remaining();
            crc.update(bytes.duplicate());
            await(write.write(bytes));
            return this;
        }

        /**
         * Prepares, with the digest of all bytes written.
         *
         * @return this
         * @throws IOException what the target threw
         */
        public DrivenWrite prepare() throws IOException {
            return prepare(new ContentDigest(size, Checksum.crc32c(crc.getValue())));
        }

        /**
         * Prepares with any digest.
         *
         * @param content the digest, right or wrong
         * @return this
         * @throws IOException what the target threw
         */
        public DrivenWrite prepare(ContentDigest content) throws IOException {
            await(write.prepare(content));
            return this;
        }

        /**
         * Commits.
         *
         * @return the receipt
         * @throws IOException what the target threw
         */
        public Receipt commit() throws IOException {
            return await(write.commit());
        }

        /**
         * Aborts.
         *
         * @throws IOException what the target threw
         */
        public void abort() throws IOException {
            await(write.abort());
        }

        /** Asks the write to end soon. */
        public void cancel() {
            write.cancel();
        }
    }
}
