package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.TargetPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A process that uploads to a disk and to S3 is killed at random moments, and its next run leaves nothing of it, however little of
 * an upload was known; beside it, another process writes into the same directory and under the same prefix.
 *
 * <p>{@code -Dkills=50} kills it as often, {@code -Dkills.lateness=30000} lets it wait as long for late requests as by default.
 */
@Timeout(1200)
class KilledProcessTests {

    private static final String PREFIX = "killed/";
    private static final int THREADS = 6;
    private static final int LONGEST_RUN_MILLIS = 1_000;

    private final int kills = Integer.getInteger("kills", 3);
    private final long latenessMillis = Long.getLong("kills.lateness", 500);
    private final long seed = Long.getLong("kills.seed", System.nanoTime());
    private final List<String> acknowledged = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void leavesNothingBehindAfterItsNextStart() throws Exception {
        URI endpoint = EmbeddedS3.startedOpen();
        S3Server server = new S3Server(endpoint, "any", "any");
        Random random = new Random(seed);
        try (Journal other = FileJournal.open(directory.resolve("other journal"));
                ParallelResourceWriter living =
                        KilledWriter.writer(directory, endpoint, PREFIX, other, Duration.ofSeconds(30));
                ParallelOutputStream open = living.open("living/open.bin")) {
            open.write(new byte[11 << 20]);
            int leftCount = 0;
            for (int kill = 0; kill < kills; kill++) {
                runUntilKilled(endpoint, "run-" + kill, random.nextInt(LONGEST_RUN_MILLIS));
                leftCount += stagedFiles().size() + uploads(server).size() - 2;
            }
            recover(endpoint);
            assertThat(stagedFiles()).as("of the living").hasSize(1);
            assertThat(uploads(server))
                    .as("of the living")
                    .extracting(MultipartUpload::key)
                    .containsExactly(PREFIX + "living/open.bin");
            open.commit();
            System.out.println(kills + " kills left " + leftCount + " files and uploads; " + acknowledged.size()
                    + " uploads were acknowledged; seed " + seed);
            assertThat(leftCount).as("left by kills, seed %s", seed).isPositive();
        }
        assertThat(stagedFiles()).isEmpty();
        assertThat(uploads(server)).isEmpty();
        assertEverythingIsWholeAndEqual(server.targetAt(PREFIX), server);
    }

    private void runUntilKilled(URI endpoint, String run, int millis) throws Exception {
        Process process = started(endpoint, run, THREADS);
        acknowledged.add(awaitLine(process, run, line -> line.endsWith(".bin")));
        process.waitFor(millis, TimeUnit.MILLISECONDS); // the moment of the kill
        kill(process);
    }

    private Process started(URI endpoint, String run, int threads) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        endpoint.toString(),
                        PREFIX,
                        run,
                        String.valueOf(latenessMillis),
                        String.valueOf(threads))
                .redirectError(directory.resolve(run + ".err").toFile())
                .start();
        awaitLine(process, run, "ready"::equals);
        return process;
    }

    /** Reads past what it logs. */
    private String awaitLine(Process process, String run, Predicate<String> awaited) throws Exception {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !awaited.test(line)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new AssertionError("It ended: " + Files.readString(directory.resolve(run + ".err")));
        }
        return line;
    }

    /** Kills it as {@code kill -9} does, and takes what it had acknowledged. */
    private void kill(Process process) throws Exception {
        process.toHandle().destroyForcibly(); // that of the process would also close what it printed
        process.waitFor();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        lines.lines().filter(line -> line.endsWith(".bin")).forEach(acknowledged::add);
    }

    /** Starts it once more, until its journal is empty and nothing is noted. */
    private void recover(URI endpoint) throws Exception {
        Process last = started(endpoint, "last", 0);
        long begin = System.nanoTime();
        try {
            awaitLine(last, "last", "recovered"::equals);
        } finally {
            kill(last);
        }
        System.out.println(
                "recovered " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms after it was ready");
    }

    private List<Path> stagedFiles() {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(TargetPath.RESERVED_PREFIX))
                    .toList();
        } catch (UncheckedIOException e) {
            return stagedFiles(); // a file went away while they were listed
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<MultipartUpload> uploads(S3Server server) {
        return server.client()
                .listMultipartUploads(list -> list.bucket(S3Server.BUCKET))
                .join()
                .uploads();
    }

    private void assertEverythingIsWholeAndEqual(S3Target s3, S3Server server) throws IOException {
        List<String> visible = new ArrayList<>();
        Path data = directory.resolve("data");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = data.relativize(file).toString();
                visible.add(path);
                if (!path.startsWith("living/")) {
                    assertThat(file).hasBinaryContent(KilledWriter.content(path));
                    try (var in = s3.read(TargetPath.of(path))) {
                        assertThat(in).hasBinaryContent(KilledWriter.content(path));
                    }
                }
            }
        }
        assertThat(visible).containsAll(acknowledged);
        assertThat(server.keys(PREFIX).stream().map(key -> key.substring(PREFIX.length())))
                .containsExactlyInAnyOrderElementsOf(visible);
    }
}
