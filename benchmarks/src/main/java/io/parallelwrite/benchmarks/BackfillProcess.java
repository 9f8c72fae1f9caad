package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.repair.CopySign;
import io.parallelwrite.repair.RepairOptions;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.repair.ScrubListener;
import io.parallelwrite.repair.ScrubPass;
import io.parallelwrite.repair.ScrubPosition;
import io.parallelwrite.repair.ScrubResult;
import io.parallelwrite.repair.ScrubSettings;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.VerifyDepth;
import io.parallelwrite.s3.S3Target;
import io.parallelwrite.s3.S3TargetSettings;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Scrubs, backfills, and scrubs again, quickly and fully; in a JVM of its own, whose heap is limited. */
public final class BackfillProcess {

    private BackfillProcess() {}

    static void printHead() {
        System.out.println("| pass | end | = | - | * | ! | repaired | time, s | objects/s |"
                + " peak MiB: heap used / after GC / resident |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    }

    /**
     * Called in the process: prints a row for each pass.
     *
     * @param args the endpoint, the directory, the concurrency
     * @throws IOException if it could not be run
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.log.io.parallelwrite", "error"); // a line for each missing copy
        try (S3AsyncClient client = S3Access.async(URI.create(args[0]));
                ParallelResourceWriter writer = ParallelResourceWriter.builder()
                        .target(new FileTarget("local", Path.of(args[1]), FileTargetSettings.defaults()))
                        .target(new S3Target("s3", S3Access.BUCKET, "", client, S3TargetSettings.defaults()))
                        .build()) {
            run(writer.scrubber(), ScrubSettings.defaults().withConcurrency(Integer.parseInt(args[2])));
        }
    }

    private static void run(Scrubber scrubber, ScrubSettings settings) throws IOException {
        ScrubPosition start = ScrubPosition.start("");
        RepairOptions fill = RepairOptions.proven().withFillMissing(true);
        ScrubSettings full = settings.withDepth(VerifyDepth.FULL);
        print("scrub, quick", scrubber.scrub(start, settings, ScrubListener.NONE));
        print("repair", scrubber.repair(start, fill, settings, ScrubListener.NONE));
        print("scrub, quick", scrubber.scrub(start, settings, ScrubListener.NONE));
        print("scrub, full", scrubber.scrub(start, full, ScrubListener.NONE));
    }

    private static void print(String name, ScrubPass pass) throws IOException {
        @Nullable ScrubResult[] results = new ScrubResult[1];
        Measured measured = Measured.of(() -> results[0] = pass.run());
        ScrubResult result = Objects.requireNonNull(results[0]);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %.2f | %.0f | %d / %d / %d |%n",
                name,
                result.end() + (result.isClean() ? ", clean" : ""),
                result.counts().copies(CopySign.EQUAL),
                result.counts().copies(CopySign.MISSING),
                result.counts().copies(CopySign.DIFFERS),
                result.counts().copies(CopySign.UNREADABLE),
                result.counts().repairs(Verdict.REPAIRED),
                measured.seconds(),
                result.counts().paths() / measured.seconds(),
                measured.peakHeapBytes() >> 20,
                measured.peakAfterGcBytes() >> 20,
                measured.peakRssBytes() >> 20);
    }
}
