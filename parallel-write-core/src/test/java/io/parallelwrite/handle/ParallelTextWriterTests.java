package io.parallelwrite.handle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.UnmappableCharacterException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts written as one: the charset of each, characters that one of them has not, and pairs cut in two. */
@Timeout(60)
class ParallelTextWriterTests {

    private static final String FACE = "\ud83d\ude00";

    private final ScriptedOutput a = new ScriptedOutput();
    private final ScriptedOutput b = new ScriptedOutput();
    private final ScriptedOutput c = new ScriptedOutput();

    @Test
    void writesEachInItsCharset() throws IOException {
        try (ParallelTextWriter all = writer(UTF_8, UTF_16BE, ISO_8859_1)) {
            all.write("grün");
            all.write('e');
            all.append('s').append("Gras");
        }
        assertThat(new String(a.bytes(), UTF_8)).isEqualTo("grünesGras");
        assertThat(new String(b.bytes(), UTF_16BE)).isEqualTo("grünesGras");
        assertThat(new String(c.bytes(), ISO_8859_1)).isEqualTo("grünesGras");
    }

    @Test
    void writesNothingAnywhereIfOneCannotEncodeACharacter() throws IOException {
        ParallelTextWriter all = writer(UTF_8, US_ASCII, UTF_16BE);
        all.write("a");
        String longText = "b".repeat(100_000) + "é";
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.write(longText))
                .withMessage("Nothing of this write was written: #0 and #2 can encode the text;"
                        + " #1 cannot: US-ASCII has no U+00E9, character 100000 of this write. #1 is in the minority")
                .havingRootCause()
                .isInstanceOf(UnmappableCharacterException.class);
        all.write("c");
        all.close();
        assertThat(new String(a.bytes(), UTF_8)).isEqualTo("ac");
        assertThat(new String(b.bytes(), US_ASCII)).isEqualTo("ac");
        assertThat(new String(c.bytes(), UTF_16BE)).isEqualTo("ac");
    }

    @Test
    void throwsTheCharsetsFailureIfNoneCanEncodeACharacter() {
        ParallelTextWriter all = writer(US_ASCII, US_ASCII, ISO_8859_1);
        assertThatIOException()
                .isThrownBy(() -> all.write("a" + FACE))
                .isNotInstanceOf(HandlesDivergedException.class)
                .withMessage("US-ASCII has no U+1F600, character 1 of this write")
                .withCauseInstanceOf(CharacterCodingException.class);
        assertThat(a.bytes()).isEmpty();
    }

    @Test
    void joinsAPairThatComesInTwoCalls() throws IOException {
        try (ParallelTextWriter all = writer(UTF_8, UTF_16BE, UTF_8)) {
            all.write("x" + FACE.charAt(0));
            all.write("");
            all.write(FACE.charAt(1));
            all.write(FACE.charAt(0));
            all.write(FACE.charAt(1) + "y");
        }
        assertThat(new String(a.bytes(), UTF_8)).isEqualTo("x" + FACE + FACE + "y");
        assertThat(new String(b.bytes(), UTF_16BE)).isEqualTo("x" + FACE + FACE + "y");
    }

    @ParameterizedTest
    @ValueSource(ints = {16_383, 16_384, 16_385, 32_767, 50_001})
    void cutsNoPairInALongWrite(int before) throws IOException {
        String text = "a".repeat(before) + FACE.repeat(20_000);
        try (ParallelTextWriter all = writer(UTF_8, UTF_16BE, UTF_8)) {
            all.write(text);
        }
        assertThat(new String(a.bytes(), UTF_8)).isEqualTo(text);
        assertThat(new String(b.bytes(), UTF_16BE)).isEqualTo(text);
    }

    @Test
    void refusesHalfAPair() throws IOException {
        ParallelTextWriter all = writer(UTF_8, UTF_16BE, UTF_8);
        assertThatIOException()
                .isThrownBy(() -> all.write("ab" + FACE.charAt(1)))
                .withMessage("U+DE00 is half of a surrogate pair, character 2 of this write")
                .withCauseInstanceOf(MalformedInputException.class);
        all.write(FACE.charAt(0));
        assertThatIOException().isThrownBy(() -> all.write("z"));
        all.write(FACE.charAt(1));
        all.close();
        assertThat(new String(a.bytes(), UTF_8)).isEqualTo(FACE);
    }

    @Test
    void failsToFlushOrCloseInTheMiddleOfAPair() throws IOException {
        ParallelTextWriter all = writer(UTF_8, UTF_16BE, UTF_8);
        all.write("a" + FACE.charAt(0));
        String message = "The text ends in the middle of a surrogate pair: U+D83D waits for its second half";
        assertThatIOException().isThrownBy(all::flush).withMessage(message);
        b.closeFailure = new IOException("not closed");
        assertThatIOException()
                .isThrownBy(all::close)
                .withMessage(message)
                .satisfies(ex -> assertThat(ex.getSuppressed()[0])
                        .hasMessageContaining("#1 threw java.io.IOException: not closed"));
        assertThat(List.of(a, b, c)).extracting(output -> output.closeCount).containsOnly(1);
        all.close();
    }

    @Test
    void endsTheTextOfACharsetThatHasAState() throws IOException {
        Charset japanese = Charset.forName("ISO-2022-JP");
        try (ParallelTextWriter all = writer(japanese, UTF_8, japanese)) {
            all.write("日");
            all.write("本");
        }
        assertThat(a.bytes()).isEqualTo("日本".getBytes(japanese)).isEqualTo(c.bytes());
    }

    @Test
    void endsNoTextThatIsOutOfStep() throws IOException {
        Charset japanese = Charset.forName("ISO-2022-JP");
        b.failAfter(0);
        ParallelTextWriter all = writer(japanese, UTF_8, UTF_8);
        assertThatExceptionOfType(HandlesDivergedException.class).isThrownBy(() -> all.write("日"));
        assertThatIOException().isThrownBy(() -> all.write("a")).withCauseInstanceOf(HandlesDivergedException.class);
        assertThatIOException().isThrownBy(all::flush).withCauseInstanceOf(HandlesDivergedException.class);
        int taken = a.bytes().length;
        all.close();
        assertThat(a.bytes()).hasSize(taken);
        assertThat(List.of(a, b, c)).extracting(output -> output.closeCount).containsOnly(1);
    }

    @Test
    void writesAndFlushesWriters() throws IOException {
        StringWriter one = new StringWriter();
        StringWriter two = new StringWriter();
        try (ParallelTextWriter all = ParallelTextWriter.ofWriters(List.of(one, two), HandleSettings.defaults())) {
            all.write("a" + FACE);
            all.flush();
        }
        assertThat(one).hasToString("a" + FACE);
        assertThat(two).hasToString("a" + FACE);
    }

    @Test
    void refusesTheSameStreamTwiceAndACharsetThatCannotEncode() {
        EncodedOutput output = new EncodedOutput(a, UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelTextWriter.ofEncoded(
                        List.of(output, new EncodedOutput(a, UTF_16BE)), HandleSettings.defaults()))
                .withMessageStartingWith("Handle #1 is the same object as #0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelTextWriter.ofEncoded(
                        List.of(output, new EncodedOutput(b, Charset.forName("x-JISAutoDetect"))),
                        HandleSettings.defaults()))
                .withMessageContaining("The charset of #1 [x-JISAutoDetect] can only be read");
    }

    @Test
    void isNotWrittenAfterItWasClosed() throws IOException {
        ParallelTextWriter all = writer(UTF_8, UTF_8, UTF_8);
        all.close();
        all.close();
        assertThatIOException().isThrownBy(() -> all.write("a")).withMessage("The writers were closed");
        assertThatIOException().isThrownBy(all::flush);
    }

    private ParallelTextWriter writer(Charset ofA, Charset ofB, Charset ofC) {
        return ParallelTextWriter.ofEncoded(
                List.of(new EncodedOutput(a, ofA), new EncodedOutput(b, ofB), new EncodedOutput(c, ofC)),
                HandleSettings.defaults());
    }
}
