package io.parallelwrite.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A look at one path between two commits; see {@link WriteEngine#betweenCommits}.
 *
 * @param <T> what it finds
 */
@FunctionalInterface
public interface PathInspection<T extends @Nullable Object> {

    /**
     * Looks at the targets; must not write or delete the path.
     *
     * @return what it found
     * @throws IOException if it could not
     */
    T inspect() throws IOException;
}
