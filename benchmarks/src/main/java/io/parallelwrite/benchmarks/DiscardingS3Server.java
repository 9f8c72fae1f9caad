package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * An S3 server that throws every body away, so that what is measured is the client; or one that takes them at a given
 * rate, as a network does.
 *
 * <p>It answers what a client that writes asks for, the length of an object included, and 404 to one that reads. Nothing
 * is checked: the checksum it returns is the one it was sent.
 */
public final class DiscardingS3Server implements AutoCloseable {

    private final ServerSocketChannel listening;
    private final Pace pace;
    private final Duration delay;
    private final DiscardingAnswers answers = new DiscardingAnswers();

    /**
     * Starts on a free port of the loopback interface.
     *
     * @param bytesPerSecond how fast it takes the bodies of all connections together, or 0 for as fast as it can
     * @param delay how much later than it could it answers a request
     * @throws IOException if there is no free port
     */
    public DiscardingS3Server(long bytesPerSecond, Duration delay) throws IOException {
        pace = new Pace(bytesPerSecond);
        this.delay = delay;
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        startDaemon(this::acceptAll, "accept");
    }

    /**
     * Runs one until standard input ends.
     *
     * @param args the bytes per second it takes, or 0 for no limit; and the milliseconds of delay
     * @throws IOException if it could not be started
     */
    public static void main(String[] args) throws IOException {
        try (DiscardingS3Server server =
                new DiscardingS3Server(Long.parseLong(args[0]), Duration.ofMillis(Long.parseLong(args[1])))) {
            ServerProcess.announce(server.port());
            ServerProcess.awaitEndOfInput();
        }
    }

    /**
     * Returns where it listens.
     *
     * @return the port
     */
    public int port() {
        return listening.socket().getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel accepted = listening.accept();
                startDaemon(new DiscardingConnection(accepted, pace, delay, answers), "connection");
            }
        } catch (ClosedChannelException e) {
            // close() was called
        } catch (IOException e) {
            throw new IllegalStateException("No more connections are taken", e);
        }
    }

    private static void startDaemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes no more connections.
     *
     * @throws IOException if the socket could not be closed
     */
    @Override
    public void close() throws IOException {
        listening.close();
    }
}
