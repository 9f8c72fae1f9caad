package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers come to that are a success and not from S3, as something in between may give them. */
@Timeout(60)
class S3OddAnswerTests extends S3FaultFixture {

    private static final TargetPath PATH = TargetPath.of("a.bin");

    @ParameterizedTest
    @EnumSource(names = {"EMPTY_BEFORE", "MALFORMED_BEFORE", "OK_WITH_ERROR_BEFORE"})
    void putsAgainAfterASuccessThatNamesNoObject(Fault fault) throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(7));
        faults.spoil(Kind.PUT, fault, 1);
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(bytes(1000)).prepare();

        assertThat(write.commit().strength()).isEqualTo(Strength.FULL_OBJECT);
        assertThat(faults.count(Kind.PUT)).isEqualTo(2);
        assertThat(new TargetDriver(unspoiled()).content("a.bin")).isEqualTo(bytes(1000));
    }

    @Test
    void isInDoubtWhenNoSuccessEverNamesAnObject() throws Exception {
        faults.spoilAll(Kind.PUT, Fault.EMPTY_BEFORE);
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(bytes(7)).prepare();

        assertThatThrownBy(write::commit)
                .isNotInstanceOf(NotAppliedException.class)
                .hasMessageContaining("a success came that names no object")
                .hasMessageContaining("not certain");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY_BEFORE", "MALFORMED_BEFORE", "NOT_FOUND"})
    void deletesAgainWhatIsStillThere(Fault fault) throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(7));
        faults.spoil(Kind.DELETE, fault, 1);
        new TargetDriver(target()).delete("a.bin");

        assertThat(unspoiled().stat(PATH)).isEmpty();
    }

    @Test
    void isNotCertainOfADeleteThatChangesNothing() throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(7));
        faults.spoilAll(Kind.DELETE, Fault.EMPTY_BEFORE);

        assertThatThrownBy(() -> new TargetDriver(target()).delete("a.bin"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not certain");
    }

    @Test
    void doesNotTakeAnEmptySuccessForAnObjectOrForTheEndOfAListing() throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", bytes(7));
        faults.spoilAll(Kind.HEAD, Fault.EMPTY_AFTER)
                .spoilAll(Kind.GET, Fault.EMPTY_AFTER)
                .spoilAll(Kind.LIST, Fault.EMPTY_AFTER);

        assertThatThrownBy(() -> target().stat(PATH)).hasMessageContaining("look for a proxy");
        assertThatThrownBy(() -> target().read(PATH)).hasMessageContaining("look for a proxy");
        assertThatThrownBy(() -> TargetDriver.rest(target().list(TargetPrefix.ALL, null)))
                .hasMessageContaining("look for a proxy");
    }

    @Test
    void reportsAnUploadThatWasPerhapsNotAborted() throws Exception {
        faults.spoilAll(Kind.PART, Fault.FORBIDDEN).spoilAll(Kind.ABORT, Fault.EMPTY_AFTER);
        DrivenWrite write = new TargetDriver(target()).open("a.bin");
        assertThatThrownBy(() -> write.write(bytes(PART + 1)).prepare()).isInstanceOf(IOException.class);

        assertThatThrownBy(write::abort).hasMessageContaining("may be left behind");
    }
}
