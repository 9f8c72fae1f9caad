package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.target.RecordedNotes.Recorded;
import io.parallelwrite.target.RecordedNotes.State;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part of the {@link TargetContract} about what a process that dies leaves staged. */
public abstract class TargetStagingContract extends TargetContractHooks {

    private @Nullable Target dead;

    /** Returns how many bytes are staged outside the process before the commit; as {@link #largeSize()} by default. */
    protected int stagedSize() {
        return largeSize();
    }

    /** Stages something from another process that then dies, and returns its notes. */
    private RecordedNotes leftByAnother(String path) throws Exception {
        Target other = anotherOver(target);
        assumeTrue(other != null, "nothing stays when the process dies");
        dead = other;
        RecordedNotes notes = new RecordedNotes();
        other.initialize();
        other.keepNotes(notes);
        new TargetDriver(other).open(path).write(bytes(stagedSize())).prepare();
        return notes;
    }

    @AfterEach
    void closeTheOther() throws IOException {
        if (dead != null) {
            dead.close();
        }
    }

    @Test
    void notesThatNothingIsStagedAnyMoreWhenAWriteHasEnded() throws Exception {
        RecordedNotes notes = new RecordedNotes();
        target.keepNotes(notes);
        driver.put("a.bin", bytes(stagedSize()));
        driver.put("a.bin", bytes(3));
        driver.openCreateOnly("b.bin").write(bytes(stagedSize())).prepare().commit();
        if (staged()) {
            DrivenWrite aborted = driver.open("c/d.bin").write(bytes(stagedSize()));
            aborted.cancel();
            aborted.abort();
        }
        assertThat(notes.states()).allMatch(State.GONE::equals);
        Target other = anotherOver(target);
        if (other != null) {
            other.close();
            assertThat(notes.all())
                    .extracting(Recorded::path)
                    .contains(TargetPath.of("a.bin"), TargetPath.of("c/d.bin"));
        }
    }

    @Test
    void discardsWhatAProcessThatDiedHadStaged() throws Exception {
        driver.put("a/c.bin", bytes(7));
        RecordedNotes left = leftByAnother("a/b.bin");

        assertThat(left.states()).isNotEmpty().allMatch(State.STAGED::equals);
        discard(left);
        assertThat(driver.content("a/c.bin")).isEqualTo(bytes(7));
    }

    @Test
    void discardsAgainWhatIsGone() throws Exception {
        RecordedNotes left = leftByAnother("gone/b.bin");
        discard(left);
        discard(left);
    }

    @Test
    void discardsNothingThatHasBecomeVisible() throws Exception {
        RecordedNotes notes = new RecordedNotes();
        target.keepNotes(notes);
        driver.put("a/b.bin", bytes(stagedSize()));
        discard(notes);
        assertThat(driver.content("a/b.bin")).isEqualTo(bytes(stagedSize()));
    }

    private void discard(RecordedNotes notes) throws IOException {
        for (Recorded note : notes.all()) {
            target.discardStaged(note.path(), note.what());
        }
    }

    @Test
    void sweepsWhatIsOldAndBelongsToNoWrite() throws Exception {
        driver.put("a/c.bin", bytes(7));
        RecordedNotes left = leftByAnother("a/b.bin");
        RecordedSweep young = RecordedSweep.ofOld();
        target.sweepStaged(young);
        assertThat(young.discarded).isEmpty();

        RecordedSweep sweep = RecordedSweep.ofAll();
        target.sweepStaged(sweep);
        assertThat(sweep.failures).isEmpty();
        assertThat(sweep.discarded).hasSameSizeAs(left.all());
        assertThat(driver.content("a/c.bin")).isEqualTo(bytes(7));
    }

    @Test
    void sweepsNothingOfAnOpenWriteHoweverOld() throws Exception {
        driver.put("x.bin", bytes(stagedSize()));
        DrivenWrite write = driver.open("a/b.bin").write(bytes(stagedSize()));
        RecordedSweep sweep = RecordedSweep.ofAll();
        target.sweepStaged(sweep);
        assertThat(sweep.discarded).isEmpty();
        assertThat(sweep.failures).isEmpty();

        write.prepare();
        target.sweepStaged(sweep);
        write.commit();
        target.sweepStaged(sweep);
        assertThat(sweep.discarded).isEmpty();
        assertThat(driver.content("a/b.bin")).isEqualTo(bytes(stagedSize()));
        assertThat(driver.content("x.bin")).isEqualTo(bytes(stagedSize()));
    }
}
