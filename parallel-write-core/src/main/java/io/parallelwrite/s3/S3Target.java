package io.parallelwrite.s3;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.StagedSweep;
import io.parallelwrite.target.StagingNotes;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetListing;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A target that keeps objects under a prefix of an S3 bucket.
 *
 * <p>An object of up to one part is sent with one {@code PutObject} at the commit; a larger one as a multipart upload whose
 * parts travel while the caller writes, and which the commit completes. Both carry a CRC-32C of the whole object, which the
 * service checks before anything becomes visible and returns in the receipt. Both carry the token of the write in the user
 * metadata {@code pw-token}, by which a commit whose answer was lost is recognised.
 *
 * <p>What a killed process leaves behind is an upload that no reader sees. It is found by the note of it. For what has none,
 * give the bucket a lifecycle rule with {@code AbortIncompleteMultipartUpload}, or let {@link #sweepStaged} look for it.
 *
 * <p>The client belongs to the caller, who closes it after this target. It must be the asynchronous client of the SDK
 * itself ({@code S3AsyncClient.builder()}); its own retries stay as they are configured.
 *
 * <p>{@link #open}, {@link #delete}, {@link #list} and every method of a write return at once; {@link #stat}, {@link #read}
 * and a listing block the calling thread until S3 answers. A listing holds up to 1,000 keys at a time; in it, the version of
 * an object is its ETag, also in a bucket that keeps versions. Thread-safe.
 */
public final class S3Target implements Target {

    /** The scheme of the locations this target serves. */
    public static final String SCHEME = "s3";

    private final String name;
    private final S3Location location;
    private final S3TargetSettings settings;
    private final S3Calls calls;
    private final S3Objects objects;
    private final PartMemory memory;

    /**
     * Creates a target. Does not connect.
     *
     * @param name the name of the target
     * @param bucket the name of the bucket
     * @param prefix empty, or a prefix of keys that ends in {@code /}
     * @param client sends the requests; stays open when this target is closed
     * @param settings how to send objects
     * @throws IllegalArgumentException if the bucket or the prefix is not valid, or the client cannot be used; the message
     *     says why and what to do
     */
    public S3Target(String name, String bucket, String prefix, S3AsyncClient client, S3TargetSettings settings) {
        this(name, new S3Location(bucket, prefix), client, settings);
    }

    S3Target(String name, S3Location location, S3AsyncClient client, S3TargetSettings settings) {
        this.name = name;
        this.location = location;
        this.settings = settings;
        this.calls = new S3Calls(S3Clients.usable(name, client), location, settings);
        this.objects = new S3Objects(calls);
        this.memory = new PartMemory(settings.buffer().toBytes());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public String place() {
        return location.place();
    }

    @Override
    public boolean staged() {
        return true;
    }

    /** Opens a write. Sends nothing, except for a create-only write, which first asks whether the object exists. */
    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) {
        S3WriteCalls writeCalls = new S3WriteCalls(calls, request);
        S3TargetWrite write =
                new S3TargetWrite(writeCalls, new S3Parts(writeCalls, settings, memory, request.expectedSize()));
        if (!request.createOnly()) {
            return CompletableFuture.completedFuture(write);
        }
        return objects.exists(location.key(request.path()))
                .thenCompose(exists -> exists
                        ? CompletableFuture.<S3TargetWrite>failedFuture(new FileAlreadyExistsException(
                                writeCalls.object(),
                                null,
                                "an object exists there, and this write may only create one"))
                        : CompletableFuture.completedFuture(write));
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) {
        return objects.delete(location.key(path));
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) throws IOException {
        return objects.stat(location.key(path)).map(S3Receipts::storedObject);
    }

    @Override
    public Optional<ContentAttributes> attributes(TargetPath path) throws IOException {
        return objects.stat(location.key(path)).map(S3Receipts::attributes);
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        return objects.read(location.key(path));
    }

    @Override
    public TargetListing list(TargetPrefix prefix, @Nullable TargetPath after) {
        return new S3Listing(calls, prefix, after);
    }

    @Override
    public void keepNotes(StagingNotes notes) {
        calls.staging().keepNotes(notes);
    }

    @Override
    public void discardStaged(TargetPath path, String what) throws IOException {
        S3Sweep.discard(calls, location.key(path), what);
    }

    @Override
    public Set<String> findIntended(TargetPath path, String what) throws IOException {
        return new S3Intent(calls, path).find();
    }

    /**
     * Aborts old uploads under the prefix, whoever began them; so it does nothing unless the sweep {@linkplain
     * StagedSweep#includesUnmarked() includes} those of others.
     */
    @Override
    public void sweepStaged(StagedSweep sweep) throws IOException {
        if (sweep.includesUnmarked()) {
            new S3Sweep(calls, sweep).run();
        }
    }

    /** Returns how much of the shared buffer is in use. */
    long reservedBytes() {
        return memory.reservedBytes();
    }

    @Override
    public String toString() {
        return "S3Target[" + name + ", " + place() + "]";
    }
}
