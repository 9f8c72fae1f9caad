package io.parallelwrite.handle;

import io.parallelwrite.outcome.AnswerGroups;
import java.io.IOException;
import java.util.List;

/**
 * Thrown when handles driven as one gave different answers to the same call.
 *
 * <p>The message says who said what and, if more than half agree, who is in the minority. The first exception a handle
 * threw is the cause, those of the others are suppressed.
 */
public class HandlesDivergedException extends IOException {

    private final transient List<HandleAnswer> answers;

    /** Describes the answers to a call. */
    HandlesDivergedException(String call, List<HandleAnswer> answers, AnswerGroups groups) {
        this("The handles disagree about " + call + ": " + groups.sentence(), answers);
    }

    /** Describes answers that differ in a way that is better said otherwise. */
    HandlesDivergedException(String message, List<HandleAnswer> answers) {
        super(message);
        this.answers = List.copyOf(answers);
        Agreement.attachFailures(this, answers);
    }

    /**
     * Returns what every handle said.
     *
     * @return one answer per handle, in the order of the handles
     */
    public List<HandleAnswer> answers() {
        return answers;
    }
}
