package io.parallelwrite.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts read as one, by line and by character. */
@Timeout(60)
class ParallelReaderTests {

    @Test
    void givesTheLinesOfAll() throws IOException {
        try (ParallelReader all = texts("a\nb\n", "a\nb\n")) {
            assertThat(all.readLine()).isEqualTo("a");
            assertThat(all.readLine()).isEqualTo("b");
            assertThat(all.readLine()).isNull();
            assertThat(all.readLine()).isNull();
        }
    }

    @Test
    void failsAtTheFirstLineThatDiffersAndNotBefore() throws IOException {
        ParallelReader all = texts("a\nb\nc", "a\nx\nc", "a\nb\nc");
        assertThat(all.readLine()).isEqualTo("a");
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(all::readLine)
                .withMessage("The handles disagree about line 2: #0 and #2 returned \"b\"; #1 returned \"x\"."
                        + " #1 is in the minority");
        assertThatIOException().isThrownBy(all::readLine).withCauseInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void failsWhereOneTextEndsInsteadOfStopping() {
        List<String> seen = new ArrayList<>();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> texts("a\nb\n", "a\n").lines().forEach(seen::add))
                .havingCause()
                .isInstanceOf(HandlesDivergedException.class)
                .withMessage("The handles disagree about line 2: #0 returned \"b\"; #1 returned null");
        assertThat(seen).containsExactly("a");
    }

    @Test
    void readsNoLineBeforeItIsAskedFor() throws IOException {
        ParallelReader all = texts("a\nb", "x\nb");
        Stream<String> lines = all.lines();
        all.close();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(lines::toList)
                .withMessageContaining("The readers were closed");
    }

    @Test
    void givesAllLinesAsAStream() {
        assertThat(texts("a\n\nb", "a\n\nb").lines()).containsExactly("a", "", "b");
    }

    @Test
    void namesTheCharacterThatDiffers() throws IOException {
        ParallelReader all = texts("first\nab", "first\na\u0007");
        all.readLine();
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.read(new char[5]))
                .withMessage("What the handles read differs at character 1 after line 1: #0 read b; #1 read \\u0007");
    }

    @Test
    void comparesTheEndsOfLinesWhenItReadsCharacters() {
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> texts("a\n", "a\r").read(new char[5]));
    }

    @Test
    void comparesWhatItSkips() {
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> texts("ab", "xb").skip(1));
    }

    @Test
    void reportsWhatIsNoTextInTheCharset() throws IOException {
        byte[] good = "aä".getBytes(UTF_8);
        byte[] bad = {'a', (byte) 0xc3};
        ParallelReader all = bytes(good, bad);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(all::readLine)
                .withMessageContaining("#0 returned \"aä\"")
                .withCauseInstanceOf(MalformedInputException.class);
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> bytes(bad, bad).readLine());
        all.close();
    }

    @Test
    void isReadyWhenAllAre() throws IOException {
        try (ParallelReader all = ParallelReader.ofReaders(List.of(new StringReader("a"), new StringReader("a") {
            @Override
            public boolean ready() {
                return false;
            }
        }))) {
            assertThat(all.ready()).isFalse();
            assertThat(all.read()).isEqualTo('a');
        }
        assertThat(texts("a", "a").ready()).isTrue();
    }

    @Test
    void refusesTheSameStreamTwice() {
        InputStream twice = new ByteArrayInputStream(new byte[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelReader.of(List.of(twice, twice), UTF_8))
                .withMessageStartingWith("Handle #1 is the same object as #0");
        StringReader reader = new StringReader("");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelReader.ofReaders(List.of(reader, reader)))
                .withMessageStartingWith("Handle #1 is the same object as #0");
    }

    private static ParallelReader texts(String... texts) {
        return ParallelReader.ofReaders(Stream.of(texts).map(StringReader::new).toList());
    }

    private static ParallelReader bytes(byte[]... contents) {
        return ParallelReader.of(
                Stream.of(contents).map(ByteArrayInputStream::new).toList(), UTF_8);
    }
}
