package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * N channels driven as one: what is written goes to all, what is read must be the same on all.
 *
 * <p>When the channels disagree, or fail, the call throws an {@link IOException}: {@link HandlesDivergedException} with
 * everyone's answer if they disagree, what the first of them threw if all threw the same. From then on they are out of step,
 * and every call but {@link #isOpen()} and {@link #close()} throws an {@link IOException} with the first failure as its
 * cause. An unchecked exception that all threw alike (a mode or an argument that is not allowed) changes nothing.
 *
 * <p>Give the channels away: a channel that is also used on its own falls out of step.
 *
 * <p>Thread-safe: calls follow one another, the same way on every channel. A call blocks until all channels have answered or
 * its deadline has passed. An interrupt is kept for later, unless it
 * comes while the caller's own thread is inside a handle, where it does what it does there; with a deadline it never is.
 */
public final class ParallelByteChannel implements SeekableByteChannel {

    // immutable
    private final InStep<SeekableByteChannel> channels;
    private final StepContent<SeekableByteChannel, ByteBuffer> content;
    private final boolean mayBeLate;

    // mutable, guarded by the channels' turn
    private long position;

    private ParallelByteChannel(HandleGroup<SeekableByteChannel> group, long position) {
        this.channels = new InStep<>(group, ClosedChannelException::new);
        this.content = new StepContent<>(channels, new ChannelBytes());
        this.mayBeLate = group.hasDeadline();
        this.position = position;
    }

    /**
     * Drives channels as one, as {@link #of(List, HandleSettings)} with the defaults.
     *
     * @param channels at least one
     * @return a channel that closes all of them
     * @throws IOException if a channel cannot say its state
     */
    public static ParallelByteChannel of(List<? extends SeekableByteChannel> channels) throws IOException {
        return of(channels, HandleSettings.defaults());
    }

    /**
     * Drives channels as one.
     *
     * @param channels at least one: open, opened alike and at the same position
     * @param settings workers and deadline
     * @return a channel that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice, is closed, is opened for
     *     something else than the first, or is at another position; its index is named, and no channel is closed or changed
     * @throws IOException if a channel cannot say its state
     */
    public static ParallelByteChannel of(List<? extends SeekableByteChannel> channels, HandleSettings settings)
            throws IOException {
        return of(channels, settings, HandleGroup.timerFor(settings));
    }

    static ParallelByteChannel of(
            List<? extends SeekableByteChannel> channels, HandleSettings settings, @Nullable DeadlineTimer timer)
            throws IOException {
        HandleGroup<SeekableByteChannel> group = new HandleGroup<>(channels, settings, timer);
        boolean taken = false;
        try {
            ParallelByteChannel channel = of(group);
            taken = true;
            return channel;
        } finally {
            if (!taken) {
                group.release();
            }
        }
    }

    static ParallelByteChannel of(HandleGroup<SeekableByteChannel> group) throws IOException {
        return new ParallelByteChannel(group, ChannelState.common(group).position());
    }

    /**
     * Reads from every channel until the buffer is full or the channels end, and compares. Channels that give few bytes at a
     * time are read again.
     *
     * <p>If they differ, or one ends before the others, it fails and names the position; nothing was put into the buffer as
     * far as its position tells.
     *
     * @param target takes the bytes
     * @return how many; -1 at the end
     * @throws IOException if the channels disagree, now or before, or fail
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("The buffer is read-only; give one that can take the bytes");
        }
        channels.turn.lock();
        try {
            ByteBuffer filled = target.duplicate();
            int wanted;
            int count;
            do {
                wanted = Math.min(filled.remaining(), StepContent.MOST);
                count = content.fill(wanted, position, "");
                filled.put(content.read().slice(0, count));
                position += count;
            } while (count == wanted && filled.hasRemaining());
            boolean ended = target.hasRemaining() && filled.position() == target.position();
            int all = filled.position() - target.position();
            target.position(filled.position());
            return ended ? -1 : all;
        } finally {
            channels.turn.unlock();
        }
    }

    /**
     * Writes to every channel until it has taken all. Channels that take few bytes at a time are written to again.
     *
     * <p>If one fails, the others have been written to: the call fails, and the channels are out of step.
     *
     * @param source gives the bytes; afterwards none is left
     * @return how many bytes it had
     * @throws IOException if the channels disagree, now or before, or fail
     */
    @Override
    public int write(ByteBuffer source) throws IOException {
        channels.turn.lock();
        try {
            int count = source.remaining();
            ByteBuffer all = mayBeLate ? copyOf(source) : source;
            channels.run(() -> "a write of " + count + " bytes at byte " + position, (channel, index) -> {
                ChannelBytes.drain(channel, all.duplicate());
                return null;
            });
            source.position(source.limit());
            position += count;
            return count;
        } finally {
            channels.turn.unlock();
        }
    }

    /** A channel that is late goes on reading after the caller has its buffer back. */
    private static ByteBuffer copyOf(ByteBuffer source) {
        return ByteBuffer.allocate(source.remaining()).put(source.duplicate()).flip();
    }

    /**
     * Returns where the channels are.
     *
     * @return the position of all; if one is elsewhere, the call fails
     * @throws IOException if the channels disagree, now or before, or fail
     */
    @Override
    public long position() throws IOException {
        return channels.call(() -> "position", (channel, index) -> channel.position());
    }

    /**
     * Moves every channel. If one cannot be moved and others were, the call fails.
     *
     * @param newPosition not negative
     * @return this channel
     * @throws IOException if the channels disagree, now or before, or fail
     */
    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        channels.turn.lock();
        try {
            channels.run(() -> "position " + newPosition, (channel, index) -> channel.position(newPosition));
            position = newPosition;
            return this;
        } finally {
            channels.turn.unlock();
        }
    }

    /**
     * Returns how long the channels are.
     *
     * @return the size of all in bytes; if one has another, the call fails
     * @throws IOException if the channels disagree, now or before, or fail
     */
    @Override
    public long size() throws IOException {
        return channels.call(() -> "size", (channel, index) -> channel.size());
    }

    /**
     * Cuts every channel. If one cannot be cut and others were, the call fails.
     *
     * @param size not negative
     * @return this channel
     * @throws IOException if the channels disagree, now or before, or fail
     */
    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        channels.turn.lock();
        try {
            channels.run(() -> "truncate to " + size, (channel, index) -> channel.truncate(size));
            position = Math.min(position, size);
            return this;
        } finally {
            channels.turn.unlock();
        }
    }

    /**
     * Makes what was written durable on those channels that are {@link FileChannel}s; the others have no such operation and
     * are passed over. If one fails and others do not, the call fails.
     *
     * @param metaData whether also what the file system knows about the file must be durable
     * @throws IOException if the channels disagree, now or before, or fail
     */
    public void force(boolean metaData) throws IOException {
        channels.run(() -> "force", (channel, index) -> {
            if (channel instanceof FileChannel file) {
                file.force(metaData);
            }
            return null;
        });
    }

    /**
     * Returns whether this channel can be used. Never fails and never waits: if some channels are open and some are not, it
     * is {@code false}.
     *
     * @return whether all channels are open and {@link #close()} was not called
     */
    @Override
    public boolean isOpen() {
        return !channels.isClosed() && channels.all(Channel::isOpen);
    }

    /**
     * Closes every channel, whatever the others do, also when they are out of step. Nothing is undone. Waits for the call in
     * progress, or its deadline. Does nothing the second time.
     *
     * @throws IOException if channels could not be closed, naming each; the first failure is the cause, the others are
     *     suppressed
     */
    @Override
    public void close() throws IOException {
        channels.close();
    }
}
