package io.parallelwrite;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The stream lent to a {@link WriteBody}: closing it commits nothing and discards nothing, and it is of no use after the
 * body has returned.
 */
final class BodyOutputStream extends OutputStream {

    private final OutputStream out;
    private boolean closed;

    BodyOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        checkOpen();
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        checkOpen();
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (!closed) {
            out.flush();
        }
    }

    /** Ends this view only; the write goes on to its commit when the body returns. */
    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("This stream was closed, or its body has returned; write before that");
        }
    }
}
