package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.RecordedNotes;
import io.parallelwrite.target.RecordedNotes.Recorded;
import io.parallelwrite.target.RecordedNotes.State;
import io.parallelwrite.target.RecordedSweep;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Uploads that are left behind when S3 is away, and found again by their notes or their age. */
class S3LeftOverTests extends S3FaultFixture {

    private static final byte[] CONTENT = bytes(PART + 10);

    private final RecordedNotes notes = new RecordedNotes();

    private S3Target noted() {
        S3Target target = target();
        target.keepNotes(notes);
        return target;
    }

    private void discardAll() throws IOException {
        for (Recorded note : notes.all()) {
            unspoiled().discardStaged(note.path(), note.what());
        }
    }

    @Test
    void areNotedWhenTheAbortFails() throws Exception {
        DrivenWrite write =
                new TargetDriver(noted()).open("a.bin").write(CONTENT).prepare();
        faults.spoilAll(Kind.ABORT, Fault.ERROR_BEFORE);
        assertThatThrownBy(write::abort).isInstanceOf(IOException.class).hasMessageContaining("may be left behind");
        assertThat(notes.states()).containsExactly(State.LEFT_BEHIND);
        discardAll();
    }

    @Test
    void areNotedAsAboutToAppearWhenTheCommitIsInDoubt() throws Exception {
        DrivenWrite write =
                new TargetDriver(noted()).open("a.bin").write(CONTENT).prepare();
        assertThat(notes.states()).containsExactly(State.STAGED);
        faults.spoilAll(Kind.COMPLETE, Fault.RESET_BEFORE).spoilAll(Kind.HEAD, Fault.ERROR_BEFORE);
        assertThatThrownBy(write::commit).isInstanceOf(IOException.class).hasMessageContaining("not certain");
        assertThat(notes.states()).containsExactly(State.LEFT_BEHIND);
        discardAll();
        assertThat(unspoiled().stat(notes.all().get(0).path())).isEmpty();
    }

    @Test
    void areLeftAloneWhenTheyWereCompletedAfterAll() throws Exception {
        DrivenWrite write =
                new TargetDriver(noted()).open("a.bin").write(CONTENT).prepare();
        faults.spoilAll(Kind.COMPLETE, Fault.RESET_AFTER).spoilAll(Kind.HEAD, Fault.ERROR_BEFORE);
        assertThatThrownBy(write::commit).isInstanceOf(IOException.class);
        assertThat(notes.states()).containsExactly(State.LEFT_BEHIND);
        discardAll();
        discardAll();
        assertThat(new TargetDriver(unspoiled()).content("a.bin")).isEqualTo(CONTENT);
    }

    @Test
    void failToBeDiscardedWhileS3IsAway() throws Exception {
        S3Target target = noted();
        new TargetDriver(target).open("a.bin").write(CONTENT).prepare();
        Recorded note = notes.all().get(0);
        faults.spoil(Kind.ABORT, Fault.RESET_BEFORE, 1);
        assertThatThrownBy(() -> target.discardStaged(note.path(), note.what()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(note.what());
        target.discardStaged(note.path(), note.what());
    }

    @Test
    void areFoundByTheirAgeWhenTheirCreationWasNeverAnswered() throws Exception {
        faults.spoil(Kind.CREATE, Fault.RESET_AFTER, 1);
        DrivenWrite write = new TargetDriver(noted()).open("a.bin");
        assertThatThrownBy(() -> write.write(CONTENT).prepare()).isInstanceOf(IOException.class);
        write.abort();
        assertThat(notes.all()).isEmpty();

        RecordedSweep marked = RecordedSweep.ofMarked();
        unspoiled().sweepStaged(marked);
        assertThat(marked.discarded).as("it could be of anybody").isEmpty();
        RecordedSweep all = RecordedSweep.ofAll();
        unspoiled().sweepStaged(all);
        assertThat(all.discarded).singleElement().asString().contains("s3://contract/" + prefix + "a.bin");
    }

    @Test
    void thatCannotBeListedSayWhatToDo() {
        faults.spoilAll(Kind.GET, Fault.FORBIDDEN);
        assertThatThrownBy(() -> target().sweepStaged(RecordedSweep.ofAll()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ListMultipartUploads of s3://contract/" + prefix + " was answered 403");
    }
}
