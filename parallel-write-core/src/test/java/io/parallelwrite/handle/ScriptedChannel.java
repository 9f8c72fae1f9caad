package io.parallelwrite.handle;

import io.parallelwrite.Gate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A channel in memory that fails, hangs, dawdles or lies as it is told. Not thread-safe, as channels need not be. */
final class ScriptedChannel implements SeekableByteChannel {

    private volatile byte[] bytes;
    private int position;
    private boolean open = true;
    private int calls;
    int closeCount;

    // the script
    boolean readable = true;
    boolean writable = true;
    int mostPerCall = Integer.MAX_VALUE;
    int claimedTooMuch;
    int failingCall = -1;
    IOException failure = new IOException("scripted");
    IOException closeFailure;
    Gate gate;

    ScriptedChannel(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Fails the call after this many more. */
    ScriptedChannel failAfter(int moreCalls) {
        failingCall = calls + moreCalls;
        return this;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        begin();
        if (!readable) {
            throw new NonReadableChannelException();
        }
        if (target.hasRemaining() && position >= bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(target.remaining(), mostPerCall), Math.max(0, bytes.length - position));
        target.put(bytes, Math.min(position, bytes.length), count);
        position += count;
        return count + claimedTooMuch;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        begin();
        if (!writable) {
            throw new NonWritableChannelException();
        }
        int count = Math.min(source.remaining(), mostPerCall);
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, position + count));
        source.get(bytes, position, count);
        position += count;
        return count + claimedTooMuch;
    }

    private void begin() throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (gate != null) {
            gate.pass();
        }
        if (calls++ == failingCall) {
            throw failure;
        }
    }

    @Override
    public long position() throws IOException {
        begin();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        begin();
        if (newPosition < 0) {
            throw new IllegalArgumentException("negative");
        }
        position = (int) newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        begin();
        return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        begin();
        bytes = Arrays.copyOf(bytes, (int) Math.min(size, bytes.length));
        position = Math.min(position, bytes.length);
        return this;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        closeCount++;
        if (closeFailure != null) {
            throw closeFailure;
        }
    }
}
