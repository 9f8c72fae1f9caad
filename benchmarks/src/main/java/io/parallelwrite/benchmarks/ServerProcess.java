package io.parallelwrite.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An S3 server in a process of its own, which ends with this one.
 *
 * <p>Starting blocks until the server has announced its port on its standard output, for a minute at most. The server
 * runs until its standard input ends.
 */
final class ServerProcess implements AutoCloseable {

    private static final String ANNOUNCEMENT = "port ";
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final URI endpoint;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.endpoint = URI.create("http://127.0.0.1:" + port);
    }

    static ServerProcess start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new ServerProcess(process, announcedPort(process));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Called in the server: tells the starter where to connect. */
    static void announce(int port) {
        System.out.println(ANNOUNCEMENT + port);
    }

    /** Called in the server: blocks until the starter closes it or has died. */
    static void awaitEndOfInput() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static int announcedPort(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<@Nullable Integer> port = CompletableFuture.supplyAsync(() -> output.lines()
                .filter(line -> line.startsWith(ANNOUNCEMENT))
                .findFirst()
                .map(line -> Integer.valueOf(line.substring(ANNOUNCEMENT.length())))
                .orElse(null));
        try {
            Integer announced = port.get(START_SECONDS, TimeUnit.SECONDS);
            if (announced == null) {
                throw new IOException("The S3 server ended before it listened; its output is above");
            }
            return announced;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("The S3 server did not start within " + START_SECONDS + " seconds", e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
