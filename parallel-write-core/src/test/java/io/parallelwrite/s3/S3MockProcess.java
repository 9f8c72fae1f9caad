package io.parallelwrite.s3;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * S3Mock as a process of its own, ended with this JVM.
 *
 * <p>In the same JVM its jar would reconfigure logging and every Spring Boot application.
 */
final class S3MockProcess {

    private static final Path JAR = Path.of("target/s3mock/s3mock-exec.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private S3MockProcess() {}

    /** Starts a server and waits until it answers. */
    static URI started() throws Exception {
        int port = freePort();
        Path log = Files.createTempFile("s3mock", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--http.port=" + port,
                        "--server.port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        log.toFile().deleteOnExit();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        awaitAnswer(endpoint, process, log);
        return endpoint;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(URI endpoint, Process process, Path log) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(endpoint)) {
            // waits for the process to end, which it must not
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IllegalStateException("S3Mock did not start: " + Files.readString(log));
            }
        }
    }

    private static boolean answers(URI endpoint) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
