package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DeleteTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    DeleteTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    @Test
    void removesTheObjectFromEveryTarget() throws IOException {
        writer.write("dir/a", bytes("content"));
        writer.write("dir/b", bytes("content"));

        WriteResult result = writer.delete("dir/a");

        assertThat(result.operation()).isEqualTo(Operation.DELETE);
        assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
        assertThat(result.path()).isEqualTo("dir/a");
        assertThat(result.size()).isZero();
        assertThat(result.checksum()).isNull();
        assertThat(result.outcomes()).extracting(TargetOutcome::target).containsExactly("local", "s3");
        assertThat(result.outcomes())
                .allSatisfy(outcome -> assertThat(((TargetOutcome.Committed) outcome).receipt())
                        .isEqualTo(Receipt.DELETED));
        assertThat(targets.local.memory().paths()).containsExactly("dir/b");
        assertThat(targets.s3.memory().paths()).containsExactly("dir/b");
    }

    @Test
    void succeedsWhenThereIsNothingToDelete() throws IOException {
        assertThat(writer.delete("a").status()).isEqualTo(WriteStatus.COMMITTED);
    }

    @Test
    void failsWithNothingChangedWhenNoTargetDeleted() throws IOException {
        writer.write("a", bytes("content"));
        targets.local.at(Phase.DELETE, () -> refuse("locked"));
        targets.s3.at(Phase.DELETE, () -> refuse("held"));

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.delete("a"))
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED))
                .withMessageContaining("Target 'local' failed for 'a' while deleting: locked.")
                .withMessageContaining("Target 's3' failed for 'a' while deleting: held.")
                .withMessageEndingWith(" Nothing is visible under this path that was not before.");

        targets.assertBothHold("a", bytes("content"));
    }

    @Test
    void isInDoubtWhenOneTargetDeletedAndTheOtherDidNot() throws IOException {
        writer.write("a", bytes("content"));
        targets.s3.at(Phase.DELETE, () -> refuse("locked"));

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.delete("a"))
                .withMessage("Target 's3' failed for 'a' while deleting: locked. 'local' has deleted it. "
                        + "The targets may differ under this path.")
                .satisfies(thrown -> {
                    assertThat(thrown.result().status()).isEqualTo(WriteStatus.IN_DOUBT);
                    assertThat(thrown.result().outcome("local")).isInstanceOf(TargetOutcome.Committed.class);
                    assertThat(thrown.result().outcome("s3")).isInstanceOf(TargetOutcome.Failed.class);
                });
    }

    @Test
    void isInDoubtWhenATargetCannotSay() throws IOException {
        targets.s3.failingAt(Phase.DELETE, "connection reset");

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.delete("a"))
                .withMessage("Target 's3' is in doubt about 'a', while deleting: connection reset. "
                        + "'local' has deleted it. The targets may differ under this path.")
                .satisfies(thrown -> {
                    assertThat(thrown.result().outcome("s3")).isInstanceOf(TargetOutcome.InDoubt.class);
                });
    }

    private static void refuse(String reason) throws NotAppliedException {
        throw new NotAppliedException(reason, null);
    }
}
