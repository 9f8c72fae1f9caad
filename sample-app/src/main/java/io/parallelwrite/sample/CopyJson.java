package io.parallelwrite.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallelwrite.compare.CopyAnswer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one target said about its copy.
 *
 * @param target the name of the target
 * @param answer one of {@code held}, {@code missing}, {@code unavailable}
 * @param size the number of bytes; only if held
 * @param lastModified when the copy became visible; only if held
 * @param checksum of the whole copy, as in {@code CRC32C:e3069283}; only if held and it was needed
 * @param matchesReceipt whether the copy is what was uploaded; missing if that is not known
 * @param failure why the target could not be asked; only if unavailable
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CopyJson(
        String target,
        String answer,
        @Nullable Long size,
        @Nullable Instant lastModified,
        @Nullable String checksum,
        @Nullable Boolean matchesReceipt,
        @Nullable String failure) {

    /**
     * Returns the JSON form of an answer.
     *
     * @param answer what the target said
     * @param matchesReceipt whether that is what was uploaded, or {@code null} if that is not known
     * @return the form
     */
    static CopyJson of(CopyAnswer answer, @Nullable Boolean matchesReceipt) {
        if (answer instanceof CopyAnswer.Held held) {
            String checksum = held.checksum() == null ? null : held.checksum().toString();
            return new CopyJson(
                    held.target(),
                    "held",
                    held.object().size(),
                    held.object().lastModified(),
                    checksum,
                    matchesReceipt,
                    null);
        }
        if (answer instanceof CopyAnswer.Unavailable unavailable) {
            String failure = String.valueOf(unavailable.cause().getMessage());
            return new CopyJson(unavailable.target(), "unavailable", null, null, null, null, failure);
        }
        return new CopyJson(answer.target(), "missing", null, null, null, null, null);
    }
}
