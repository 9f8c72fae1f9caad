package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * N input streams read as one: what they give must be the same.
 *
 * <p>When the streams disagree, or fail, the call throws an {@link IOException}: {@link HandlesDivergedException} with
 * everyone's answer if they disagree, what the first of them threw if all threw the same. From then on they are out of step,
 * and every call but {@link #close()} throws an {@link IOException} with the first failure as its cause.
 *
 * <p>Give the streams away: one that is also read on its own falls out of step. Marks are not supported.
 *
 * <p>Thread-safe: calls follow one another, the same way on every stream. A call blocks until all streams have answered or
 * its deadline has passed. An interrupt is kept for later, unless it
 * comes while the caller's own thread is inside a handle, where it does what it does there; with a deadline it never is.
 */
public final class ParallelInputStream extends InputStream {

    // immutable
    private final InStep<InputStream> streams;
    private final StepContent<InputStream, byte[]> content;

    // mutable, guarded by the streams' turn
    private long offset;

    ParallelInputStream(HandleGroup<InputStream> group) {
        this.streams = new InStep<>(group, () -> new IOException("The streams were closed"));
        this.content = new StepContent<>(streams, new StreamBytes());
    }

    /**
     * Reads streams as one, as {@link #of(List, HandleSettings)} with the defaults.
     *
     * @param streams at least one
     * @return a stream that closes all of them
     */
    public static ParallelInputStream of(List<? extends InputStream> streams) {
        return of(streams, HandleSettings.defaults());
    }

    /**
     * Reads streams as one. A stream cannot say where it is or whether it is closed; one that is behind, ahead or closed
     * shows at the first read.
     *
     * @param streams at least one
     * @param settings workers and deadline
     * @return a stream that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice; its index is named
     */
    public static ParallelInputStream of(List<? extends InputStream> streams, HandleSettings settings) {
        return of(streams, settings, HandleGroup.timerFor(settings));
    }

    static ParallelInputStream of(
            List<? extends InputStream> streams, HandleSettings settings, @Nullable DeadlineTimer timer) {
        return new ParallelInputStream(new HandleGroup<>(streams, settings, timer));
    }

    List<InputStream> members() {
        return streams.handles();
    }

    /**
     * Reads one byte from every stream. If they differ, or one ends before the others, it fails and names the offset.
     *
     * @return the byte; -1 if all have ended
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads from every stream until an array is full or the streams end, and compares. Streams that give few bytes at a time
     * are read again.
     *
     * <p>If they differ, or one ends before the others, it fails and names the offset; the array is as it was.
     *
     * @param target takes the bytes
     * @param from where the first goes
     * @param length how many to read; of more than 64 KiB at once, the first 64 KiB
     * @return how many; -1 at the end
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        streams.turn.lock();
        try {
            streams.check();
            if (length == 0) {
                return 0;
            }
            int count = content.fill(length, offset, "");
            System.arraycopy(content.read(), 0, target, from, count);
            offset += count;
            return count == 0 ? -1 : count;
        } finally {
            streams.turn.unlock();
        }
    }

    /**
     * Passes over bytes by reading them, so that they are compared too. Fails as a read does.
     *
     * @param count how many; nothing happens if it is not positive
     * @return how many were there
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public long skip(long count) throws IOException {
        return super.skip(count);
    }

    /**
     * Returns how many bytes can be read without waiting: the fewest that any stream has. That these numbers differ is no
     * disagreement; that one fails and others do not is.
     *
     * @return at least 0
     * @throws IOException if the streams disagree, now or before, or fail
     */
    @Override
    public int available() throws IOException {
        AtomicIntegerArray counts = new AtomicIntegerArray(streams.size());
        streams.run(() -> "available", (stream, index) -> {
            counts.set(index, stream.available());
            return null;
        });
        int fewest = counts.get(0);
        for (int i = 1; i < counts.length(); i++) {
            fewest = Math.min(fewest, counts.get(i));
        }
        return fewest;
    }

    /**
     * Closes every stream, whatever the others do, also when they are out of step. Waits for the call in progress, or its
     * deadline. Does nothing the second time.
     *
     * @throws IOException if streams could not be closed, naming each; the first failure is the cause, the others are
     *     suppressed
     */
    @Override
    public void close() throws IOException {
        streams.close();
    }
}
