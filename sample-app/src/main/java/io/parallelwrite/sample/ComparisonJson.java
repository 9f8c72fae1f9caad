package io.parallelwrite.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.Strength;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the copies of one path are to each other, and to the receipt of its upload.
 *
 * @param path the path
 * @param result what they are in a word, such as {@code equal}
 * @param strength how much was compared; only if equal
 * @param difference who said what; only if different
 * @param offset the first byte at which the copies differ, from 0; only if different and it was looked for
 * @param minority the targets that contradict more than half of all; only if different
 * @param receipt what was uploaded; only if there is a receipt
 * @param copies one entry per target, in the order of reads
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ComparisonJson(
        String path,
        String result,
        @Nullable Strength strength,
        @Nullable String difference,
        @Nullable Long offset,
        @Nullable List<String> minority,
        @Nullable UploadedJson receipt,
        List<CopyJson> copies) {

    /**
     * What was uploaded, by its receipt.
     *
     * @param id the token of the upload
     * @param size the number of bytes
     * @param checksum their checksum, as in {@code CRC32C:e3069283}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UploadedJson(String id, long size, @Nullable String checksum) {}

    /**
     * Returns the JSON form of a comparison.
     *
     * @param comparison what the targets said
     * @param receipt the receipt of the last upload, if it was kept
     * @return the form
     */
    static ComparisonJson of(Comparison comparison, Optional<WriteResultJson> receipt) {
        UploadedJson uploaded = receipt.map(kept -> new UploadedJson(kept.id(), kept.size(), kept.checksum()))
                .orElse(null);
        Checksum checksum = receipt.flatMap(WriteResultJson::parsedChecksum).orElse(null);
        List<CopyJson> copies = comparison.answers().stream()
                .map(answer -> copy(comparison, answer, checksum))
                .toList();
        Comparison.Different different = comparison instanceof Comparison.Different found ? found : null;
        return new ComparisonJson(
                comparison.path(),
                nameOf(comparison),
                comparison instanceof Comparison.Equal equal ? equal.strength() : null,
                different == null ? null : different.description(),
                different == null || different.offset().isEmpty()
                        ? null
                        : different.offset().getAsLong(),
                different == null ? null : different.minority(),
                uploaded,
                copies);
    }

    /** Returns one of {@code equal}, {@code different}, {@code absent}, {@code undecided}. */
    private static String nameOf(Comparison comparison) {
        if (comparison instanceof Comparison.Equal) {
            return "equal";
        }
        if (comparison instanceof Comparison.Different) {
            return "different";
        }
        return comparison instanceof Comparison.Absent ? "absent" : "undecided";
    }

    private static CopyJson copy(Comparison comparison, CopyAnswer answer, @Nullable Checksum receipt) {
        if (receipt == null || !isComparable(answer, receipt)) {
            return CopyJson.of(answer, null);
        }
        return CopyJson.of(answer, comparison.targetsHolding(receipt).contains(answer.target()));
    }

    /** Tells whether the checksum of the copy is known, and was computed as that of the receipt. */
    private static boolean isComparable(CopyAnswer answer, Checksum receipt) {
        return answer instanceof CopyAnswer.Held held
                && held.checksum() != null
                && held.checksum().algorithm() == receipt.algorithm();
    }
}
