package io.parallelwrite.s3;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Strength;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads sizes, checksums and versions from the answers of S3. */
final class S3Receipts {

    private S3Receipts() {}

    static Receipt receipt(HeadObjectResponse head) {
        Checksum checksum = checksum(head);
        return new Receipt(
                head.contentLength(),
                checksum,
                checksum == null ? Strength.SIZE_ONLY : Strength.FULL_OBJECT,
                version(head.versionId(), head.eTag()));
    }

    static StoredObject storedObject(HeadObjectResponse head) {
        return new StoredObject(
                head.contentLength(), head.lastModified(), checksum(head), version(head.versionId(), head.eTag()));
    }

    /** Returns what is kept beside the bytes, without the token of the write. */
    static ContentAttributes attributes(HeadObjectResponse head) {
        Map<ContentHeader, @Nullable String> headers = new EnumMap<>(ContentHeader.class);
        headers.put(ContentHeader.CONTENT_TYPE, head.contentType());
        headers.put(ContentHeader.CONTENT_ENCODING, head.contentEncoding());
        headers.put(ContentHeader.CONTENT_DISPOSITION, head.contentDisposition());
        headers.put(ContentHeader.CONTENT_LANGUAGE, head.contentLanguage());
        headers.put(ContentHeader.CACHE_CONTROL, head.cacheControl());
        ContentAttributes attributes = ContentAttributes.NONE;
        for (Map.Entry<ContentHeader, @Nullable String> header : headers.entrySet()) {
            String value = header.getValue();
            attributes = value == null ? attributes : attributes.withHeader(header.getKey(), value);
        }
        for (Map.Entry<String, String> entry : head.metadata().entrySet()) {
            boolean own = entry.getKey().equalsIgnoreCase(S3WriteCalls.TOKEN);
            attributes = own ? attributes : attributes.withMetadata(entry.getKey(), entry.getValue());
        }
        return attributes;
    }

    /** Returns what a listing says, which leaves out the checksum and the id of the version. */
    static StoredObject storedObject(S3Object listed) {
        return new StoredObject(listed.size(), listed.lastModified(), null, version(null, listed.eTag()));
    }

    private static @Nullable Checksum checksum(HeadObjectResponse head) {
        ChecksumType type = head.checksumType();
        Checksum crc32c = checksum(ChecksumAlgorithm.CRC32C, head.checksumCRC32C(), type);
        if (crc32c != null) {
            return crc32c;
        }
        Checksum crc32 = checksum(ChecksumAlgorithm.CRC32, head.checksumCRC32(), type);
        if (crc32 != null) {
            return crc32;
        }
        Checksum sha256 = checksum(ChecksumAlgorithm.SHA256, head.checksumSHA256(), type);
        return sha256 != null ? sha256 : checksum(ChecksumAlgorithm.SHA1, head.checksumSHA1(), type);
    }

    /**
     * Returns the checksum of a whole object, or {@code null} if there is none.
     *
     * <p>A composite checksum is one of the checksums of parts, marked by its type or by the number of parts after a
     * {@code -}; it says nothing about the object as a whole.
     */
    static @Nullable Checksum checksum(
            ChecksumAlgorithm algorithm, @Nullable String base64, @Nullable ChecksumType type) {
        if (base64 == null || base64.indexOf('-') >= 0 || type == ChecksumType.COMPOSITE) {
            return null;
        }
        try {
            return Checksum.ofBase64(algorithm, base64);
        } catch (IllegalArgumentException e) {
            return null; // not a checksum we know how to read: as good as none
        }
    }

    /** Returns the version id of a versioned bucket, else the ETag without its quotes. */
    static @Nullable String version(@Nullable String versionId, @Nullable String eTag) {
        if (versionId != null && !versionId.equals("null")) {
            return versionId;
        }
        return eTag == null ? null : eTag.replace("\"", "");
    }
}
