package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * N output streams written as one: every call goes to all of them before the next.
 *
 * <p>Nothing is staged: what a stream has taken stays, even if another fails. To write to all places or to none, use
 * {@code ParallelResourceWriter}.
 *
 * <p>When some streams fail and others do not, the call throws {@link HandlesDivergedException} with everyone's answer; if
 * all threw the same, it throws what the first of them threw. From then on they are out of step, and every call but
 * {@link #close()} throws an {@link IOException} with the first failure as its cause.
 *
 * <p>Thread-safe: calls follow one another, the same way on every stream. A call blocks until all streams have answered or
 * its deadline has passed. An interrupt is kept for later, unless it
 * comes while the caller's own thread is inside a handle, where it does what it does there; with a deadline it never is.
 */
public final class ParallelTeeOutputStream extends OutputStream {

    private final InStep<OutputStream> streams;
    private final boolean mayBeLate;

    ParallelTeeOutputStream(HandleGroup<OutputStream> group) {
        this.streams = new InStep<>(group, () -> new IOException("The streams were closed"));
        this.mayBeLate = group.hasDeadline();
    }

    /**
     * Writes streams as one, as {@link #of(List, HandleSettings)} with the defaults.
     *
     * @param streams at least one
     * @return a stream that closes all of them
     */
    public static ParallelTeeOutputStream of(List<? extends OutputStream> streams) {
        return of(streams, HandleSettings.defaults());
    }

    /**
     * Writes streams as one. A stream cannot say whether it is closed; one that is shows at the first write.
     *
     * @param streams at least one
     * @param settings workers and deadline
     * @return a stream that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice; its index is named
     */
    public static ParallelTeeOutputStream of(List<? extends OutputStream> streams, HandleSettings settings) {
        return of(streams, settings, HandleGroup.timerFor(settings));
    }

    static ParallelTeeOutputStream of(
            List<? extends OutputStream> streams, HandleSettings settings, @Nullable DeadlineTimer timer) {
        return new ParallelTeeOutputStream(new HandleGroup<>(streams, settings, timer));
    }

    List<OutputStream> members() {
        return streams.handles();
    }

    /**
     * Writes one byte to every stream. If one fails, others have taken it: the call fails.
     *
     * @param value its lowest eight bits are the byte
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public void write(int value) throws IOException {
        streams.run(() -> "a write of 1 byte", (stream, index) -> {
            stream.write(value);
            return null;
        });
    }

    /**
     * Writes bytes to every stream. If one fails, others have taken them: the call fails.
     *
     * @param bytes no stream may change them
     * @param from the first of them
     * @param length how many
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        // A stream that is late goes on reading after the caller has its array back.
        byte[] all = mayBeLate ? Arrays.copyOfRange(bytes, from, from + length) : bytes;
        int first = mayBeLate ? 0 : from;
        streams.run(() -> "a write of " + length + " bytes", (stream, index) -> {
            stream.write(all, first, length);
            return null;
        });
    }

    /**
     * Flushes every stream. If one fails and others do not, the call fails.
     *
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public void flush() throws IOException {
        streams.run(() -> "flush", (stream, index) -> {
            stream.flush();
            return null;
        });
    }

    /**
     * Closes every stream, whatever the others do, also when they are out of step. A stream that does something on close,
     * such as writing what it has buffered, does it then as well. Waits for the call in progress, or its deadline. Does
     * nothing the second time.
     *
     * @throws IOException if streams could not be closed, naming each; the first failure is the cause, the others are
     *     suppressed
     */
    @Override
    public void close() throws IOException {
        streams.close();
    }
}
