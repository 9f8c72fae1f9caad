package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parallelwrite.Gate;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.ManualTimer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels driven as one: each operation, and what becomes of it when one channel is not like the others. */
@Timeout(60)
class ParallelByteChannelTests {

    private final ScriptedChannel a = new ScriptedChannel(new byte[] {1, 2, 3, 4, 5});
    private final ScriptedChannel b = new ScriptedChannel(new byte[] {1, 2, 3, 4, 5});
    private final ScriptedChannel c = new ScriptedChannel(new byte[] {1, 2, 3, 4, 5});
    private final HandleThreads threads = new HandleThreads();
    private final List<ParallelByteChannel> opened = new ArrayList<>();

    @AfterEach
    void leavesNoWorkerBehind() throws IOException {
        for (ParallelByteChannel channel : opened) {
            channel.close();
        }
        threads.awaitEnd();
    }

    @Test
    void doesOnEveryFileWhatIsDoneOnIt(@TempDir Path directory) throws IOException {
        List<Path> files = List.of(directory.resolve("a"), directory.resolve("b"), directory.resolve("c"));
        List<FileChannel> channels = new ArrayList<>();
        for (Path file : files) {
            channels.add(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        ParallelByteChannel all = ParallelByteChannel.of(channels);
        assertThat(all.write(ByteBuffer.wrap(content))).isEqualTo(content.length);
        assertThat(all.position()).isEqualTo(content.length);
        assertThat(all.truncate(200_000)).isSameAs(all);
        assertThat(all.size()).isEqualTo(200_000);
        assertThat(all.position(100)).isSameAs(all);
        all.force(true);
        ByteBuffer read = ByteBuffer.allocate(250_000);
        assertThat(all.read(read)).isEqualTo(199_900);
        assertThat(all.read(read)).isEqualTo(-1);
        assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(content, 100, 199_900).slice());
        assertThat(all.isOpen()).isTrue();
        all.close();
        assertThat(all.isOpen()).isFalse();
        assertThat(channels).noneMatch(FileChannel::isOpen);
        for (Path file : files) {
            assertThat(Files.size(file)).isEqualTo(200_000);
        }
    }

    @Test
    void takesNoShortCountForADifference() throws IOException {
        a.mostPerCall = 1;
        b.mostPerCall = 2;
        ParallelByteChannel all = all();
        ByteBuffer read = ByteBuffer.allocate(8);
        assertThat(all.read(read)).isEqualTo(5);
        assertThat(all.write(ByteBuffer.wrap(new byte[] {6, 7, 8}))).isEqualTo(3);
        assertThat(List.of(a, b, c))
                .allSatisfy(channel -> assertThat(channel.bytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8));
    }

    @Test
    void readsIntoWhatTheBufferHasLeft() throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(10).position(7).limit(9);
        assertThat(all().read(target)).isEqualTo(2);
        assertThat(target.position()).isEqualTo(9);
        assertThat(target.get(7)).isEqualTo((byte) 1);
        assertThat(target.get(8)).isEqualTo((byte) 2);
        assertThat(target.get(0)).isZero();
    }

    @Test
    void readsNothingIntoAFullBuffer() throws IOException {
        assertThat(all().read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void refusesABufferThatCannotTakeTheBytes() throws IOException {
        ParallelByteChannel all = all();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.read(ByteBuffer.allocate(3).asReadOnlyBuffer()))
                .withMessageContaining("read-only");
        assertThat(all.position()).isZero();
    }

    @Test
    void namesThePositionAndTheMinorityWhereContentsDiffer() throws IOException {
        ParallelByteChannel all =
                ParallelByteChannel.of(List.of(a, new ScriptedChannel(new byte[] {1, 2, 3, 9, 5}), c));
        opened.add(all);
        all.position(1);
        ByteBuffer target = ByteBuffer.allocate(4);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.read(target))
                .withMessage("What the handles read differs at byte 3: #0 and #2 read 0x04; #1 read 0x09."
                        + " #1 is in the minority")
                .satisfies(ex -> assertThat(ex.answers())
                        .containsExactly(
                                new HandleAnswer.Returned(0, "0x04"),
                                new HandleAnswer.Returned(1, "0x09"),
                                new HandleAnswer.Returned(2, "0x04")));
        assertThat(target.position()).isZero();
    }

    @Test
    void saysWhoIsElsewhere() throws IOException {
        ParallelByteChannel all = all();
        b.position(3);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(all::position)
                .withMessage("The handles disagree about position: #0 and #2 returned 0; #1 returned 3."
                        + " #1 is in the minority");
    }

    @Test
    void saysWhoHasAnotherSize() throws IOException {
        ParallelByteChannel all = all();
        b.truncate(2);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(all::size)
                .withMessageContaining("#0 and #2 returned 5; #1 returned 2");
    }

    @Test
    void callsNoChannelAfterOneFellOutOfStep() throws IOException {
        ParallelByteChannel all = all();
        b.failAfter(0);
        HandlesDivergedException first = null;
        try {
            all.write(ByteBuffer.wrap(new byte[] {9}));
        } catch (HandlesDivergedException ex) {
            first = ex;
        }
        assertThat(first).hasMessageContaining("a write of 1 bytes at byte 0").hasCause(b.failure);
        for (IoCall call : List.<IoCall>of(
                all::position,
                all::size,
                () -> all.position(2),
                () -> all.truncate(2),
                () -> all.force(false),
                () -> all.read(ByteBuffer.allocate(1)),
                () -> all.write(ByteBuffer.allocate(1)))) {
            assertThatIOException()
                    .isThrownBy(call::call)
                    .withMessageStartingWith("The handles are not called any more")
                    .withCause(first);
        }
        assertThat(a.bytes()).containsExactly(9, 2, 3, 4, 5);
        assertThat(all.isOpen()).isTrue();
        all.close();
        assertThat(List.of(a, b, c)).extracting(channel -> channel.closeCount).containsOnly(1);
    }

    @Test
    void throwsWhatAllThrewAndStaysInStepIfItWasAnArgument() throws IOException {
        ParallelByteChannel all = all();
        assertThatIllegalArgumentException().isThrownBy(() -> all.position(-1));
        assertThat(all.position()).isZero();
    }

    @Test
    void saysThatAModeIsMissingIfAllLackIt() throws IOException {
        for (ScriptedChannel channel : List.of(a, b, c)) {
            channel.writable = false;
        }
        ParallelByteChannel all = all();
        assertThatExceptionOfType(NonWritableChannelException.class)
                .isThrownBy(() -> all.write(ByteBuffer.allocate(1)));
        assertThat(all.size()).isEqualTo(5);
    }

    @Test
    void isOutOfStepAfterAnIoFailureOfAll() throws IOException {
        ParallelByteChannel all = all();
        List.of(a, b, c).forEach(channel -> channel.failAfter(0));
        assertThatIOException().isThrownBy(all::size).isSameAs(a.failure);
        assertThatIOException().isThrownBy(all::size).withCause(a.failure);
    }

    @Test
    void givesUpAChannelThatTakesNothing() throws IOException {
        ParallelByteChannel all = all();
        b.mostPerCall = 0;
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.write(ByteBuffer.allocate(3)))
                .withStackTraceContaining("Its write moved nothing 100 times in a row, with 3 to go");
    }

    @Test
    void givesUpAChannelThatGivesNothing() throws IOException {
        ParallelByteChannel all = all();
        List.of(a, b, c).forEach(channel -> channel.mostPerCall = 0);
        assertThatIOException()
                .isThrownBy(() -> all.read(ByteBuffer.allocate(3)))
                .withMessageContaining("Its read moved nothing 100 times");
    }

    @Test
    void believesNoCountThatTheBufferDoesNotShow() throws IOException {
        ParallelByteChannel all = all();
        c.claimedTooMuch = 1;
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.write(ByteBuffer.allocate(3)))
                .withStackTraceContaining("Its write returned 4 and moved 3 bytes");
    }

    @Test
    void noticesAChannelThatWasClosedBehindItsBack() throws IOException {
        ParallelByteChannel all = all();
        b.close();
        assertThat(all.isOpen()).isFalse();
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(all::size)
                .withCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void isClosedOnceAndForAll() throws IOException {
        ParallelByteChannel all = all();
        all.close();
        all.close();
        assertThat(List.of(a, b, c)).extracting(channel -> channel.closeCount).containsOnly(1);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(all::position);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> all.read(ByteBuffer.allocate(1)));
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> all.write(ByteBuffer.allocate(1)));
    }

    @Test
    void forcesTheFilesAndPassesOverTheOthers(@TempDir Path directory) throws IOException {
        FileChannel file = FileChannel.open(
                directory.resolve("a"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ParallelByteChannel all = ParallelByteChannel.of(List.of(file, new ScriptedChannel(new byte[0])));
        opened.add(all);
        all.force(true);
        file.close();
        assertThatExceptionOfType(HandlesDivergedException.class).isThrownBy(() -> all.force(true));
    }

    @Test
    void leavesTheCallersBufferAloneWhenAChannelIsLate() throws Exception {
        ManualTimer timer = new ManualTimer();
        Gate gate = new Gate();
        Duration deadline = Duration.ofSeconds(5);
        ParallelByteChannel all =
                ParallelByteChannel.of(List.of(a, b), HandleSettings.defaults().withDeadline(deadline), timer);
        b.gate = gate;
        ByteBuffer source = ByteBuffer.wrap(new byte[] {7, 7});
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try {
                all.write(source);
                return null;
            } catch (IOException ex) {
                return ex;
            }
        });
        gate.awaitArrival();
        EngineFixture.until(() -> a.bytes()[0] == 7);
        timer.advance(deadline);
        assertThat(failure.join()).hasMessageContaining("#1 did not return within PT5S");
        source.array()[0] = 66; // the caller uses its buffer again
        gate.open();
        EngineFixture.until(() -> b.bytes()[1] == 7); // the late call has written
        all.close();
        assertThat(b.bytes()).containsExactly(7, 7, 3, 4, 5);
    }

    private ParallelByteChannel all() throws IOException {
        ParallelByteChannel all = ParallelByteChannel.of(List.of(a, b, c));
        opened.add(all);
        return all;
    }

    /** A call on a channel. */
    interface IoCall {
        void call() throws IOException;
    }
}
