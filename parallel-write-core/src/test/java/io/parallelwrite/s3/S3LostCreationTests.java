package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.LeftOver;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.repair.BackgroundSweeper;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of which no process ever learned the name: a writer discards them, in the same process and in the next. */
@Timeout(120)
class S3LostCreationTests extends S3FaultFixture {

    private static final String PATH = "a.bin";
    private static final byte[] CONTENT = bytes(2 * PART + 10);
    private static final RepairSettings SOON = RepairSettings.defaults()
            .withLateness(Duration.ofMillis(200))
            .withDelays(Duration.ofMillis(10), Duration.ofMillis(50));

    @TempDir
    private Path directory;

    private ParallelResourceWriter writer(Journal journal, S3Target s3) throws IOException {
        return ParallelResourceWriter.builder()
                .target(new MemoryTarget("memory"))
                .target(s3)
                .journal(journal)
                .repairs(SOON)
                .build();
    }

    private long uploads() {
        return behind().uploads().stream().filter((prefix + PATH)::equals).count();
    }

    private static List<LeftOver> left(Journal journal) {
        return journal.stagingLog().orElseThrow().leftOvers();
    }

    private Path journalOfADeadOwner(Path journal) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (Stream<Path> files = Files.list(journal)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    @Test
    void areDiscardedByTheProcessThatLostTheAnswer() throws Exception {
        S3Target s3 = target();
        try (Journal journal = FileJournal.open(directory.resolve("journal"));
                ParallelResourceWriter writer = writer(journal, s3)) {
            BackgroundSweeper sweeper = new BackgroundSweeper(writer.sweeper().orElseThrow());
            sweeper.start();
            faults.spoil(Kind.CREATE, Fault.RESET_AFTER, 1);
            assertThatThrownBy(() -> writer.write(PATH, CONTENT)).isInstanceOf(ParallelWriteException.class);
            writer.write(PATH, CONTENT);
            EngineFixture.until(() -> left(journal).isEmpty());
            assertThat(uploads()).isZero();
            assertThat(sweeper.stop(Duration.ofMinutes(1))).isTrue();
        }
        assertThat(new TargetDriver(unspoiled()).content(PATH)).isEqualTo(CONTENT);
    }

    @Test
    void areDiscardedByTheNextProcessAndNothingOfItsOwnOrOfANeighbour() throws Exception {
        faults.spoil(Kind.CREATE, Fault.HANG_AFTER, 1);
        Path path = directory.resolve("journal");
        try (Journal dying = FileJournal.open(path);
                ParallelResourceWriter killed = writer(dying, target())) {
            ParallelOutputStream lost = killed.open(PATH);
            Thread caller = new Thread(() -> {
                try (lost) {
                    lost.write(CONTENT);
                } catch (IOException e) {
                    // its process is dead
                }
            });
            caller.start();
            faults.awaitHanging();
            DrivenWrite neighbour =
                    new TargetDriver(unspoiled()).open(PATH).write(CONTENT).prepare();

            try (Journal journal = FileJournal.open(journalOfADeadOwner(path));
                    ParallelResourceWriter next = writer(journal, target());
                    ParallelOutputStream own = next.open(PATH)) {
                assertThat(left(journal)).extracting(LeftOver::stage).contains(LeftOver.Stage.INTENDED);
                own.write(CONTENT);
                EngineFixture.until(() -> uploads() == 3);
                faults.spoil(Kind.GET, Fault.RESET_BEFORE, 2)
                        .spoil(Kind.LIST_PARTS, Fault.ERROR_BEFORE, 1)
                        .spoil(Kind.ABORT, Fault.ERROR_BEFORE, 1);
                BackgroundSweeper sweeper = new BackgroundSweeper(next.sweeper().orElseThrow());
                sweeper.start();
                EngineFixture.until(() -> left(journal).isEmpty());
                assertThat(uploads()).isEqualTo(2);
                own.commit();
                assertThat(sweeper.stop(Duration.ofMinutes(1))).isTrue();
            }
            neighbour.commit();
            assertThat(uploads()).isZero();
            faults.close(); // nothing of the process that is dead arrives any more
            caller.join();
        }
    }
}
