package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which channels can be driven as one, and what is said about those that cannot. */
@Timeout(60)
class ParallelByteChannelOpeningTests {

    private final ScriptedChannel a = new ScriptedChannel(new byte[] {1, 2, 3, 4, 5});
    private final ScriptedChannel b = new ScriptedChannel(new byte[] {1, 2, 3, 4, 5});
    private final ScriptedChannel c = new ScriptedChannel(new byte[] {1, 2, 3, 4, 5});
    private final HandleThreads threads = new HandleThreads();

    @AfterEach
    void leavesNoWorkerBehind() {
        threads.awaitEnd();
    }

    @Test
    void refusesChannelsThatAreNotAlikeAndLeavesThemOpen(@TempDir Path directory) throws IOException {
        try (FileChannel read = open(directory, StandardOpenOption.READ);
                FileChannel write = open(directory, StandardOpenOption.WRITE);
                FileChannel both = open(directory, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel append = open(directory, StandardOpenOption.APPEND)) {
            assertRefused("Channel #1 is opened for writing and #0 for reading; open all alike", read, write);
            assertRefused("Channel #2 is opened for reading and #0 for reading and writing", both, a, read);
            assertRefused("Channel #1 is opened for appending and #0 for writing", write, append);
            assertThat(List.of(read, write, both, append)).allMatch(FileChannel::isOpen);
            assertThat(write.position()).isZero();
            assertThat(append.position()).isEqualTo(3);
        }
    }

    @Test
    void refusesChannelsThatAreElsewhere() throws IOException {
        b.position(4);
        assertRefused("Channel #1 is at position 4 and #0 at 0; bring all to the same", a, b);
        assertThat(b.position()).isEqualTo(4);
    }

    @Test
    void refusesAChannelThatIsClosed() throws IOException {
        c.close();
        assertRefused("Channel #2 is closed; open it again", a, b, c);
    }

    @Test
    void drivesFilesThatAreAppendedTo(@TempDir Path directory) throws IOException {
        List<FileChannel> files =
                List.of(open(directory, StandardOpenOption.APPEND), open(directory, StandardOpenOption.APPEND));
        try (ParallelByteChannel all = ParallelByteChannel.of(files)) {
            assertThat(all.position()).isEqualTo(3);
            all.write(ByteBuffer.wrap(new byte[] {4, 5}));
            assertThat(all.size()).isEqualTo(5);
            assertThatExceptionOfType(NonReadableChannelException.class)
                    .isThrownBy(() -> all.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void saysWhichChannelCannotSayItsState() {
        b.failAfter(0);
        assertThatIOException()
                .isThrownBy(() -> ParallelByteChannel.of(List.of(a, b)))
                .withMessage("The channels cannot be driven as one: #1 threw java.io.IOException: scripted")
                .withCause(b.failure);
    }

    private void assertRefused(String message, SeekableByteChannel... channels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelByteChannel.of(List.of(channels)))
                .withMessageStartingWith(message);
        threads.awaitEnd();
    }

    /** Opens a new file of three bytes. */
    private static FileChannel open(Path directory, OpenOption... options) throws IOException {
        Path file = Files.createTempFile(directory, "channel", null);
        Files.write(file, new byte[] {1, 2, 3});
        return FileChannel.open(file, options);
    }
}
