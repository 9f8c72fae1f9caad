package io.parallelwrite.s3;

import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;

/**
 * The uploads of one key that may have come of a creation whose answer nobody has: no write of this process knows them, and
 * they have no part.
 *
 * <p>An upload without parts is no sign of death by itself: whoever began it may be about to send the first. So it has to be
 * seen twice.
 *
 * @param calls sends the requests
 * @param path the path of the write
 */
record S3Intent(S3Calls calls, TargetPath path) {

    /** Returns their ids; blocks the calling thread. */
    Set<String> find() throws IOException {
        String key = calls.location().key(path);
        List<String> ids = new ArrayList<>();
        new S3UploadListing(calls, key).forEach(() -> false, upload -> {
            if (upload.key().equals(key)) {
                ids.add(upload.uploadId());
            }
        });
        Set<String> found = new LinkedHashSet<>();
        for (String id : ids) {
            if (!calls.staging().isOpen(id) && isEmpty(key, id)) {
                found.add(id);
            }
        }
        calls.staging().awaitNames(path); // of uploads in the list whose answer is on its way to this process
        found.removeIf(calls.staging()::isOpen);
        return found;
    }

    private boolean isEmpty(String key, String id) throws IOException {
        try {
            ListPartsResponse parts = S3Objects.await(calls.listParts(key, id));
            if (!id.equals(parts.uploadId())) {
                throw S3Failures.notS3("ListParts", calls.location().object(key));
            }
            return parts.parts().isEmpty();
        } catch (ExecutionException e) {
            Throwable cause = S3Failures.unwrapped(e);
            if (S3Failures.isNotFound(cause)) {
                return false; // it has ended meanwhile
            }
            throw S3Failures.failure("ListParts", calls.location().object(key), cause);
        }
    }
}
