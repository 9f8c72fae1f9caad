package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.RecordedNotes;
import io.parallelwrite.target.RecordedNotes.Recorded;
import io.parallelwrite.target.RecordedNotes.State;
import io.parallelwrite.target.RecordedSweep;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** Begins a write whose upload is created, and returns the note of its intent. */
    private Recorded lost(Fault answer) throws Exception {
        faults.spoil(Kind.CREATE, answer, 1);
        DrivenWrite write = new TargetDriver(noted()).open("a.bin");
        assertThatThrownBy(() -> write.write(CONTENT).prepare()).isInstanceOf(IOException.class);
        write.abort();
        faults.awaitIdle();
        return notes.all().get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER", "ERROR_AFTER", "TRUNCATED", "EMPTY_AFTER", "MALFORMED_AFTER"})
    void areFoundByTheirKeyWhenTheAnswerToTheirCreationIsLost(Fault answer) throws Exception {
        Recorded intent = lost(answer);
        assertThat(intent.state()).isEqualTo(State.LEFT_BEHIND);
        assertThat(intent.what()).as("a token").hasSize(32);
        S3Target next = unspoiled();
        Set<String> found = next.findIntended(intent.path(), intent.what());
        assertThat(found).hasSize(1);
        assertThat(next.findIntended(TargetPath.of("a.bi"), "another")).isEmpty();
        assertThat(next.findIntended(TargetPath.of("a.bin/a"), "another")).isEmpty();

        next.discardStaged(intent.path(), found.iterator().next());
        assertThat(next.findIntended(intent.path(), intent.what())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "SLOW_DOWN", "NO_SUCH_BUCKET", "EXPIRED_TOKEN"})
    void areNotLookedForWhenTheirCreationWasRefused(Fault answer) throws Exception {
        assertThat(lost(answer).state()).isEqualTo(State.GONE);
    }

    /** The SDK repeats the creation on its own, so that there is one upload that is known, and perhaps one that is not. */
    @Test
    void areFoundByTheirKeyWhenTheSdkRepeatedTheirCreation() throws Exception {
        S3Target target = target(2, settings);
        target.keepNotes(notes);
        faults.spoil(Kind.CREATE, Fault.RESET_AFTER, 1);
        new TargetDriver(target).open("a.bin").write(CONTENT).prepare().commit();
        assertThat(faults.count(Kind.CREATE)).isEqualTo(2);
        assertThat(notes.states()).containsExactlyInAnyOrder(State.GONE, State.LEFT_BEHIND);

        Set<String> found = target.findIntended(TargetPath.of("a.bin"), "lost");
        assertThat(found).hasSize(1);
        target.discardStaged(TargetPath.of("a.bin"), found.iterator().next());
        assertThat(new TargetDriver(unspoiled()).content("a.bin")).isEqualTo(CONTENT);
    }

    @Test
    void areNotedBeforeTheyAreCreated() throws Exception {
        faults.spoil(Kind.CREATE, Fault.HANG, 1);
        DrivenWrite write = new TargetDriver(noted()).open("a.bin").write(CONTENT);
        faults.awaitHanging();
        assertThat(notes.states()).containsExactly(State.INTENDED);
        faults.release();
        write.prepare();
        assertThat(notes.states()).containsExactly(State.STAGED);
        assertThat(behind().uploads()).contains(prefix + "a.bin");
        write.abort();
        assertThat(notes.states()).containsExactly(State.GONE);
    }

    @Test
    void areNotTakenForThoseOfWritesThatAreOpenHereOrHaveParts() throws Exception {
        Recorded intent = lost(Fault.RESET_AFTER);
        S3Target here = target();
        DrivenWrite open = new TargetDriver(here).open("a.bin").write(CONTENT).prepare();
        DrivenWrite neighbour =
                new TargetDriver(unspoiled()).open("a.bin").write(CONTENT).prepare();

        Set<String> found = here.findIntended(intent.path(), intent.what());
        assertThat(found).hasSize(1);
        here.discardStaged(intent.path(), found.iterator().next());
        open.commit();
        neighbour.commit();
        assertThat(behind().uploads()).doesNotContain(prefix + "a.bin");
    }

    /** The upload of the new write is in the list before this process knows its name. */
    @Test
    void areNotTakenForOneThatIsBeingCreatedHere() throws Exception {
        faults.spoil(Kind.CREATE, Fault.HANG_AFTER, 1);
        S3Target here = noted();
        DrivenWrite write = new TargetDriver(here).open("a.bin").write(CONTENT);
        faults.awaitHanging();
        assertThat(behind().uploads()).contains(prefix + "a.bin");
        CompletableFuture<Set<String>> found = CompletableFuture.supplyAsync(() -> {
            try {
                return here.findIntended(TargetPath.of("a.bin"), "of a write before");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        EngineFixture.until(() -> faults.count(Kind.LIST_PARTS) == 1);
        assertThat(found).isNotDone();
        faults.release();
        assertThat(found.get(30, TimeUnit.SECONDS)).isEmpty();
        write.prepare().commit();
    }

    /** The answer arrives while the upload, which is in the list already, is being looked at. */
    @Test
    void areNotSweptWhileTheyAreBeingCreatedHere() throws Exception {
        faults.spoil(Kind.CREATE, Fault.HANG_AFTER, 1);
        S3Target here = target();
        DrivenWrite write = new TargetDriver(here).open("a.bin").write(CONTENT);
        faults.awaitHanging();
        RecordedSweep sweep = RecordedSweep.ofAll(faults::release);
        here.sweepStaged(sweep);
        assertThat(sweep.discarded).isEmpty();
        write.prepare().commit();
    }

    @Test
    void areNotTakenToHaveGoneWhenTheAnswerIsNotOfS3() throws Exception {
        Recorded intent = lost(Fault.RESET_AFTER);
        DrivenWrite neighbour =
                new TargetDriver(unspoiled()).open("a.bin").write(CONTENT).prepare();
        S3Target here = target();
        for (Kind kind : List.of(Kind.GET, Kind.LIST_PARTS)) {
            for (Fault fault : List.of(Fault.EMPTY_AFTER, Fault.RESET_BEFORE, Fault.ERROR_BEFORE, Fault.FORBIDDEN)) {
                faults.spoil(kind, fault, 1);
                assertThatThrownBy(() -> here.findIntended(intent.path(), intent.what()))
                        .as("%s %s", kind, fault)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(prefix + "a.bin");
            }
        }
        Set<String> found = here.findIntended(intent.path(), intent.what());
        assertThat(found).hasSize(1);
        here.discardStaged(intent.path(), found.iterator().next());
        neighbour.commit();
    }

    @Test
    void areFoundByTheirAgeWhenNothingNotesTheIntent() throws Exception {
        lost(Fault.RESET_AFTER);

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
