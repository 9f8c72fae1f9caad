package software.amazon.encryption.s3;

import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Stands for the client of that name in amazon-s3-encryption-client, which is not on the class path. */
public final class S3AsyncEncryptionClient extends DelegatingS3AsyncClient {

    /**
     * Wraps a client.
     *
     * @param plain the client to send with
     */
    public S3AsyncEncryptionClient(S3AsyncClient plain) {
        super(plain);
    }
}
