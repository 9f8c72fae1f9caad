package io.parallelwrite.s3;

import io.parallelwrite.target.StagedSweep;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Aborts the old multipart uploads under the prefix of a target that belong to no write of it, page by page. Nothing tells
 * them from uploads that other programs began.
 *
 * <p>Blocks the calling thread. Not thread-safe.
 */
final class S3Sweep {

    private static final String OPERATION = "ListMultipartUploads";

    private final S3Calls calls;
    private final StagedSweep sweep;

    S3Sweep(S3Calls calls, StagedSweep sweep) {
        this.calls = calls;
        this.sweep = sweep;
    }

    /** Goes on from an upload whether or not it is still there: S3 marks a position, not a thing. */
    void run() throws IOException {
        String key = null;
        String id = null;
        boolean more = true;
        while (more && !sweep.isStopped()) {
            ListMultipartUploadsResponse page = page(key, id);
            for (MultipartUpload upload : page.uploads()) {
                discardIfLeft(upload);
            }
            more = Boolean.TRUE.equals(page.isTruncated());
            if (more && (page.nextKeyMarker() == null || isSame(page, key, id))) {
                throw new IOException(
                        OPERATION + " of " + prefix() + " was answered that there are more uploads, but not"
                                + " how to go on; use a store that follows S3");
            }
            key = page.nextKeyMarker();
            id = page.nextUploadIdMarker();
        }
    }

    private static boolean isSame(ListMultipartUploadsResponse page, @Nullable String key, @Nullable String id) {
        return page.nextKeyMarker().equals(key)
                && String.valueOf(page.nextUploadIdMarker()).equals(id);
    }

    private ListMultipartUploadsResponse page(@Nullable String key, @Nullable String id) throws IOException {
        try {
            return S3Objects.await(calls.uploads(key, id));
        } catch (ExecutionException e) {
            throw S3Failures.failure(OPERATION, prefix(), S3Failures.unwrapped(e));
        }
    }

    private String prefix() {
        return calls.location().object(calls.location().prefix());
    }

    private void discardIfLeft(MultipartUpload upload) throws IOException {
        boolean left = upload.key().startsWith(calls.location().prefix())
                && upload.initiated() != null
                && upload.initiated().isBefore(sweep.before())
                && !calls.staging().isOpen(upload.uploadId());
        if (!left || sweep.isStopped()) {
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
