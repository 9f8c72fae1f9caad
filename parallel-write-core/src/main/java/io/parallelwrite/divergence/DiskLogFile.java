package io.parallelwrite.divergence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A file of a {@link DiskLogDirectory}, open for writing.
 *
 * <p>The channel is an asynchronous one, used as if it were not: it is the one kind in the JDK that can write to a
 * position, force without metadata, and be used by a thread that may be interrupted. An interrupt closes a
 * {@link java.nio.channels.FileChannel}, and blocks who interrupts while the disk hangs. Its work is done by the calling
 * thread where the system has no asynchronous files, as Linux and macOS. A completion handler would be called with the
 * thread's interrupt cleared, so futures are asked instead.
 */
final class DiskLogFile implements LogFile {

    private final AsynchronousFileChannel channel;

    private DiskLogFile(AsynchronousFileChannel channel) {
        this.channel = channel;
    }

    static DiskLogFile create(Path file) throws IOException {
        return new DiskLogFile(AsynchronousFileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                new CallingThread(),
                DiskLogDirectory.mode(file, "rw-------")));
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += await(channel.write(bytes, at));
        }
    }

    /** Waits through interrupts; the flag stays. Where the calling thread does the work, there is nothing to wait for. */
    private static int await(Future<Integer> written) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return written.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        channel.force(metadata);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Runs every task at once, on the thread that brings it. There is nothing to shut down. */
    private static final class CallingThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
