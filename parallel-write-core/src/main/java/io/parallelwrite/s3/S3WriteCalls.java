package io.parallelwrite.s3;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.StagingIntent;
import io.parallelwrite.target.WriteRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends the requests of one write: the same bucket, key, attributes and token each time.
 *
 * <p>Every method returns the future of the SDK itself; see {@link S3Calls}. Nothing blocks. Thread-safe.
 */
final class S3WriteCalls {

    /** The name under which the token of the write is kept in the user metadata of the object. */
    static final String TOKEN = "pw-token";

    private static final String ANY = "*";

    private final S3Calls calls;
    private final S3TargetSettings settings;
    private final String bucket;
    private final String key;
    private final WriteRequest request;
    private final Map<String, String> metadata;

    /**
     * Prepares the requests of a write.
     *
     * @throws IllegalArgumentException if the caller's metadata uses the name reserved for the token
     */
    S3WriteCalls(S3Calls calls, WriteRequest request) {
        this.calls = calls;
        this.settings = calls.settings();
        this.bucket = calls.location().bucket();
        this.key = calls.location().key(request.path());
        this.request = request;
        this.metadata = metadataWithToken(request);
    }

    private static Map<String, String> metadataWithToken(WriteRequest request) {
        Map<String, String> metadata = new HashMap<>(request.attributes().metadata());
        if (metadata.keySet().stream().anyMatch(TOKEN::equalsIgnoreCase)) {
            throw new IllegalArgumentException("The metadata name '" + TOKEN + "' is reserved; use another one");
        }
        metadata.put(TOKEN, request.token());
        return metadata;
    }

    CompletableFuture<PutObjectResponse> put(PartBody body, ContentDigest content) {
        return S3Calls.sent(() -> calls.client()
                .putObject(
                        put -> put.bucket(bucket)
                                .key(key)
                                .contentLength(content.size())
                                .checksumCRC32C(content.checksum().base64())
                                .ifNoneMatch(condition())
                                .metadata(metadata)
                                .contentType(header(ContentHeader.CONTENT_TYPE))
                                .contentEncoding(header(ContentHeader.CONTENT_ENCODING))
                                .contentDisposition(header(ContentHeader.CONTENT_DISPOSITION))
                                .contentLanguage(header(ContentHeader.CONTENT_LANGUAGE))
                                .cacheControl(header(ContentHeader.CACHE_CONTROL))
                                .storageClass(settings.storageClass())
                                .serverSideEncryption(settings.serverSideEncryption())
                                .ssekmsKeyId(settings.kmsKeyId())
                                .acl(settings.acl())
                                .expectedBucketOwner(settings.expectedBucketOwner())
                                .overrideConfiguration(calls.timeout()),
                        body));
    }

    CompletableFuture<CreateMultipartUploadResponse> create(RetryCount retries) {
        return S3Calls.sent(() -> calls.client()
                .createMultipartUpload(create -> create.bucket(bucket)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .checksumType(ChecksumType.FULL_OBJECT)
                        .metadata(metadata)
                        .contentType(header(ContentHeader.CONTENT_TYPE))
                        .contentEncoding(header(ContentHeader.CONTENT_ENCODING))
                        .contentDisposition(header(ContentHeader.CONTENT_DISPOSITION))
                        .contentLanguage(header(ContentHeader.CONTENT_LANGUAGE))
                        .cacheControl(header(ContentHeader.CACHE_CONTROL))
                        .storageClass(settings.storageClass())
                        .serverSideEncryption(settings.serverSideEncryption())
                        .ssekmsKeyId(settings.kmsKeyId())
                        .acl(settings.acl())
                        .expectedBucketOwner(settings.expectedBucketOwner())
                        .overrideConfiguration(calls.counting(retries))));
    }

    CompletableFuture<UploadPartResponse> uploadPart(String uploadId, int number, PartBody body, String crc32c) {
        return S3Calls.sent(() -> calls.client()
                .uploadPart(
                        part -> part.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(body.contentLength().orElseThrow())
                                .checksumCRC32C(crc32c)
                                .expectedBucketOwner(settings.expectedBucketOwner())
                                .overrideConfiguration(calls.timeout()),
                        body));
    }

    CompletableFuture<CompleteMultipartUploadResponse> complete(
            String uploadId, List<CompletedPart> parts, ContentDigest content) {
        return S3Calls.sent(() -> calls.client()
                .completeMultipartUpload(complete -> complete.bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .multipartUpload(upload -> upload.parts(parts))
                        .checksumCRC32C(content.checksum().base64())
                        .checksumType(ChecksumType.FULL_OBJECT)
                        .ifNoneMatch(condition())
                        .expectedBucketOwner(settings.expectedBucketOwner())
                        .overrideConfiguration(calls.timeout())));
    }

    /** Prepares to discard the upload. */
    S3Abort abort(String uploadId, BooleanSupplier mayPartsLand) {
        return new S3Abort(calls, key, uploadId, mayPartsLand);
    }

    /** Asks for one part of an upload, to learn whether the upload still exists. */
    CompletableFuture<ListPartsResponse> listParts(String uploadId) {
        return calls.listParts(key, uploadId);
    }

    /** Notes that an upload of this write is about to be created. */
    StagingIntent intend() {
        return calls.staging().intend(request.path(), request.token());
    }

    CompletableFuture<HeadObjectResponse> head() {
        return calls.head(key);
    }

    /** Returns the token of this write. */
    String token() {
        return request.token();
    }

    /** Returns the object as text for messages. */
    String object() {
        return calls.location().object(key);
    }

    private @Nullable String condition() {
        return request.createOnly() ? ANY : null;
    }

    private @Nullable String header(ContentHeader header) {
        ContentAttributes attributes = request.attributes();
        return attributes.header(header);
    }
}
