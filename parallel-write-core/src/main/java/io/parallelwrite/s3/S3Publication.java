package io.parallelwrite.s3;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentDigest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The one request that makes an object visible, and what is known about it when its answer is lost. */
sealed interface S3Publication {

    /** Returns the operation, as S3 names it. */
    String operation();

    /** Sends the request, the first time or again. */
    CompletableFuture<Answer> send();

    /** Tells whether it is certain that no attempt reached the service. */
    boolean wasNeverSent();

    /**
     * Tells whether the request can be sent again. {@code false} means the service has already used up what was staged,
     * for this write or for an abort by somebody else.
     */
    CompletableFuture<Boolean> isRepeatable();

    /** Tells whether this refusal, with the object not there, proves that no earlier attempt can make it visible. */
    boolean provesNotApplied(Throwable failure);

    /**
     * What the service said when it made the object visible.
     *
     * @param checksum of the whole object, or {@code null} if it gave none
     * @param version the version id or ETag
     */
    record Answer(@Nullable Checksum checksum, @Nullable String version) {}

    /** An object of up to one part, sent whole. */
    record SinglePut(S3WriteCalls calls, PartBody body, ContentDigest content) implements S3Publication {

        @Override
        public String operation() {
            return "PutObject";
        }

        @Override
        public CompletableFuture<Answer> send() {
            return calls.put(body, content)
                    .thenApply(put -> new Answer(
                            S3Receipts.checksum(ChecksumAlgorithm.CRC32C, put.checksumCRC32C(), put.checksumType()),
                            S3Receipts.version(put.versionId(), put.eTag())));
        }

        /** The body of an object with bytes is read before any of them is sent; an empty one may never be. */
        @Override
        public boolean wasNeverSent() {
            return content.size() > 0 && body.readCount() == 0;
        }

        @Override
        public CompletableFuture<Boolean> isRepeatable() {
            return CompletableFuture.completedFuture(true);
        }

        /** Only a server that says it is too busy says that it did not begin. */
        @Override
        public boolean provesNotApplied(Throwable failure) {
            return S3Failures.status(failure) == 503 || S3Failures.status(failure) == 429;
        }
    }

    /** An object whose parts have all been uploaded. */
    record Completion(S3WriteCalls calls, S3Upload upload, ContentDigest content) implements S3Publication {

        @Override
        public String operation() {
            return "CompleteMultipartUpload";
        }

        @Override
        public CompletableFuture<Answer> send() {
            return upload.complete(content)
                    .thenApply(done -> new Answer(
                            S3Receipts.checksum(ChecksumAlgorithm.CRC32C, done.checksumCRC32C(), done.checksumType()),
                            S3Receipts.version(done.versionId(), done.eTag())));
        }

        @Override
        public boolean wasNeverSent() {
            return false;
        }

        @Override
        public CompletableFuture<Boolean> isRepeatable() {
            return upload.exists();
        }

        /** Any answer will do: the upload still exists, so no answered attempt completed it. */
        @Override
        public boolean provesNotApplied(Throwable failure) {
            return S3Failures.status(failure) != 0;
        }
    }
}
