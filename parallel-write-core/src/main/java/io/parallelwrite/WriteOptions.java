package io.parallelwrite;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What goes with the bytes of one write. Immutable; start from {@link #none()} and add:
 *
 * <pre>{@code
 * WriteOptions.none().withContentType("text/csv").withCreateOnly(true)
 * }</pre>
 *
 * <p>Attributes are kept by targets that can keep them (S3); a disk stores bytes only.
 */
public final class WriteOptions {

    private static final WriteOptions NONE = new WriteOptions(ContentAttributes.NONE, false, -1, null, null);

    private final ContentAttributes attributes;
    private final boolean createOnly;
    private final long expectedByteCount;
    private final @Nullable Checksum expectedChecksum;
    private final @Nullable AcknowledgementRule rule;

    private WriteOptions(
            ContentAttributes attributes,
            boolean createOnly,
            long expectedByteCount,
            @Nullable Checksum expectedChecksum,
            @Nullable AcknowledgementRule rule) {
        this.attributes = attributes;
        this.createOnly = createOnly;
        this.expectedByteCount = expectedByteCount;
        this.expectedChecksum = expectedChecksum;
        this.rule = rule;
    }

    /**
     * Returns options that ask for nothing: the content type is guessed from the path, and an object that exists is
     * replaced.
     *
     * @return the default options
     */
    public static WriteOptions none() {
        return NONE;
    }

    /**
     * Sets the media type. When absent it is guessed from the extension of the path.
     *
     * @param contentType as in {@code text/csv}
     * @return new options
     */
    public WriteOptions withContentType(String contentType) {
        return with(attributes.withHeader(ContentHeader.CONTENT_TYPE, contentType));
    }

    /**
     * Sets the encoding of the bytes, as in the HTTP header {@code Content-Encoding}.
     *
     * @param contentEncoding as in {@code gzip}
     * @return new options
     */
    public WriteOptions withContentEncoding(String contentEncoding) {
        return with(attributes.withHeader(ContentHeader.CONTENT_ENCODING, contentEncoding));
    }

    /**
     * Sets how a browser presents the object, as in the HTTP header {@code Content-Disposition}.
     *
     * @param contentDisposition as in {@code attachment; filename="a.csv"}
     * @return new options
     */
    public WriteOptions withContentDisposition(String contentDisposition) {
        return with(attributes.withHeader(ContentHeader.CONTENT_DISPOSITION, contentDisposition));
    }

    /**
     * Sets the language of the content, as in the HTTP header {@code Content-Language}.
     *
     * @param contentLanguage as in {@code en}
     * @return new options
     */
    public WriteOptions withContentLanguage(String contentLanguage) {
        return with(attributes.withHeader(ContentHeader.CONTENT_LANGUAGE, contentLanguage));
    }

    /**
     * Sets how long readers may cache the object, as in the HTTP header {@code Cache-Control}.
     *
     * @param cacheControl as in {@code max-age=3600}
     * @return new options
     */
    public WriteOptions withCacheControl(String cacheControl) {
        return with(attributes.withHeader(ContentHeader.CACHE_CONTROL, cacheControl));
    }

    /**
     * Adds one entry of user metadata.
     *
     * @param name the name; S3 keeps it in lower case. Names that begin with {@code pw-} are reserved
     * @param value the value
     * @return new options
     * @throws IllegalArgumentException if the name is empty or reserved
     */
    public WriteOptions withMetadata(String name, String value) {
        if (name.isBlank() || name.regionMatches(true, 0, "pw-", 0, 3)) {
            throw new IllegalArgumentException(
                    "The metadata name '" + name + "' is empty or begins with the reserved 'pw-'; choose another");
        }
        return with(attributes.withMetadata(name, value));
    }

    /**
     * Sets whether the write fails when something exists under the path.
     *
     * @param createOnly {@code true} to fail rather than replace
     * @return new options
     */
    public WriteOptions withCreateOnly(boolean createOnly) {
        return new WriteOptions(attributes, createOnly, expectedByteCount, expectedChecksum, rule);
    }

    /**
     * Declares the size; a write that brings more or fewer bytes fails, with nothing visible.
     *
     * @param size the number of bytes to come
     * @return new options
     * @throws IllegalArgumentException if the size is negative
     */
    public WriteOptions withExpectedSize(DataSize size) {
        return withExpectedByteCount(size.toBytes());
    }

    /**
     * Declares the size as a number of bytes; see {@link #withExpectedSize(DataSize)}.
     *
     * @param byteCount the number of bytes to come
     * @return new options
     * @throws IllegalArgumentException if the number is negative
     */
    public WriteOptions withExpectedByteCount(long byteCount) {
        if (byteCount < 0) {
            throw new IllegalArgumentException("The expected size [" + byteCount + "] must not be negative");
        }
        return new WriteOptions(attributes, createOnly, byteCount, expectedChecksum, rule);
    }

    /**
     * Declares the checksum; a write whose bytes have another fails, with nothing visible.
     *
     * @param checksum of all bytes to come, in any supported algorithm
     * @return new options
     */
    public WriteOptions withExpectedChecksum(Checksum checksum) {
        return new WriteOptions(attributes, createOnly, expectedByteCount, checksum, rule);
    }

    /**
     * Sets which targets must hold this write, instead of the rule of the writer.
     *
     * @param rule one that the targets of the writer can meet
     * @return new options
     */
    public WriteOptions withRule(AcknowledgementRule rule) {
        return new WriteOptions(attributes, createOnly, expectedByteCount, expectedChecksum, rule);
    }

    private WriteOptions with(ContentAttributes changed) {
        return new WriteOptions(changed, createOnly, expectedByteCount, expectedChecksum, rule);
    }

    /**
     * Returns what is to be kept beside the bytes.
     *
     * @return the attributes
     */
    public ContentAttributes attributes() {
        return attributes;
    }

    /**
     * Tells whether the write fails when something exists under the path.
     *
     * @return {@code false} by default
     */
    public boolean createOnly() {
        return createOnly;
    }

    /**
     * Returns the declared size.
     *
     * @return the number of bytes, if declared
     */
    public OptionalLong expectedByteCount() {
        return expectedByteCount < 0 ? OptionalLong.empty() : OptionalLong.of(expectedByteCount);
    }

    /**
     * Returns the declared checksum.
     *
     * @return the checksum, or {@code null} if none was declared
     */
    public @Nullable Checksum expectedChecksum() {
        return expectedChecksum;
    }

    /**
     * Returns which targets must hold this write.
     *
     * @return the rule, or {@code null} for the one of the writer
     */
    public @Nullable AcknowledgementRule rule() {
        return rule;
    }
}
