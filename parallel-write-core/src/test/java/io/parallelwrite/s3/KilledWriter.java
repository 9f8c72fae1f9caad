package io.parallelwrite.s3;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.BackgroundSweeper;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * An application of its own process that recovers what was left, then uploads on many threads until it is killed. It prints
 * the path of every upload that was acknowledged, a line each.
 *
 * <p>Arguments: the directory of everything on the disk, the S3 endpoint, the prefix, the name of this run, the lateness in
 * milliseconds, how many threads upload.
 */
final class KilledWriter {

    private static final int LARGEST = 12 << 20;

    private KilledWriter() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Journal journal = FileJournal.open(directory.resolve("journal"));
        ParallelResourceWriter writer =
                writer(directory, URI.create(args[1]), args[2], journal, Duration.ofMillis(Long.parseLong(args[4])));
        new BackgroundRepairer(writer.repairer().orElseThrow()).start();
        new BackgroundSweeper(writer.sweeper().orElseThrow()).start();
        System.out.println("ready");
        int threads = Integer.parseInt(args[5]);
        IntStream.range(0, threads).forEach(thread -> new Thread(() -> upload(writer, args[3] + "/" + thread)).start());
        while (threads == 0 && !isRecovered(journal)) {
            LockSupport.parkNanos(1_000_000);
        }
        if (threads == 0) {
            System.out.println("recovered");
            new CountDownLatch(1).await(); // until it is killed
        }
    }

    private static boolean isRecovered(Journal journal) {
        return journal.size() == 0
                && journal.stagingLog().orElseThrow().leftOvers().isEmpty();
    }

    static ParallelResourceWriter writer(
            Path directory, URI endpoint, String prefix, Journal journal, Duration lateness) throws IOException {
        S3AsyncClient client = S3Server.client(endpoint, "any", "any").build();
        return ParallelResourceWriter.builder()
                .target(new FileTarget("local", directory.resolve("data"), FileTargetSettings.defaults()))
                .target(new S3Target("s3", S3Server.BUCKET, prefix, client, S3Server.SMALL_PARTS))
                .journal(journal)
                .repairs(RepairSettings.defaults().withLateness(lateness))
                .build();
    }

    private static void upload(ParallelResourceWriter writer, String name) {
        for (int i = 0; ; i++) {
            String path = name + "/" + i + ".bin";
            try {
                writer.write(path, content(path));
                System.out.println(path);
            } catch (ParallelWriteException e) {
                System.err.println(e.getMessage());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Returns what belongs under a path: of any size up to some parts. */
    static byte[] content(String path) {
        Random random = new Random(path.hashCode());
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(64 << 10) : random.nextInt(LARGEST)];
        random.nextBytes(bytes);
        return bytes;
    }
}
