package io.parallelwrite.s3;

import io.parallelwrite.target.StagedSweep;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Aborts the old multipart uploads under the prefix of a target that belong to no write of it, page by page. Nothing tells
 * them from uploads that other programs began.
 *
 * <p>Blocks the calling thread. Not thread-safe.
 */
final class S3Sweep {

    private final S3Calls calls;
    private final StagedSweep sweep;

    S3Sweep(S3Calls calls, StagedSweep sweep) {
        this.calls = calls;
        this.sweep = sweep;
    }

    void run() throws IOException {
        new S3UploadListing(calls, calls.location().prefix()).forEach(sweep::isStopped, this::discardIfLeft);
    }

    private void discardIfLeft(MultipartUpload upload) throws IOException {
        if (!isLeft(upload) || sweep.isStopped()) {
            return;
        }
        String what =
                "the upload " + upload.uploadId() + " of " + calls.location().object(upload.key());
        try {
            discard(calls, upload.key(), upload.uploadId());
            sweep.discarded(what);
        } catch (IOException e) {
            sweep.failed(what, e);
        }
    }

    private boolean isLeft(MultipartUpload upload) {
        if (upload.initiated() == null || !upload.initiated().isBefore(sweep.before())) {
            return false;
        }
        calls.staging().awaitNames(); // the answer to its creation may be on its way to this process
        return !calls.staging().isOpen(upload.uploadId());
    }

    /** Aborts an upload of which a part may still be landing. Blocks. */
    static void discard(S3Calls calls, String key, String id) throws IOException {
        try {
            S3Objects.await(new S3Abort(calls, key, id, () -> true).run());
        } catch (ExecutionException e) {
            throw S3Failures.unwrapped(e) instanceof IOException failure
                    ? failure
                    : S3Failures.failure(
                            "AbortMultipartUpload", calls.location().object(key), S3Failures.unwrapped(e));
        }
    }
}
