package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.WriteOptions;
import io.parallelwrite.repair.CopySign;
import io.parallelwrite.repair.RepairOptions;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.repair.ScrubListener;
import io.parallelwrite.repair.ScrubPosition;
import io.parallelwrite.repair.ScrubResult;
import io.parallelwrite.repair.ScrubSettings;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.VerifyDepth;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.TargetPath;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new target is filled from an old one, to and from a real S3 server. */
class S3BackfillTests {

    private static final RepairOptions FILL = RepairOptions.proven().withFillMissing(true);
    private static final int COUNT = 23; // several pages

    private final Random random = new Random(17);

    /** The server, shared by the tests of this class. */
    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                return new S3Server(EmbeddedS3.started("local", "local-secret"), "local", "local-secret");
            } catch (Exception e) {
                throw new IllegalStateException("S3Proxy did not start", e);
            }
        }
    }

    private static S3Target s3(String name, String prefix) {
        return new S3Target(name, S3Server.BUCKET, prefix, Shared.SERVER.client(), S3Server.SMALL_PARTS);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(1, 5000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void assertBackfilled(Scrubber scrubber) {
        ScrubResult before = scrubber.scrub("", ScrubListener.NONE).run();
        assertThat(before.end()).isEqualTo(ScrubResult.End.COMPLETE);
        assertThat(before.counts().copies(CopySign.MISSING)).isEqualTo(COUNT);
        ScrubResult repair = scrubber.repair(
                        ScrubPosition.start(""), FILL, ScrubSettings.defaults(), ScrubListener.NONE)
                .run();
        assertThat(repair.counts().repairs(Verdict.REPAIRED)).isEqualTo(COUNT);
        assertThat(scrubber.scrub("", ScrubListener.NONE).run().isClean()).isTrue();
        ScrubSettings full = ScrubSettings.defaults().withDepth(VerifyDepth.FULL);
        assertThat(scrubber.scrub(ScrubPosition.start(""), full, ScrubListener.NONE)
                        .run()
                        .isClean())
                .isTrue();
    }

    @Test
    void fillsABucketFromADisk(@TempDir Path directory) throws Exception {
        FileTargetSettings settings = FileTargetSettings.defaults();
        try (ParallelResourceWriter disk = ParallelResourceWriter.builder()
                .target(new FileTarget("disk", directory, settings))
                .build()) {
            for (int i = 0; i < COUNT; i++) {
                disk.write("dir-" + i % 3 + "/" + i + ".csv", bytes());
            }
        }
        S3Target s3 = s3("s3", "from-disk/");
        try (ParallelResourceWriter both = ParallelResourceWriter.builder()
                .target(new FileTarget("disk", directory, settings))
                .target(s3)
                .build()) {
            assertBackfilled(both.scrubber());
            assertThat(s3.attributes(TargetPath.of("dir-0/0.csv")).orElseThrow().header(ContentHeader.CONTENT_TYPE))
                    .isEqualTo("text/csv");
        }
    }

    @Test
    void takesHeadersAndMetadataFromOneBucketToAnother() throws Exception {
        ContentAttributes attributes = ContentAttributes.NONE
                .withHeader(ContentHeader.CONTENT_TYPE, "text/x-odd")
                .withHeader(ContentHeader.CACHE_CONTROL, "max-age=60")
                .withMetadata("author", "me");
        WriteOptions options = WriteOptions.none()
                .withContentType("text/x-odd")
                .withCacheControl("max-age=60")
                .withMetadata("author", "me");
        try (ParallelResourceWriter old =
                ParallelResourceWriter.builder().target(s3("old", "old/")).build()) {
            for (int i = 0; i < COUNT; i++) {
                old.write("o" + i, bytes(), options);
            }
        }
        S3Target fresh = s3("new", "new/");
        try (ParallelResourceWriter both = ParallelResourceWriter.builder()
                .target(s3("old", "old/"))
                .target(fresh)
                .build()) {
            assertBackfilled(both.scrubber());
            assertThat(fresh.attributes(TargetPath.of("o3"))).contains(attributes);
        }
    }
}
