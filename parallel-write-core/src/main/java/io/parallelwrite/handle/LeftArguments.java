package io.parallelwrite.handle;

import io.parallelwrite.outcome.AnswerGroups;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the handles left of one argument, when it is not the same.
 *
 * @param given what the caller passed
 * @param left what became of each handle's own
 */
record LeftArguments(@Nullable Object given, List<@Nullable Object> left) {

    /** Says who left what. The answers of the exception hold each handle's own as a value. */
    HandlesDivergedException diverged(int argument, String operation) {
        List<HandleAnswer> answers = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            answers.add(new HandleAnswer.Returned(i, left.get(i)));
        }
        AnswerGroups groups = AnswerGroups.of(
                Agreement.names(answers), left, (a, b) -> OwnArgument.same(given, a, b), LeftArguments::words);
        return new HandlesDivergedException(
                "The handles disagree about what " + operation + " does to argument " + argument + whereFirst(),
                answers,
                groups);
    }

    private static String words(@Nullable Object value) {
        if (value instanceof Buffer buffer) {
            return "left position " + buffer.position() + " and limit " + buffer.limit();
        }
        return "left " + Agreement.shown(value);
    }

    private String whereFirst() {
        for (int i = 1; i < left.size(); i++) {
            int index = firstDifference(left.get(0), left.get(i));
            if (index >= 0) {
                return ", for #0 and #" + i + " first at index " + index;
            }
        }
        return "";
    }

    private static int firstDifference(@Nullable Object a, @Nullable Object b) {
        if (a instanceof ByteBuffer bytes && b instanceof ByteBuffer others) {
            return bytes.duplicate().clear().mismatch(others.duplicate().clear());
        }
        if (a instanceof CharBuffer chars && b instanceof CharBuffer others) {
            return chars.duplicate().clear().mismatch(others.duplicate().clear());
        }
        if (a == null || b == null || !a.getClass().isArray() || a.getClass() != b.getClass()) {
            return -1;
        }
        return firstDifferentElement(a, b);
    }

    private static int firstDifferentElement(Object a, Object b) {
        int length = Math.min(Array.getLength(a), Array.getLength(b));
        for (int i = 0; i < length; i++) {
            if (!ValueComparison.same(Array.get(a, i), Array.get(b, i))) {
                return i;
            }
        }
        return -1;
    }
}
