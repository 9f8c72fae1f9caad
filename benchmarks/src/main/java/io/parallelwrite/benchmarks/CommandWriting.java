package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Pipes the content into commands that write it to a file and to S3; new processes for each object, as a script has them,
 * so their start is part of what is measured. The file is synced when they have ended. Not thread-safe.
 */
final class CommandWriting implements Writing {

    private final Place place;
    private final Map<String, String> environment;
    /** From the path of an object to the commands it goes through. */
    private final Function<String, List<List<String>>> pipeline;

    private final S3Client client;

    private CommandWriting(
            Place place, Map<String, String> environment, Function<String, List<List<String>>> pipeline) {
        this.place = place;
        this.environment = environment;
        this.pipeline = pipeline;
        this.client = S3Access.sync(place.endpoint());
    }

    /**
     * {@code tee} into {@code aws s3 cp}.
     *
     * @throws IOException if one of them is not installed
     */
    static CommandWriting aws(Place place) throws IOException {
        check("tee", "--version");
        check("aws", "--version");
        return new CommandWriting(
                place,
                S3Access.environment(),
                path -> List.of(
                        List.of("tee", place.directory().resolve(path).toString()),
                        List.of(
                                "aws",
                                "s3",
                                "cp",
                                "-",
                                "s3://" + S3Access.BUCKET + "/" + path,
                                "--only-show-errors",
                                "--endpoint-url",
                                place.endpoint().toString())));
    }

    /**
     * {@code rclone} with a union of the directory and the bucket that creates on both.
     *
     * @throws IOException if it is not installed
     */
    static CommandWriting rclone(Place place) throws IOException {
        check("rclone", "version");
        Map<String, String> environment = new HashMap<>(S3Access.environment());
        environment.put("RCLONE_CONFIG", "");
        environment.put("RCLONE_CONFIG_REMOTE_TYPE", "s3");
        environment.put("RCLONE_CONFIG_REMOTE_PROVIDER", "Other");
        environment.put("RCLONE_CONFIG_REMOTE_ENV_AUTH", "true");
        environment.put("RCLONE_CONFIG_REMOTE_ENDPOINT", place.endpoint().toString());
        environment.put("RCLONE_CONFIG_REMOTE_NO_CHECK_BUCKET", "true");
        environment.put("RCLONE_CONFIG_REMOTE_NO_HEAD", "true"); // a server that discards has nothing to show
        environment.put("RCLONE_CONFIG_BOTH_TYPE", "union");
        environment.put("RCLONE_CONFIG_BOTH_UPSTREAMS", place.directory() + " remote:" + S3Access.BUCKET);
        environment.put("RCLONE_CONFIG_BOTH_CREATE_POLICY", "all");
        environment.put("RCLONE_CONFIG_BOTH_ACTION_POLICY", "all");
        return new CommandWriting(
                place,
                environment,
                path -> List.of(List.of("rclone", "rcat", "--quiet", "--retries=1", "both:" + path)));
    }

    private static void check(String... command) throws IOException {
        try {
            await(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new IOException("The command '" + command[0] + "' is not installed, or does not run", e);
        }
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        List<Process> processes = ProcessBuilder.startPipeline(
                pipeline.apply(path).stream().map(this::process).toList());
        try (OutputStream in = processes.get(0).getOutputStream()) {
            place.content().writeTo(in, byteCount);
        }
        for (Process process : processes) {
            await(process);
        }
        sync(place.directory().resolve(path));
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().remove("AWS_CA_BUNDLE"); // there is no TLS here, and rclone refuses to start with it
        return builder;
    }

    private static void await(Process process) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException(process + " failed; its output is above");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + process, e);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(place.directory().resolve(path));
        S3Access.delete(client, path);
    }

    @Override
    public void close() {
        client.close();
    }
}
