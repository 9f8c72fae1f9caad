package io.parallelwrite.handle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/**
 * Encodes a text piece by piece, for all who take it in the same charset.
 *
 * <p>A piece is checked before it is encoded: some charsets have a state, and an encoder that fails in the middle of a piece
 * could not go back.
 *
 * <p>Not thread-safe, but for {@link #array()} and {@link #count()} between two pieces.
 */
final class TextEncoder {

    private static final int CHECKED_AT_ONCE = 8192;

    // immutable
    private final Charset charset;
    private final CharsetEncoder trial;
    private final CharsetEncoder encoder;
    private final ByteBuffer ignored = ByteBuffer.allocate(CHECKED_AT_ONCE);

    // mutable
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** Creates an encoder; new ones report what they cannot encode. */
    TextEncoder(Charset charset) {
        this.charset = charset;
        this.trial = charset.newEncoder();
        this.encoder = charset.newEncoder();
    }

    /**
     * Finds out whether a piece can be encoded. Encodes nothing.
     *
     * @param text no surrogate pair is cut at its ends
     * @throws IOException if it has a character that the charset has not, or half of a surrogate pair; it is named
     */
    void check(CharBuffer text) throws IOException {
        CharBuffer left = text.duplicate();
        trial.reset();
        CoderResult result;
        do {
            result = trial.encode(left, ignored.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw failure(left, result, left.position() - text.position());
        }
    }

    private IOException failure(CharBuffer left, CoderResult result, int index) {
        StringBuilder what = new StringBuilder();
        for (int i = 0; i < result.length(); i++) {
            what.append(left.get(left.position() + i));
        }
        String shown = what.codePoints()
                .mapToObj(c -> String.format("U+%04X", c))
                .reduce((one, other) -> one + " " + other)
                .orElse("?");
        String message = (result.isUnmappable() ? charset + " has no " + shown : shown + " is half of a surrogate pair")
                + ", character " + index + " of this write";
        try {
            result.throwException();
            return new IOException(message);
        } catch (CharacterCodingException ex) {
            return new IOException(message, ex);
        }
    }

    /** Encodes a piece that was checked. */
    void encode(CharBuffer text) {
        int most = (int) Math.ceil(text.remaining() * (double) encoder.maxBytesPerChar());
        begin(most);
        encodeAll(encoder.encode(text.duplicate(), bytes, false));
    }

    /** Encodes what ends a text: nothing in most charsets. */
    void end() {
        begin(64);
        encodeAll(encoder.encode(CharBuffer.allocate(0), bytes, true));
        encodeAll(encoder.flush(bytes));
    }

    private void begin(int most) {
        if (bytes.capacity() < most) {
            bytes = ByteBuffer.allocate(most);
        }
        bytes.clear();
    }

    private void encodeAll(CoderResult result) {
        if (!result.isUnderflow()) {
            throw new IllegalStateException(charset + " did not encode text that it had found good: " + result);
        }
    }

    /** Returns an array that begins with what was encoded last. */
    byte[] array() {
        return bytes.array();
    }

    /** Returns how many bytes were encoded last. */
    int count() {
        return bytes.position();
    }
}
