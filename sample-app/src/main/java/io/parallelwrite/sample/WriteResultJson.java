package io.parallelwrite.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receipt a client gets: what became of its upload or delete on every target.
 *
 * @param id the token of the write
 * @param path the path
 * @param status what it means as a whole
 * @param size the number of bytes the client sent
 * @param checksum their checksum, as in {@code CRC32C:e3069283}
 * @param durationMillis how long the whole took
 * @param targets one entry per target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WriteResultJson(
        String id,
        String path,
        WriteStatus status,
        long size,
        @Nullable String checksum,
        long durationMillis,
        List<TargetOutcomeJson> targets) {

    /**
     * Returns the JSON form of a result.
     *
     * @param result what became of a write or delete
     * @return the form
     */
    static WriteResultJson of(WriteResult result) {
        return new WriteResultJson(
                result.id(),
                result.path(),
                result.status(),
                result.size(),
                result.checksum() == null ? null : result.checksum().toString(),
                result.duration().toMillis(),
                result.outcomes().stream().map(TargetOutcomeJson::of).toList());
    }

    /**
     * Returns the checksum as a value.
     *
     * @return empty if there is none
     */
    Optional<Checksum> parsedChecksum() {
        if (checksum == null) {
            return Optional.empty();
        }
        int colon = checksum.indexOf(':');
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.valueOf(checksum.substring(0, colon));
        return Optional.of(new Checksum(algorithm, checksum.substring(colon + 1)));
    }
}
