package io.parallelwrite.handle;

import io.parallelwrite.outcome.AnswerGroups;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into pieces and encodes each for all who take it.
 *
 * <p>No piece cuts a surrogate pair: the first half waits for the second, which may come with the next call.
 *
 * <p>Not thread-safe: the caller has its turn.
 */
final class TextPieces {

    /** The longest piece, in characters. */
    private static final int MOST = 1 << 14;

    // immutable
    private final List<TextOutput> outputs;
    private final List<TextEncoder> encoders;

    // mutable
    private @Nullable Character firstHalf;

    TextPieces(List<TextOutput> outputs) {
        this.outputs = outputs;
        this.encoders = outputs.stream()
                .map(TextOutput::encoder)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * Returns what can be written now: the half that waits and the text, without a half at its end.
     *
     * @throws IOException if an encoder cannot encode it; then nothing has changed
     */
    CharBuffer checked(char[] text, int from, int length) throws IOException {
        CharBuffer all = CharBuffer.wrap(text, from, length).slice();
        if (firstHalf != null && length > 0) {
            all = CharBuffer.allocate(length + 1).put(firstHalf).put(all).flip();
        }
        int end = wholeUpTo(all, all.limit());
        CharBuffer whole = all.slice(0, end);
        check(whole);
        return whole;
    }

    /** The text of a checked call was written: keeps the half at its end. */
    void keepHalf(char[] text, int from, int length) {
        if (length > 0) {
            char last = text[from + length - 1];
            firstHalf = Character.isHighSurrogate(last) ? last : null;
        }
    }

    /** Encodes the beginning of a checked text for all. Returns how many characters that is. */
    int encodeNext(CharBuffer text) {
        int length =
                text.remaining() <= MOST ? text.remaining() : wholeUpTo(text, text.position() + MOST) - text.position();
        CharBuffer piece = text.slice(text.position(), length);
        encoders.forEach(encoder -> encoder.encode(piece));
        return length;
    }

    /** Encodes the end of the text for all. */
    void encodeEnd() {
        encoders.forEach(TextEncoder::end);
    }

    /** Returns what is wrong with ending the text here, or {@code null} if nothing is. */
    @Nullable
    IOException cut() {
        return firstHalf == null
                ? null
                : new IOException(String.format(
                        "The text ends in the middle of a surrogate pair: U+%04X waits for its second half",
                        (int) firstHalf));
    }

    private static int wholeUpTo(CharBuffer text, int end) {
        return end > 0 && Character.isHighSurrogate(text.get(end - 1)) ? end - 1 : end;
    }

    private void check(CharBuffer text) throws IOException {
        for (TextEncoder encoder : encoders) {
            try {
                encoder.check(text);
            } catch (IOException ex) {
                throw failure(text);
            }
        }
    }

    /** Asks all again, to say who can and who cannot. */
    private IOException failure(CharBuffer text) {
        List<HandleAnswer> answers = new ArrayList<>();
        List<@Nullable String> said = new ArrayList<>();
        for (TextOutput output : outputs) {
            HandleAnswer answer = answerOf(output.encoder(), answers.size(), text);
            answers.add(answer);
            said.add(answer instanceof HandleAnswer.Threw threw ? threw.cause().getMessage() : null);
        }
        if (!said.contains(null) && answers.get(0) instanceof HandleAnswer.Threw threw) {
            return (IOException) threw.cause(); // on this all agree
        }
        AnswerGroups groups = AnswerGroups.<@Nullable String>of(
                Agreement.names(answers),
                said,
                Objects::equals,
                message -> message == null ? "can encode the text" : "cannot: " + message);
        return new HandlesDivergedException("Nothing of this write was written", answers, groups);
    }

    private static HandleAnswer answerOf(@Nullable TextEncoder encoder, int index, CharBuffer text) {
        try {
            if (encoder != null) {
                encoder.check(text);
            }
            return new HandleAnswer.Returned(index, null);
        } catch (IOException ex) {
            return new HandleAnswer.Threw(index, ex);
        }
    }
}
