package io.parallelwrite.handle;

import io.parallelwrite.outcome.AnswerGroups;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when handles driven as one gave different answers to the same call.
 *
 * <p>The message says who said what and, if more than half agree, who is in the minority. The first exception a handle
 * threw is the cause, those of the others are suppressed.
 */
public class HandlesDivergedException extends IOException {

    private final transient List<HandleAnswer> answers;

    /** Describes answers. */
    HandlesDivergedException(String what, List<HandleAnswer> answers, AnswerGroups groups) {
        super(what + ": " + groups.sentenceWithMinority());
        this.answers = List.copyOf(answers);
        Agreement.attachFailures(this, answers);
    }

    /**
     * Describes what was read.
     *
     * @param where the place of the first difference, as the beginning of a sentence
     * @param said what each handle has there, or {@code null} if it has ended
     */
    static HandlesDivergedException ofContent(String where, List<@Nullable String> said) {
        List<HandleAnswer> answers = new ArrayList<>();
        for (String each : said) {
            answers.add(new HandleAnswer.Returned(answers.size(), each));
        }
        AnswerGroups groups = AnswerGroups.<@Nullable String>of(
                Agreement.names(answers), said, Objects::equals, each -> each == null ? "ended" : "read " + each);
        return new HandlesDivergedException(where, answers, groups);
    }

    /**
     * Returns what every handle said. Where contents differ, that is what it has at the first difference, as text, or
     * {@code null} if it has ended there.
     *
     * @return one answer per handle, in the order of the handles
     */
    public List<HandleAnswer> answers() {
        return answers;
    }
}
