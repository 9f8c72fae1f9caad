package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.Gate;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading all copies in step: what is handed out, where it fails, and what it leaves behind. */
class ComparingInputStreamTests {

    private static final byte[] BYTES = EngineFixture.bytes(20, 11);

    private static CopyInputStream open(CopiesFixture fixture) throws IOException {
        return fixture.reader.open(CopiesFixture.PATH, ReadMode.COMPARE);
    }

    /** Reads until the end or a failure, one way or another, and returns what was handed out before. */
    private static byte[] readUntilFailure(InputStream in) {
        ByteArrayOutputStream handedOut = new ByteArrayOutputStream();
        Throwable failure = catchThrowable(() -> in.transferTo(handedOut));
        assertThat(failure).isInstanceOf(IOException.class);
        return handedOut.toByteArray();
    }

    static Stream<Arguments> shapes() {
        return IntStream.of(1, 2, 3, 5)
                .boxed()
                .flatMap(targets -> Stream.of(
                                IntStream.of(0, 1, 2, 15).mapToObj(size -> Arguments.of(targets, 1, size)),
                                IntStream.of(0, 1, 6, 7, 8, 13, 14, 15, 70)
                                        .mapToObj(size -> Arguments.of(targets, 7, size)),
                                IntStream.of(1, 8191, 8192, 8193, 16384, 20000)
                                        .mapToObj(size -> Arguments.of(targets, 8192, size)))
                        .flatMap(stream -> stream));
    }

    @ParameterizedTest(name = "{0} targets, blocks of {1}, {2} bytes")
    @MethodSource("shapes")
    void handsOutWhatAllCopiesHold(int targets, int chunk, int size) throws Exception {
        byte[] bytes = EngineFixture.bytes(size, size);
        try (CopiesFixture fixture = CopiesFixture.of(chunk, CopiesFixture.equal(targets, bytes))) {
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
                assertThat(in.read()).isEqualTo(-1);
                assertThat(in.servedBy()).isEqualTo("t0");
                assertThat(in.passedOver()).isEmpty();
                assertThat(in.path()).isEqualTo(CopiesFixture.PATH);
            }
            fixture.assertNothingLeft();
            assertThat(fixture.differences).isEmpty();
            for (ScriptedCopies target : fixture.targets) {
                assertThat(target.givenBytes).as("read once").hasValue(size);
            }
        }
    }

    @ParameterizedTest(name = "{0} targets, blocks of {1}, {2} bytes")
    @MethodSource("shapes")
    void failsAtTheByteThatDiffersAndNotBefore(int targets, int chunk, int size) throws Exception {
        byte[] bytes = EngineFixture.bytes(size, size);
        int[] offsets = IntStream.of(0, chunk - 1, chunk, size / 2, size - 1)
                .filter(offset -> offset >= 0 && offset < size)
                .distinct()
                .toArray();
        for (int other = 1; other < targets; other++) {
            for (int offset : offsets) {
                ScriptedCopies[] copies = CopiesFixture.equal(targets, bytes);
                copies[other].with(CopiesFixture.PATH, ScriptedCopies.flipped(bytes, offset));
                expectDifference(chunk, bytes, offset, copies);
            }
        }
    }

    @ParameterizedTest(name = "{0} targets, blocks of {1}, {2} bytes")
    @MethodSource("shapes")
    void failsWhereTheFirstCopyEndsEarly(int targets, int chunk, int size) throws Exception {
        byte[] bytes = EngineFixture.bytes(size, size);
        int[] lengths = IntStream.of(0, chunk - 1, chunk, size / 2, size - 1)
                .filter(length -> length >= 0 && length < size)
                .distinct()
                .toArray();
        for (int shorter = 0; shorter < targets && targets > 1; shorter++) {
            for (int length : lengths) {
                ScriptedCopies[] copies = CopiesFixture.equal(targets, bytes);
                copies[shorter].with(CopiesFixture.PATH, ScriptedCopies.cut(bytes, length));
                expectDifference(chunk, bytes, length, copies);
            }
        }
    }

    private static void expectDifference(int chunk, byte[] bytes, int offset, ScriptedCopies... copies)
            throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(chunk, copies)) {
            CopyInputStream in = open(fixture);
            assertThat(readUntilFailure(in)).isEqualTo(Arrays.copyOf(bytes, offset));
            CopiesDifferException failure = catchThrowableOfType(CopiesDifferException.class, in::read);
            assertThat(failure.difference().offset()).hasValue(offset);
            assertThat(catchThrowable(() -> in.skip(1))).as("again").isSameAs(failure);
            in.close();
            assertThat(fixture.differences).containsExactly(failure.difference());
            assertThat(fixture.finished).singleElement().satisfies(read -> {
                assertThat(read.byteCount()).isEqualTo(offset);
                assertThat(read.failure()).isSameAs(failure);
            });
            fixture.assertNothingLeft();
        }
    }

    @Test
    void saysWhoGaveWhatAndWhoIsInTheMinority() throws Exception {
        byte[] bytes = "0123B".getBytes("US-ASCII");
        byte[] other = "0123A".getBytes("US-ASCII");
        ScriptedCopies local = new ScriptedCopies("local").with(CopiesFixture.PATH, other);
        ScriptedCopies s3 = new ScriptedCopies("s3").with(CopiesFixture.PATH, bytes);
        ScriptedCopies backup = new ScriptedCopies("backup").with(CopiesFixture.PATH, bytes);
        try (CopiesFixture fixture = CopiesFixture.of(local, s3, backup);
                CopyInputStream in = open(fixture)) {
            CopiesDifferException failure = catchThrowableOfType(CopiesDifferException.class, in::readAllBytes);
            assertThat(failure)
                    .hasMessage("The copies of 'reports/a.csv' differ: at byte 4 's3' and 'backup' gave 0x42; 'local'"
                            + " gave 0x41. 'local' is in the minority");
            assertThat(failure.difference().minority()).containsExactly("local");
            assertThat(failure.difference().answers())
                    .extracting(CopyAnswer::target)
                    .containsExactly("local", "s3", "backup");
        }
    }

    @Test
    void saysWhoEndedEarly() throws Exception {
        ScriptedCopies local = new ScriptedCopies("local").with(CopiesFixture.PATH, ScriptedCopies.cut(BYTES, 5));
        ScriptedCopies s3 = new ScriptedCopies("s3").with(CopiesFixture.PATH, BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(local, s3);
                CopyInputStream in = open(fixture)) {
            CopiesDifferException failure = catchThrowableOfType(CopiesDifferException.class, in::readAllBytes);
            assertThat(failure)
                    .hasMessage("The copies of 'reports/a.csv' differ: at byte 5 'local' had ended after 5 bytes; 's3'"
                            + " gave 0x%02x".formatted(BYTES[5]));
            assertThat(failure.difference().minority()).as("no majority of two").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "7", "8", "19"})
    void failsWithTheTargetTheOffsetAndTheCauseWhenACopyCannotBeReadOn(int offset) throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(3, BYTES);
        copies[1].failingAtByte(offset);
        try (CopiesFixture fixture = CopiesFixture.of(7, copies);
                CopyInputStream in = open(fixture)) {
            int blocks = offset / 7 * 7;
            assertThat(readUntilFailure(in)).isEqualTo(Arrays.copyOf(BYTES, blocks));
            assertThatThrownBy(in::read)
                    .isNotInstanceOf(CopiesDifferException.class)
                    .hasMessage("Copies of 'reports/a.csv' could not be read on from byte " + blocks
                            + ": 't1' failed: scripted at " + offset)
                    .hasRootCauseMessage("scripted at " + offset);
            fixture.assertNothingLeft();
            assertThat(fixture.differences).isEmpty();
        }
    }

    @Test
    void suppressesTheFailuresOfTheOthers() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(3, BYTES);
        copies[1].failingAtByte(3);
        copies[2].failingAtByte(4);
        try (CopiesFixture fixture = CopiesFixture.of(copies);
                CopyInputStream in = open(fixture)) {
            assertThatThrownBy(in::read)
                    .hasMessageContaining("'t1' failed: scripted at 3; 't2' failed: scripted at 4")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getMessage)
                            .isEqualTo("scripted at 4"));
        }
    }

    @Test
    void failsWhenACopyGivesNothingWithinItsDeadline() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingAtByte(7, gate);
        try (CopiesFixture fixture = CopiesFixture.of(7, copies)) {
            CopyInputStream in = open(fixture);
            assertThat(in.readNBytes(7)).hasSize(7);
            Future<Throwable> reading = fixture.asCaller(() -> catchThrowable(in::read));
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().stall(), 1);
            assertThat(EngineFixture.await(reading))
                    .hasMessage("Copies of 'reports/a.csv' could not be read on from byte 7: 't1' failed: it did not"
                            + " answer for 90000 ms")
                    .hasRootCauseInstanceOf(DeadlineExceededException.class);
            in.close();
            assertThat(copies[0].openStreams).hasValue(0);
            assertThat(copies[1].openStreams).as("its call still hangs").hasValue(1);
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void takesATimeOutOfATargetForAFailureNotForAnInterrupt() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[0].atByte(0, () -> {
            throw new InterruptedIOException("read timed out");
        });
        try (CopiesFixture fixture = CopiesFixture.of(copies);
                CopyInputStream in = open(fixture)) {
            assertThatThrownBy(in::read).hasMessageContaining("'t0' failed: read timed out");
        }
    }

    @Test
    void goesOnFailingAfterATargetThrewAnError() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].atByte(0, () -> {
            throw new StackOverflowError("scripted");
        });
        try (CopiesFixture fixture = CopiesFixture.of(copies);
                CopyInputStream in = open(fixture)) {
            assertThatThrownBy(in::read).isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(in::read).hasMessage("Reading 'reports/a.csv' in step had failed before");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void readsSkipsAndTransfersTheSameBytes() throws Exception {
        byte[] bytes = EngineFixture.bytes(100, 3);
        try (CopiesFixture fixture = CopiesFixture.of(7, CopiesFixture.equal(2, bytes));
                CopyInputStream in = open(fixture)) {
            assertThat(in.available()).as("nothing read yet").isZero();
            assertThat(in.read(new byte[0], 0, 0)).isZero();
            assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
            assertThat(in.available()).isEqualTo(6);
            assertThat(in.skip(20)).isEqualTo(20);
            byte[] some = new byte[50];
            assertThat(in.read(some, 10, 40)).as("the rest of a block").isEqualTo(7);
            assertThat(Arrays.copyOfRange(some, 10, 17)).isEqualTo(Arrays.copyOfRange(bytes, 21, 28));
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            assertThat(in.transferTo(rest)).isEqualTo(72);
            assertThat(rest.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 28, 100));
            assertThat(in.skip(1)).isZero();
            assertThat(in.available()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 16384", "16383, 16384", "300000, 196608"})
    void holdsThreeBlocksOfEachCopyAndLessOfSmallOnes(int size, long most) throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(65536, CopiesFixture.equal(3, EngineFixture.bytes(size, 5)))) {
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readAllBytes()).hasSize(size);
            }
            assertThat(fixture.targets)
                    .allSatisfy(target -> assertThat(target.mostBlockBytes).hasValue(most));
        }
    }

    @Test
    void readsTheNextBlocksWhileTheOneBeforeIsUsed() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(7, CopiesFixture.equal(2, EngineFixture.bytes(100, 6)));
                CopyInputStream in = open(fixture)) {
            in.read();
            for (ScriptedCopies target : fixture.targets) {
                EngineFixture.until(() -> target.givenBytes.get() == 21); // this block and two more
            }
        }
    }
}
