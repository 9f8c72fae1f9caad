package io.parallelwrite;

import io.parallelwrite.stream.ParallelOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The output stream of a {@link ParallelResource}: closing it commits, unless a write to it has failed.
 */
final class PublishingOutputStream extends OutputStream {

    private final ParallelOutputStream out;
    private boolean failed;
    private boolean closed;

    PublishingOutputStream(ParallelOutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        attempt(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (!failed) {
                out.commit();
            }
        }
    }

    private void attempt(Step step) throws IOException {
        boolean done = false;
        try {
            step.run();
            done = true;
        } finally {
            failed |= !done;
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
