package io.parallelwrite.divergence;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import java.util.List;

/**
 * A divergence that was found by looking at the copies: when they were read, compared or listed.
 *
 * @param difference what every target said, and where they differ
 */
public record CopyDivergence(Comparison.Different difference) implements Divergence {

    @Override
    public String path() {
        return difference.path();
    }

    /**
     * Returns the targets in question.
     *
     * @return the names of those that contradict more than half of all; without such a majority nobody can tell who is
     *     wrong, and these are all that answered
     */
    @Override
    public List<String> targets() {
        return difference.minority().isEmpty() ? answered() : difference.minority();
    }

    private List<String> answered() {
        return difference.answers().stream()
                .filter(answer -> !(answer instanceof CopyAnswer.Unavailable))
                .map(CopyAnswer::target)
                .toList();
    }
}
