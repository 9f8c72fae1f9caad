package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What looking, reading and deleting say when requests or answers are spoiled. */
@Timeout(60)
class S3LookupFaultTests extends S3FaultFixture {

    private static final TargetPath PATH = TargetPath.of("a.bin");

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "ERROR_BEFORE", "ERROR_AFTER", "SLOW_DOWN", "TRUNCATED"})
    void deletesWhateverHappensToOneRequestOrItsAnswer(Fault fault) throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(7));
        faults.spoil(Kind.DELETE, fault, 1);
        new TargetDriver(target()).delete("a.bin");
        assertThat(unspoiled().stat(PATH)).isEmpty();
    }

    @Test
    void saysNotAppliedWhenDeletingIsRefused() throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(7));
        faults.spoilAll(Kind.DELETE, Fault.FORBIDDEN);
        assertThatThrownBy(() -> new TargetDriver(target()).delete("a.bin"))
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("DeleteObject of s3://contract/")
                .hasMessageContaining("403 AccessDenied");
    }

    @Test
    void isNotCertainWhenDeletingFailsAndItCannotLook() {
        faults.spoilAll(Kind.DELETE, Fault.RESET_AFTER).spoilAll(Kind.HEAD, Fault.FORBIDDEN);
        assertThatThrownBy(() -> new TargetDriver(target()).delete("a.bin"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotAppliedException.class)
                .hasMessageContaining("not certain");
    }

    @Test
    void neverTakesAFailureForAMissingObject() {
        faults.spoilAll(Kind.HEAD, Fault.FORBIDDEN).spoilAll(Kind.GET, Fault.NO_SUCH_BUCKET);
        assertThatThrownBy(() -> target().stat(PATH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HeadObject of s3://contract/")
                .hasMessageContaining("403")
                .hasMessageContaining("s3:ListBucket");
        assertThatThrownBy(() -> target().read(PATH))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("Create the bucket");
    }

    @Test
    void failsRatherThanEndEarlyWhenAnObjectIsCutOff() throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(3 << 20));
        faults.spoil(Kind.GET, Fault.TRUNCATED, 1);
        try (InputStream in = target().read(PATH)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closesAnObjectThatWasNotReadToItsEnd() throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(3 << 20));
        try (InputStream in = target().read(PATH)) {
            assertThat(in.read()).isEqualTo(bytes(3 << 20)[0] & 0xff);
            assertThat(in.skip(1000)).isEqualTo(1000);
            assertThat(in.read()).isEqualTo(bytes(3 << 20)[1001] & 0xff);
        }
    }
}
