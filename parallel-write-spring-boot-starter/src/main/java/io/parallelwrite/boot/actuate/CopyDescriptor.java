package io.parallelwrite.boot.actuate;

import io.parallelwrite.compare.CopyAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What one target said about its copy.
 *
 * @param target its name
 * @param answer {@code held}, {@code missing} or {@code unavailable}
 * @param size the number of bytes; {@code null} unless held and known
 * @param checksum of the whole copy, as in {@code CRC32C:e3069283}; {@code null} unless held and known
 * @param failure why the target could not be asked, without places; {@code null} unless unavailable
 */
public record CopyDescriptor(
        String target,
        String answer,
        @Nullable Long size,
        @Nullable String checksum,
        @Nullable String failure) {

    static CopyDescriptor of(CopyAnswer answer, PlaceNames places) {
        if (answer instanceof CopyAnswer.Held held) {
            long size = held.object().size();
            String checksum = held.checksum() == null ? null : held.checksum().toString();
            return new CopyDescriptor(held.target(), "held", size < 0 ? null : size, checksum, null);
        }
        if (answer instanceof CopyAnswer.Unavailable unavailable) {
            return new CopyDescriptor(
                    unavailable.target(), "unavailable", null, null, places.hide(unavailable.cause()));
        }
        return new CopyDescriptor(answer.target(), "missing", null, null, null);
    }
}
