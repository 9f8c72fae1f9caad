package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;

/**
 * The copy of one target, verified.
 *
 * @param sign what it is to what its path should hold
 * @param found what the target said
 */
public record VerifiedCopy(CopySign sign, CopyAnswer found) {

    /**
     * Returns the name of the target.
     *
     * @return the name it is configured under
     */
    public String target() {
        return found.target();
    }
}
