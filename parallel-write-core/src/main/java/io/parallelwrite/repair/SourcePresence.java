package io.parallelwrite.repair;

import io.parallelwrite.compare.ListedCopies;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the target whose copies are right holds anything at all. One that holds nothing may be a disk that is not
 * mounted, or another bucket than was meant: then what others hold is not extra.
 *
 * <p>One object it was seen to hold is kept in mind, so that asking again is one look and no listing. Blocks as the target does.
 * Thread-safe.
 */
final class SourcePresence {

    private final ScrubParts parts;
    private final String source;
    private volatile @Nullable TargetPath witness; // by any thread that repairs, for all

    SourcePresence(ScrubParts parts, String source) {
        this.parts = parts;
        this.source = source;
    }

    String source() {
        return source;
    }

    /** Fails if the target cannot be asked, or not be listed. */
    boolean holdsAnything() throws IOException {
        TargetPath known = witness;
        return (known != null && parts.stat(source, known).isPresent()) || findsAnother();
    }

    private boolean findsAnother() throws IOException {
        try (ListedCopies listed = ListedCopies.open(List.of(parts.calls(source)), TargetPrefix.of(""), null)) {
            ListedCopies.Entry first = listed.next();
            if (first == null) {
                return false;
            }
            witness = first.path();
            return true;
        }
    }

    /** Says why nothing is deleted if it holds nothing. */
    String emptiness() {
        return "is not deleted anywhere, for '" + source + "' holds nothing at all. Its disk may not be mounted, or its"
                + " location be another than was meant; if it is to be empty, delete what the others hold by the writer";
    }
}
