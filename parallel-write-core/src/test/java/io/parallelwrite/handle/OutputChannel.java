package io.parallelwrite.handle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A stream as a channel that can only be written at its end. */
final class OutputChannel implements SeekableByteChannel {

    private final ScriptedOutput output;
    private boolean open = true;

    OutputChannel(ScriptedOutput output) {
        this.output = output;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        if (bytes.length > 0) {
            output.write(bytes, 0, bytes.length);
        }
        return bytes.length;
    }

    @Override
    public int read(ByteBuffer target) {
        throw new NonReadableChannelException();
    }

    @Override
    public long position() {
        return size();
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        return output.bytes().length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        output.close();
    }
}
