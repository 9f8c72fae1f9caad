package io.parallelwrite.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client to the {@link DiscardingS3Server}: reads requests, throws their bodies away, answers.
 *
 * <p>Runs on a thread of its own, which blocks on the socket, and on the pace, until the client closes it.
 */
final class DiscardingConnection implements Runnable {

    private static final int BUFFER_BYTES = 256 << 10;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Pace pace;
    private final Duration delay;
    private final DiscardingAnswers answers;
    /** Always ready to be read from. */
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

    DiscardingConnection(SocketChannel channel, Pace pace, Duration delay, DiscardingAnswers answers) {
        this.channel = channel;
        this.pace = pace;
        this.delay = delay;
        this.answers = answers;
    }

    @Override
    public void run() {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            for (RequestHead head = readHead(); head != null; head = readHead()) {
                if (head.expectsContinue()) {
                    send(CONTINUE);
                }
                discard(head.bodyByteCount());
                awaitDelay();
                send(answers.to(head));
            }
        } catch (IOException e) {
            // The client is gone, and what it has not heard it does not want to know.
        }
    }

    /** Returns the next head, or {@code null} if the client sends no more. */
    private @Nullable RequestHead readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            while (received.hasRemaining()) {
                text.append((char) received.get());
                if (text.length() >= 4 && text.indexOf("\r\n\r\n", text.length() - 4) >= 0) {
                    return RequestHead.parse(text.toString());
                }
            }
            if (receive() < 0) {
                return null;
            }
        }
    }

    private void discard(long byteCount) throws IOException {
        long left = byteCount;
        while (left > 0) {
            if (!received.hasRemaining() && receive() < 0) {
                throw new EOFException(left + " bytes of a body did not come");
            }
            int taken = (int) Math.min(left, received.remaining());
            received.position(received.position() + taken);
            left -= taken;
            pace.passed(taken);
        }
    }

    private void awaitDelay() {
        long until = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private int receive() throws IOException {
        received.clear();
        int count = channel.read(received);
        received.flip();
        return count;
    }

    private void send(byte[] answer) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
