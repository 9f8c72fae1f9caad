package io.parallelwrite.s3;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * The multipart uploads under a prefix, whoever began them, page by page.
 *
 * @param calls sends the requests
 * @param prefix what their keys begin with
 */
record S3UploadListing(S3Calls calls, String prefix) {

    private static final String OPERATION = "ListMultipartUploads";

    /** Takes one upload after the other. */
    interface Visitor {

        void visit(MultipartUpload upload) throws IOException;
    }

    /**
     * Goes through all of them; blocks the calling thread. Goes on from an upload whether or not it is still there: S3 marks a
     * position, not a thing.
     *
     * @param stopped tells whether to end early; asked before each page
     */
    void forEach(BooleanSupplier stopped, Visitor visitor) throws IOException {
        String key = null;
        String id = null;
        boolean more = true;
        while (more && !stopped.getAsBoolean()) {
            ListMultipartUploadsResponse page = page(key, id);
            for (MultipartUpload upload : page.uploads()) {
                if (upload.key().startsWith(prefix)) {
                    visitor.visit(upload);
                }
            }
            more = Boolean.TRUE.equals(page.isTruncated());
            if (more && (page.nextKeyMarker() == null || isSame(page, key, id))) {
                throw new IOException(
                        OPERATION + " of " + object() + " was answered that there are more uploads, but not"
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
            ListMultipartUploadsResponse page = S3Objects.await(calls.uploads(prefix, key, id));
            if (page.bucket() == null) {
                throw S3Failures.notS3(OPERATION, object());
            }
            return page;
        } catch (ExecutionException e) {
            throw S3Failures.failure(OPERATION, object(), S3Failures.unwrapped(e));
        }
    }

    private String object() {
        return calls.location().object(prefix);
    }
}
