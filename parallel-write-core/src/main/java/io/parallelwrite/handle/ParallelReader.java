package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * N texts read as one: what they give must be the same, line by line or character by character.
 *
 * <p>When the texts disagree, or fail, the call throws an {@link IOException}: {@link HandlesDivergedException} with
 * everyone's answer if they disagree, what the first of them threw if all threw the same. From then on they are out of step,
 * and every call but {@link #close()} throws an {@link IOException} with the first failure as its cause.
 *
 * <p>Lines are compared without their ends: {@link #readLine()} and {@link #lines()} do not tell a line feed from a carriage
 * return, nor whether the last line has an end. The other reads do. Marks are not supported.
 *
 * <p>Give the readers away: each is read ahead, and one that is also read on its own falls out of step.
 *
 * <p>Thread-safe: calls follow one another, the same way on every text. A call blocks until all have answered or its deadline
 * has passed. An interrupt is kept for later, unless it
 * comes while the caller's own thread is inside a handle, where it does what it does there; with a deadline it never is.
 */
public final class ParallelReader extends Reader {

    // immutable
    private final InStep<BufferedReader> readers;
    private final StepContent<BufferedReader, char[]> content;

    // mutable, guarded by the readers' turn
    private long lineCount;
    private long offset; // since the last line that was read as such

    private ParallelReader(HandleGroup<BufferedReader> group) {
        this.readers = new InStep<>(group, () -> new IOException("The readers were closed"));
        this.content = new StepContent<>(readers, new ReaderChars());
    }

    /**
     * Reads texts as one, as {@link #of(List, Charset, HandleSettings)} with the default settings.
     *
     * @param streams at least one
     * @param charset of all
     * @return a reader that closes all of them
     */
    public static ParallelReader of(List<? extends InputStream> streams, Charset charset) {
        return of(streams, charset, HandleSettings.defaults());
    }

    /**
     * Reads texts as one. Bytes that are no text in the charset fail the read; they are never replaced.
     *
     * @param streams at least one
     * @param charset of all
     * @param settings workers and deadline
     * @return a reader that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice; its index is named
     */
    public static ParallelReader of(List<? extends InputStream> streams, Charset charset, HandleSettings settings) {
        // A new decoder reports what it cannot decode; a reader made of a charset would replace it.
        return ofReaders(
                HandleGroup.checked(streams).stream()
                        .map(stream -> new InputStreamReader(stream, charset.newDecoder()))
                        .toList(),
                settings);
    }

    /**
     * Reads readers as one, as {@link #ofReaders(List, HandleSettings)} with the defaults.
     *
     * @param readers at least one
     * @return a reader that closes all of them
     */
    public static ParallelReader ofReaders(List<? extends Reader> readers) {
        return ofReaders(readers, HandleSettings.defaults());
    }

    /**
     * Reads readers as one. A reader cannot say where it is or whether it is closed; one that is behind, ahead or closed
     * shows at the first read.
     *
     * @param readers at least one
     * @param settings workers and deadline
     * @return a reader that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice; its index is named
     */
    public static ParallelReader ofReaders(List<? extends Reader> readers, HandleSettings settings) {
        return ofReaders(readers, settings, HandleGroup.timerFor(settings));
    }

    static ParallelReader ofReaders(
            List<? extends Reader> readers, HandleSettings settings, @Nullable DeadlineTimer timer) {
        return new ParallelReader(new HandleGroup<>(buffered(readers), settings, timer));
    }

    static ParallelReader ofReaders(List<? extends Reader> readers, HandleGroup<?> owner) {
        return new ParallelReader(owner.sharing(buffered(readers)));
    }

    private static List<BufferedReader> buffered(List<? extends Reader> readers) {
        return HandleGroup.<Reader>checked(readers).stream()
                .map(reader -> reader instanceof BufferedReader own ? own : new BufferedReader(reader))
                .toList();
    }

    List<BufferedReader> members() {
        return readers.handles();
    }

    /**
     * Reads the next line of every text. If the lines differ, or one text ends before the others, it fails, names the line
     * and says who has what.
     *
     * @return the line without its end; {@code null} if all have ended
     * @throws IOException if the texts disagree, now or before, or fail
     */
    public @Nullable String readLine() throws IOException {
        readers.turn.lock();
        try {
            String line = readers.<@Nullable String>call(
                    () -> "line " + (lineCount + 1), (reader, index) -> reader.readLine());
            if (line != null) {
                lineCount++;
                offset = 0;
            }
            return line;
        } finally {
            readers.turn.unlock();
        }
    }

    /**
     * Returns the lines that are left. Each is read when it is asked for. If the texts disagree, or fail, asking throws an
     * {@link UncheckedIOException} whose cause is what {@link #readLine()} throws; the stream never ends early instead.
     *
     * @return lines without their ends; closing the stream leaves this reader open
     */
    public Stream<String> lines() {
        return StreamSupport.stream(
                new Spliterators.AbstractSpliterator<String>(
                        Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super String> action) {
                        String line = lineOfStream();
                        if (line != null) {
                            action.accept(line);
                        }
                        return line != null;
                    }
                },
                false);
    }

    private @Nullable String lineOfStream() {
        try {
            return readLine();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Reads characters from every text until an array is full or the texts end, and compares.
     *
     * <p>If they differ, or one ends before the others, it fails and names the offset; the array is as it was.
     *
     * @param target takes the characters
     * @param from where the first goes
     * @param length how many to read; of more than 65536 at once, the first 65536
     * @return how many; -1 at the end
     * @throws IOException if the texts disagree, now or before, or fail
     */
    @Override
    public int read(char[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        readers.turn.lock();
        try {
            readers.check();
            if (length == 0) {
                return 0;
            }
            int count = content.fill(length, offset, lineCount == 0 ? "" : " after line " + lineCount);
            System.arraycopy(content.read(), 0, target, from, count);
            offset += count;
            return count == 0 ? -1 : count;
        } finally {
            readers.turn.unlock();
        }
    }

    /**
     * Passes over characters by reading them, so that they are compared too. Fails as a read does.
     *
     * @param count how many, not negative
     * @return how many were there
     * @throws IOException if the texts disagree, now or before, or fail
     */
    @Override
    public long skip(long count) throws IOException {
        return super.skip(count);
    }

    /**
     * Returns whether the next character can be read without waiting: whether every text says so. That some do and some do
     * not is no disagreement; that one fails and others do not is.
     *
     * @return whether a read would not wait
     * @throws IOException if the texts disagree, now or before, or fail
     */
    @Override
    public boolean ready() throws IOException {
        AtomicBoolean all = new AtomicBoolean(true);
        readers.run(() -> "ready", (reader, index) -> {
            if (!reader.ready()) {
                all.set(false);
            }
            return null;
        });
        return all.get();
    }

    /**
     * Closes every text, whatever the others do, also when they are out of step. Waits for the call in progress, or its
     * deadline. Does nothing the second time.
     *
     * @throws IOException if texts could not be closed, naming each; the first failure is the cause, the others are
     *     suppressed
     */
    @Override
    public void close() throws IOException {
        readers.close();
    }
}
