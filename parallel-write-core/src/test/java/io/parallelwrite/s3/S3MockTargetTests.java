package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The contract against S3Mock, in a process of its own. */
class S3MockTargetTests extends S3TargetContract {

    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                return new S3Server(S3MockProcess.started(), "any", "any");
            } catch (Exception e) {
                throw new IllegalStateException("S3Mock did not start", e);
            }
        }
    }

    @Override
    S3Server server() {
        return Shared.SERVER;
    }

    /** It sorts keys as Java sorts strings. */
    @Override
    protected boolean listsByBytes() {
        return false;
    }

    /** S3Mock forgets an object when an upload over it is aborted, so what the contract aborts stays below one part. */
    @Override
    protected int largeSize() {
        return (5 << 20) - 1;
    }

    @Override
    boolean keepsObjectsUnderAbortedUploads() {
        return false;
    }

    /** Shows that this is the server's doing; when it fails, S3Mock was mended and the two methods above can go. */
    @Test
    void forgetsAnObjectWhenAnUploadOverItIsAborted() {
        S3AsyncClient client = server().client();
        client.putObject(put -> put.bucket(S3Server.BUCKET).key("flaw"), AsyncRequestBody.fromString("old"))
                .join();
        String upload = client.createMultipartUpload(
                        create -> create.bucket(S3Server.BUCKET).key("flaw"))
                .join()
                .uploadId();
        client.abortMultipartUpload(
                        abort -> abort.bucket(S3Server.BUCKET).key("flaw").uploadId(upload))
                .join();
        assertThat(server().keys("flaw")).isEmpty();
    }
}
