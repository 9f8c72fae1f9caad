package io.parallelwrite.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.target.StoredObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the archive's list.
 *
 * @param path the path, as in {@code /archive/<path>}
 * @param size the number of bytes, as the first target says that holds it; -1 if it cannot tell
 * @param lastModified when that copy was archived
 * @param difference how the copies differ by what the lists of all targets say, which is presence and size; {@code null} if
 *     they do not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArchivedFile(
        String path,
        long size,
        @Nullable Instant lastModified,
        @Nullable String difference) {

    /**
     * Returns the line for an entry.
     *
     * @param entry what the lists of all targets say
     * @return the line
     */
    static ArchivedFile of(Comparison entry) {
        StoredObject object = entry.answers().stream()
                .filter(CopyAnswer.Held.class::isInstance)
                .map(answer -> ((CopyAnswer.Held) answer).object())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Listed, but held by no target: " + entry.path()));
        String difference = entry instanceof Comparison.Different different ? different.description() : null;
        return new ArchivedFile(entry.path(), object.size(), object.lastModified(), difference);
    }
}
