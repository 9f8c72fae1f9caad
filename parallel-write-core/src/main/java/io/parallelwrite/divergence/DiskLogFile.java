package io.parallelwrite.divergence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A file of a {@link DiskLogDirectory}, open for writing.
 *
 * <p>The channel is an asynchronous one, used as if it were not: it is the one kind in the JDK that can write to a
 * position, force without metadata, and be used by a thread that may be interrupted. An interrupt closes a
 * {@link java.nio.channels.FileChannel}, and blocks who interrupts while the disk hangs. Its work is done by the calling
 * thread where the system has no asynchronous files, as Linux and macOS.
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
            at += writeSome(bytes, at);
        }
    }

    private int writeSome(ByteBuffer bytes, long position) throws IOException {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        channel.write(bytes, position, written, new Completion());
        try {
            return written.join(); // not interruptible; the flag stays
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
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

    private static final class Completion implements CompletionHandler<Integer, CompletableFuture<Integer>> {
        @Override
        public void completed(Integer byteCount, CompletableFuture<Integer> written) {
            written.complete(byteCount);
        }

        @Override
        public void failed(Throwable cause, CompletableFuture<Integer> written) {
            written.completeExceptionally(cause);
        }
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
