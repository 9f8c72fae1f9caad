package io.parallelwrite.handle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * What a channel is when it is handed over, found without changing anything.
 *
 * @param open whether it is open; nothing else is known of one that is not
 * @param mode how it was opened
 * @param position where it is
 */
record ChannelState(boolean open, String mode, long position) {

    private static final ChannelState CLOSED = new ChannelState(false, "closed", 0);

    /** Asks a channel. */
    static ChannelState of(SeekableByteChannel channel) throws IOException {
        try {
            return channel.isOpen() ? new ChannelState(true, modeOf(channel), channel.position()) : CLOSED;
        } catch (ClosedChannelException ex) {
            return CLOSED;
        }
    }

    /**
     * Asks all channels.
     *
     * @return the state they have in common
     * @throws IllegalArgumentException if they differ, or one is closed; its index is named
     * @throws IOException if one cannot say, or not in time
     */
    static ChannelState common(HandleGroup<SeekableByteChannel> channels) throws IOException {
        List<HandleAnswer> answers = channels.callAll("A look at the state", (channel, index) -> of(channel));
        ChannelState first = stateIn(answers.get(0), answers);
        for (HandleAnswer answer : answers) {
            stateIn(answer, answers).checkLike(first, answer.index());
        }
        return first;
    }

    private static ChannelState stateIn(HandleAnswer answer, List<HandleAnswer> answers) throws IOException {
        if (answer instanceof HandleAnswer.Returned returned && returned.value() instanceof ChannelState state) {
            return state;
        }
        throw Agreement.failed("The channels cannot be driven as one", answers);
    }

    private void checkLike(ChannelState first, int index) {
        if (!open) {
            throw new IllegalArgumentException("Channel #" + index + " is closed; open it again");
        }
        if (!mode.equals(first.mode)) {
            throw new IllegalArgumentException(
                    "Channel #" + index + " is opened for " + mode + " and #0 for " + first.mode + "; open all alike");
        }
        if (position != first.position) {
            throw new IllegalArgumentException("Channel #" + index + " is at position " + position + " and #0 at "
                    + first.position + "; bring all to the same");
        }
    }

    private static String modeOf(SeekableByteChannel channel) throws IOException {
        boolean readable = isReadable(channel);
        if (!isWritable(channel)) {
            return readable ? "reading" : "neither reading nor writing";
        }
        if (channel instanceof FileChannel file && isAppending(file)) {
            return "appending";
        }
        return readable ? "reading and writing" : "writing";
    }

    private static boolean isReadable(SeekableByteChannel channel) throws IOException {
        try {
            channel.read(ByteBuffer.allocate(0));
            return true;
        } catch (NonReadableChannelException ex) {
            return false;
        }
    }

    private static boolean isWritable(SeekableByteChannel channel) throws IOException {
        try {
            channel.write(ByteBuffer.allocate(0));
            return true;
        } catch (NonWritableChannelException ex) {
            return false;
        }
    }

    /** A file that is appended to is always at its end, wherever it is sent. */
    private static boolean isAppending(FileChannel file) throws IOException {
        long position = file.position();
        long beyond = file.size() + 1;
        file.position(beyond);
        try {
            return file.position() != beyond;
        } finally {
            file.position(position);
        }
    }
}
