package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetListing;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listing says when requests or answers are spoiled: it fails, and never ends early. */
@Timeout(60)
class S3ListingFaultTests extends S3FaultFixture {

    private static final int PAGES = 3;

    private final List<String> paths = IntStream.range(0, PAGES * S3Server.PAGE_KEYS)
            .mapToObj(i -> "a/%02d".formatted(i))
            .toList();

    @BeforeEach
    void putObjects() throws IOException {
        TargetDriver driver = new TargetDriver(unspoiled());
        for (String path : paths) {
            driver.put(path, bytes(7));
        }
    }

    @Test
    void asksForOnePageAtATimeAndOnlyWhenItIsNeeded() throws IOException {
        try (TargetListing listing = target().list(TargetPrefix.ALL, null)) {
            assertThat(faults.count(Kind.LIST)).isZero();
            for (int i = 0; i < paths.size(); i++) {
                assertThat(listing.next()).isNotNull();
                assertThat(faults.count(Kind.LIST)).isEqualTo(1 + i / S3Server.PAGE_KEYS);
            }
            assertThat(listing.next()).isNull();
            assertThat(faults.count(Kind.LIST)).isEqualTo(PAGES);
        }
    }

    @Test
    void namesThePermissionThatIsMissing() {
        faults.spoilAll(Kind.LIST, Fault.FORBIDDEN);
        assertThatThrownBy(() -> list(target()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ListObjectsV2 of s3://contract/" + prefix)
                .hasMessageContaining("403")
                .hasMessageContaining("s3:ListBucket on the bucket");
    }

    @Test
    void doesNotTakeAMissingBucketForAnEmptyOne() {
        faults.spoilAll(Kind.LIST, Fault.NO_SUCH_BUCKET);
        assertThatThrownBy(() -> list(target()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Create the bucket");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "ERROR_BEFORE", "SLOW_DOWN", "TRUNCATED", "FORBIDDEN"})
    void failsRatherThanEndEarlyWhenALaterPageIsLost(Fault fault) throws IOException {
        try (TargetListing listing = target().list(TargetPrefix.ALL, null)) {
            for (int i = 0; i < S3Server.PAGE_KEYS; i++) {
                assertThat(listing.next()).isNotNull();
            }
            faults.spoil(Kind.LIST, fault, 1);
            assertThatThrownBy(() -> rest(listing))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ListObjectsV2");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "ERROR_BEFORE", "SLOW_DOWN"})
    void goesOnWhenTheClientTriesAgain(Fault fault) throws IOException {
        faults.spoil(Kind.LIST, fault, 1);
        assertThat(list(target(3, settings))).isEqualTo(paths);
    }

    @Test
    void givesUpAnAttemptThatHangs() {
        faults.spoilAll(Kind.LIST, Fault.HANG);
        Target target = target(1, settings.withAttemptTimeout(Duration.ofMillis(300)));
        assertThatThrownBy(() -> list(target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ListObjectsV2")
                .hasMessageContaining("got no answer");
    }

    private static List<String> list(Target target) throws IOException {
        return new TargetDriver(target).list("", null);
    }
}
