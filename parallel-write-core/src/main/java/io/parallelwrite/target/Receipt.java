package io.parallelwrite.target;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a target says it stored.
 *
 * @param size the number of bytes, or -1 if the target cannot tell
 * @param checksum the checksum of those bytes, or {@code null} if the target cannot tell
 * @param strength how much the two prove
 * @param version the target's own name for this state of the object (S3: version id, else ETag), or {@code null}
 */
public record Receipt(
        long size,
        @Nullable Checksum checksum,
        Strength strength,
        @Nullable String version) {

    /** The receipt for an object that was deleted. */
    public static final Receipt DELETED = new Receipt(0, null, Strength.NOT_COMPARABLE, null);

    /** The receipt of a target that can say nothing about what it stored. */
    public static final Receipt UNKNOWN = new Receipt(-1, null, Strength.NOT_COMPARABLE, null);

    /**
     * Compares this receipt with what was sent.
     *
     * @param sent the size and checksum of what the caller wrote
     * @return what differs, as the end of a sentence, or empty when nothing the receipt shows differs
     */
    public Optional<String> differenceFrom(ContentDigest sent) {
        if (size >= 0 && size != sent.size()) {
            return Optional.of("it holds " + size + " bytes, " + sent.size() + " were sent");
        }
        if (checksum != null
                && checksum.algorithm() == sent.checksum().algorithm()
                && !checksum.equals(sent.checksum())) {
            return Optional.of("its checksum is " + checksum + ", of what was sent " + sent.checksum());
        }
        return Optional.empty();
    }
}
