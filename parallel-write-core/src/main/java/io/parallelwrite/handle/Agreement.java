package io.parallelwrite.handle;

import io.parallelwrite.outcome.AnswerGroups;
import io.parallelwrite.target.ShownText;
import java.io.IOException;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

/** Makes one answer of many, or says why there is none. Thread-safe: it has no state. */
final class Agreement {

    private static final int SHOWN_CHARACTERS = 100;

    private Agreement() {}

    /**
     * Returns what all handles returned.
     *
     * @param call what was called, for the message; asked for only if there is one
     * @param same whether two results are equal
     * @return the first handle's result
     * @throws HandlesDivergedException if they returned different results, some failed and some did not, they failed with
     *     exceptions of different classes, or one was not back in time
     * @throws Throwable what the first handle threw, with the others suppressed, if all threw the same class
     */
    static @Nullable Object of(
            Supplier<String> call, List<HandleAnswer> answers, BiPredicate<@Nullable Object, @Nullable Object> same)
            throws Throwable {
        HandleAnswer first = answers.get(0);
        for (int i = 1; i < answers.size(); i++) {
            if (!agree(first, answers.get(i), same)) {
                throw diverged(call, answers, same);
            }
        }
        if (first instanceof HandleAnswer.Returned returned) {
            return returned.value();
        }
        if (first instanceof HandleAnswer.Threw threw) {
            suppressOthers(threw.cause(), answers);
            throw threw.cause();
        }
        throw diverged(call, answers, same);
    }

    /** As the other, for a call whose name is known. */
    static @Nullable Object of(
            String call, List<HandleAnswer> answers, BiPredicate<@Nullable Object, @Nullable Object> same)
            throws Throwable {
        return of(() -> call, answers, same);
    }

    /** Describes results that look alike and do not go together. */
    static HandlesDivergedException unlike(String call, List<HandleAnswer> answers) {
        return diverged(() -> call, answers, (a, b) -> false);
    }

    private static HandlesDivergedException diverged(
            Supplier<String> call, List<HandleAnswer> answers, BiPredicate<@Nullable Object, @Nullable Object> same) {
        return new HandlesDivergedException(
                "The handles disagree about " + call.get(),
                answers,
                AnswerGroups.of(names(answers), answers, (a, b) -> agree(a, b, same), Agreement::words));
    }

    /** An answer that did not come in time agrees with its like, so that it is named once; it is never agreement. */
    private static boolean agree(
            HandleAnswer one, HandleAnswer other, BiPredicate<@Nullable Object, @Nullable Object> same) {
        if (one instanceof HandleAnswer.Returned a && other instanceof HandleAnswer.Returned b) {
            return same.test(a.value(), b.value());
        }
        if (one instanceof HandleAnswer.Threw a && other instanceof HandleAnswer.Threw b) {
            return a.cause().getClass() == b.cause().getClass();
        }
        return one instanceof HandleAnswer.Unfinished && other instanceof HandleAnswer.Unfinished;
    }

    static List<String> names(List<HandleAnswer> answers) {
        return answers.stream().map(answer -> "#" + answer.index()).toList();
    }

    private static String words(HandleAnswer answer) {
        if (answer instanceof HandleAnswer.Returned returned) {
            return "returned " + shown(returned.value());
        }
        if (answer instanceof HandleAnswer.Threw threw) {
            return "threw " + shown(threw.cause());
        }
        HandleAnswer.Unfinished unfinished = (HandleAnswer.Unfinished) answer;
        return (unfinished.begun() ? "did not return within " : "got no worker within ") + unfinished.deadline();
    }

    /** Shows a value of a handle in a message: never long, never with control characters. */
    static String shown(@Nullable Object value) {
        String text;
        try {
            text = value instanceof CharSequence ? "\"" + value + "\"" : ObjectUtils.nullSafeToString(value);
        } catch (RuntimeException ex) {
            text = "a " + (value == null ? "null" : value.getClass().getName()) + " that cannot be shown ("
                    + ex.getClass().getName() + ")";
        }
        return ShownText.of(text, SHOWN_CHARACTERS);
    }

    /** Succeeds if every handle was closed. */
    static void checkClosed(List<HandleAnswer> answers) throws IOException {
        long failed = answers.stream().filter(Agreement::isFailure).count();
        if (failed > 0) {
            throw failed(failed + " of " + answers.size() + " handles could not be closed", answers);
        }
    }

    /**
     * Describes those that failed, and no others.
     *
     * @param what the beginning of a sentence
     * @return an exception with all failures attached
     */
    static IOException failed(String what, List<HandleAnswer> answers) {
        List<HandleAnswer> failed =
                answers.stream().filter(Agreement::isFailure).toList();
        IOException exception = new IOException(what + ": "
                + AnswerGroups.of(names(failed), failed, (a, b) -> words(a).equals(words(b)), Agreement::words)
                        .sentence());
        attachFailures(exception, failed);
        return exception;
    }

    private static boolean isFailure(HandleAnswer answer) {
        return !(answer instanceof HandleAnswer.Returned);
    }

    /** Makes the first exception the cause and the others suppressed. */
    static void attachFailures(Throwable exception, List<HandleAnswer> answers) {
        for (HandleAnswer answer : answers) {
            if (answer instanceof HandleAnswer.Threw threw) {
                if (exception.getCause() == null) {
                    exception.initCause(threw.cause());
                } else if (!exception.getCause().equals(threw.cause())) {
                    exception.addSuppressed(threw.cause());
                }
            }
        }
    }

    private static void suppressOthers(Throwable first, List<HandleAnswer> answers) {
        for (HandleAnswer answer : answers) {
            if (answer instanceof HandleAnswer.Threw threw && !threw.cause().equals(first)) {
                first.addSuppressed(threw.cause());
            }
        }
    }
}
