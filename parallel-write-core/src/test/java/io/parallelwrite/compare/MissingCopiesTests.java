package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.Gate;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.stream.DecisionLog;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a copy that a read found missing. */
class MissingCopiesTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 31);
    private static final TargetPath PATH = TargetPath.of(CopiesFixture.PATH);

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3").with(CopiesFixture.PATH, BYTES);

    private CopiesFixture refilling() {
        return CopiesFixture.of(ReadSettings.defaults().withRefill(true), local, s3);
    }

    private static void read(CopiesFixture fixture) throws IOException {
        try (CopyInputStream in = fixture.reader.open(CopiesFixture.PATH)) {
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
            assertThat(in.servedBy()).isEqualTo("s3");
        }
    }

    @Test
    void isReportedAndLeftMissingByDefault() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(local, s3)) {
            read(fixture);
            EngineFixture.until(() -> fixture.differences.size() == 1);
            assertThat(fixture.differences.get(0))
                    .satisfies(difference ->
                            assertThat(difference.description()).isEqualTo("'local' holds no copy; 's3' holds one"));
            fixture.awaitBackground();
            assertThat(local.memory.paths()).isEmpty();
            assertThat(fixture.refills).isEmpty();
        }
    }

    @Test
    void isBroughtBackWhenTold() throws Exception {
        try (CopiesFixture fixture = refilling()) {
            read(fixture);
            EngineFixture.until(() -> fixture.refills.size() == 1);
            assertThat(fixture.refills.get(0)).isEqualTo(new Refill(CopiesFixture.PATH, "local", "s3", null));
            assertThat(local.memory.read(PATH).readAllBytes()).isEqualTo(BYTES);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void keepsWhatItsSourceKeepsBesideTheBytes() throws Exception {
        ContentAttributes attributes = ContentAttributes.NONE.withMetadata("author", "me");
        s3.with(CopiesFixture.PATH, BYTES, attributes);
        try (CopiesFixture fixture = refilling()) {
            read(fixture);
            EngineFixture.until(() -> fixture.refills.size() == 1);
            assertThat(local.memory.attributes(PATH)).contains(attributes.withGuessedContentType(PATH));
        }
    }

    @Test
    void isNoAlarmWhileAWriteCommits() throws Exception {
        Gate committing = new Gate();
        byte[] newer = EngineFixture.bytes(50, 32);
        ScriptedCopies first = new ScriptedCopies("first").before(ScriptedCopies.Call.COMMIT, committing::pass);
        ScriptedCopies second = new ScriptedCopies("second");
        try (CopiesFixture fixture = CopiesFixture.of(ReadSettings.defaults().withRefill(true), first, second)) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(CopiesFixture.PATH, newer));
            committing.awaitArrival();
            EngineFixture.until(() -> second.memory.paths().contains(CopiesFixture.PATH));
            try (CopyInputStream in = fixture.reader.open(CopiesFixture.PATH)) {
                assertThat(in.servedBy()).isEqualTo("second");
            }
            committing.open();
            EngineFixture.await(writing);
            fixture.awaitBackground();
            assertThat(fixture.differences).isEmpty();
            assertThat(fixture.refills).isEmpty();
        }
    }

    @Test
    void isNotBroughtBackOverANewerWrite() throws Exception {
        Gate reading = new Gate();
        byte[] newer = EngineFixture.bytes(100, 33);
        try (CopiesFixture fixture = refilling()) {
            s3.hangingAtByte(0, reading);
            try (CopyInputStream in = fixture.reader.open(CopiesFixture.PATH)) {
                assertThat(in.servedBy()).isEqualTo("s3");
                reading.awaitArrival(); // the copy that is to be brought back is being read
                fixture.write(CopiesFixture.PATH, newer);
                reading.open();
                EngineFixture.until(() -> fixture.refills.size() == 1);
            }
            assertThat(fixture.refills.get(0).failure()).isNotNull();
            assertThat(local.memory.read(PATH).readAllBytes()).isEqualTo(newer);
            assertThat(s3.memory.read(PATH).readAllBytes()).isEqualTo(newer);
        }
    }

    @Test
    void isNotBroughtBackAfterADelete() throws Exception {
        Gate reading = new Gate();
        try (CopiesFixture fixture = refilling()) {
            s3.hangingAtByte(0, reading);
            try (CopyInputStream in = fixture.reader.open(CopiesFixture.PATH)) {
                assertThat(in.servedBy()).isEqualTo("s3");
                reading.awaitArrival();
                fixture.engine.delete("token", PATH);
                reading.open();
                EngineFixture.until(() -> fixture.refills.size() == 1);
            }
            assertThat(fixture.refills.get(0).failure()).hasMessageContaining("its copy at 's3' was deleted meanwhile");
            assertThat(local.memory.paths()).isEmpty();
            assertThat(local.memory.openWrites()).isEmpty();
        }
    }

    /** Remembers the path from the given answer on. */
    private static DecisionLog remembering(AtomicBoolean remembers) {
        return new DecisionLog() {
            @Override
            public Decision decide(WriteStart start, @Nullable ContentDigest content, ContentAttributes attributes) {
                return outcomes -> {};
            }

            @Override
            public boolean remembers(TargetPath path) {
                return remembers.get() && path.equals(PATH);
            }
        };
    }

    @Test
    void isLeftToTheRepairOfAPathThatHasDiverged() throws Exception {
        DecisionLog decisions = remembering(new AtomicBoolean(true));
        ReadSettings refilling = ReadSettings.defaults().withRefill(true);
        try (CopiesFixture fixture = CopiesFixture.of(refilling, decisions, local, s3)) {
            read(fixture);
            EngineFixture.until(() -> fixture.differences.size() == 1);
            fixture.awaitBackground();
            assertThat(local.memory.paths()).isEmpty();
            assertThat(fixture.refills).isEmpty();
        }
    }

    @Test
    void isNotBroughtBackWhenThePathDivergesMeanwhile() throws Exception {
        Gate reading = new Gate();
        AtomicBoolean remembers = new AtomicBoolean();
        ReadSettings refilling = ReadSettings.defaults().withRefill(true);
        try (CopiesFixture fixture = CopiesFixture.of(refilling, remembering(remembers), local, s3)) {
            s3.hangingAtByte(0, reading);
            try (CopyInputStream in = fixture.reader.open(CopiesFixture.PATH)) {
                assertThat(in.servedBy()).isEqualTo("s3");
                reading.awaitArrival();
                remembers.set(true);
                reading.open();
                EngineFixture.until(() -> fixture.refills.size() == 1);
            }
            assertThat(fixture.refills.get(0).failure()).hasMessageContaining("left to its repair");
            assertThat(local.memory.paths()).isEmpty();
        }
    }

    @Test
    void isNotBroughtBackFromACopyThatContradictsTheChecksumItsTargetKeeps() throws Exception {
        s3.claiming(ScriptedCopies.checksum(ChecksumAlgorithm.CRC32C, ScriptedCopies.flipped(BYTES, 5)));
        try (CopiesFixture fixture = refilling()) {
            read(fixture);
            EngineFixture.until(() -> fixture.refills.size() == 1);
            assertThat(fixture.refills.get(0).failure()).hasMessageContaining("the content has the checksum");
            assertThat(local.memory.paths()).isEmpty();
            fixture.awaitBackground();
            int reads = s3.readCount.get();
            read(fixture);
            EngineFixture.until(() -> fixture.differences.size() == 2);
            fixture.awaitBackground();
            assertThat(s3.readCount).as("by the reader alone").hasValue(reads + 1);
            assertThat(fixture.refills).hasSize(1);
        }
    }

    @Test
    void isNotTriedAgainAtOnceAtATargetThatFails() throws Exception {
        local.failingBefore(ScriptedCopies.Call.COMMIT);
        try (CopiesFixture fixture = refilling()) {
            read(fixture);
            EngineFixture.until(() -> fixture.refills.size() == 1);
            assertThat(fixture.refills.get(0).failure()).hasMessageContaining("scripted COMMIT");
            fixture.awaitBackground();
            read(fixture);
            EngineFixture.until(() -> fixture.differences.size() == 2);
            fixture.awaitBackground();
            assertThat(fixture.refills).hasSize(1);
            fixture.timer.advance(CopyRefill.PAUSE);
            read(fixture);
            EngineFixture.until(() -> fixture.refills.size() == 2);
        }
    }

    @Test
    void isNoFailureOfATargetThatHoldsItByThen() throws Exception {
        s3.with("other", BYTES);
        s3.before(ScriptedCopies.Call.READ, () -> {
            if (s3.readCount.get() == 2) { // it is about to be brought back
                local.with(CopiesFixture.PATH, BYTES);
            }
        });
        try (CopiesFixture fixture = refilling()) {
            read(fixture);
            EngineFixture.until(() -> fixture.refills.size() == 1);
            assertThat(fixture.refills.get(0).failure()).hasMessageContaining("an object exists there");
            fixture.awaitBackground();
            fixture.reader.open("other").close();
            EngineFixture.until(() -> fixture.refills.size() == 2);
            assertThat(fixture.refills.get(1).failure()).as("is not left alone").isNull();
        }
    }

    @Test
    void isLookedAfterByALaterReadWhenThereWasNoThread() throws Exception {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        try (CopiesFixture fixture = CopiesFixture.of(local, s3)) {
            ParallelResourceReader reader = ParallelResourceReader.of(
                    fixture.engine,
                    ReadSettings.defaults(),
                    task -> {
                        if (exhausted.getAndSet(false)) {
                            throw new Error("scripted: no memory for a thread");
                        }
                        task.run();
                    },
                    List.of(fixture));
            reader.open(CopiesFixture.PATH).close();
            assertThat(fixture.differences).isEmpty();
            reader.open(CopiesFixture.PATH).close();
            assertThat(fixture.differences).hasSize(1);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isLookedAfterOnceAtATime() throws Exception {
        Gate looking = new Gate();
        try (CopiesFixture fixture = refilling()) {
            local.before(ScriptedCopies.Call.STAT, looking::pass);
            read(fixture);
            looking.awaitArrival();
            read(fixture);
            read(fixture);
            looking.open();
            EngineFixture.until(() -> fixture.refills.size() == 1);
            fixture.awaitBackground();
            assertThat(fixture.differences).hasSize(1);
        }
    }
}
