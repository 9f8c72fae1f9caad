package io.parallelwrite.divergence;

import java.util.List;

/**
 * Targets that should hold the same object under a path and do not, or cannot be shown to.
 *
 * <p>In a Spring application it is published as an event: take all of them with {@code @EventListener} and a parameter of
 * this type, or one kind with a parameter of that type. Events come on the thread that found the divergence: after a write
 * or delete has ended, that of its caller; otherwise the one that read, compared or listed.
 */
public sealed interface Divergence permits WriteDivergence, CopyDivergence {

    /**
     * Returns the path.
     *
     * @return the normalised path
     */
    String path();

    /**
     * Returns the targets in question.
     *
     * @return the names of at least one target; each kind says which they are
     */
    List<String> targets();
}
