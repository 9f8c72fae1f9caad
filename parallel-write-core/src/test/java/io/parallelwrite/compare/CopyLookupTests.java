package io.parallelwrite.compare;

import static io.parallelwrite.compare.CopiesFixture.crc32c;
import static io.parallelwrite.compare.CopiesFixture.disk;
import static io.parallelwrite.compare.CopiesFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.CopiesFixture.Called;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Describing what all targets hold, without reading it. */
class CopyLookupTests {

    @Test
    void asksATargetThatIsOutOnlyIfNobodyElseHoldsTheObject() throws Exception {
        byte[] bytes = EngineFixture.bytes(10, 5);
        ScriptedCopies out = new ScriptedCopies("out").with("everywhere", bytes).with("only-there", bytes);
        ScriptedCopies in = new ScriptedCopies("in").with("everywhere", bytes);
        try (CopiesFixture fixture = CopiesFixture.of(out, in)) {
            out.failingBefore(Call.COMMIT);
            for (int i = 0; i < 5; i++) {
                String path = "p" + i;
                assertThatThrownBy(() -> fixture.write(path, bytes)).isInstanceOf(ParallelWriteException.class);
            }
            try (CopyInputStream read = fixture.reader.open("everywhere")) {
                assertThat(read.servedBy()).isEqualTo("in");
                assertThat(read.passedOver()).isEmpty();
            }
            assertThat(fixture.reader.find("everywhere").orElseThrow().target()).isEqualTo("in");
            assertThat(out.readCount).hasValue(0);
            assertThat(out.statCount).hasValue(0);
            try (CopyInputStream read = fixture.reader.open("only-there")) {
                assertThat(read.servedBy()).isEqualTo("out");
            }
            assertThat(fixture.reader.find("only-there").orElseThrow().target()).isEqualTo("out");
        }
    }

    private static final byte[] BYTES = EngineFixture.bytes(20, 21);
    private static final byte[] OTHER = ScriptedCopies.flipped(BYTES, 13);

    @Test
    void refusesABadPathBeforeAnyTargetIsAsked() throws Exception {
        ScriptedCopies target = disk("a", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(target)) {
            for (String bad : List.of("../a", "", "a//b")) {
                assertThatThrownBy(() -> fixture.reader.compare(bad)).isInstanceOf(InvalidTargetPathException.class);
                assertThatThrownBy(() -> fixture.reader.stat(bad)).isInstanceOf(InvalidTargetPathException.class);
                assertThatThrownBy(() -> fixture.reader.open(bad, ReadMode.COMPARE))
                        .isInstanceOf(InvalidTargetPathException.class);
            }
            assertThat(target.statCount).hasValue(0);
            assertThat(target.readCount).hasValue(0);
        }
    }

    @Test
    void describesWhatAllTargetsHold() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), store("b", BYTES))) {
            StoredObject first = fixture.targets
                    .get(0)
                    .memory
                    .stat(TargetPath.of(CopiesFixture.PATH))
                    .orElseThrow();
            assertThat(fixture.reader.stat(CopiesFixture.PATH))
                    .hasValue(new StoredObject(BYTES.length, first.lastModified(), crc32c(BYTES), null));
            assertThat(fixture.reader.exists(CopiesFixture.PATH)).isTrue();
            assertThat(fixture.reader.stat("other")).isEmpty();
            assertThat(fixture.reader.exists("other")).isFalse();
            assertThat(fixture.targets)
                    .allSatisfy(target -> assertThat(target.readCount).hasValue(0));
        }
    }

    @Test
    void doesNotDescribeCopiesThatDiffer() throws Exception {
        for (ScriptedCopies other : List.of(
                new ScriptedCopies("other"), disk("other", ScriptedCopies.cut(BYTES, 3)), store("other", OTHER))) {
            try (CopiesFixture fixture = CopiesFixture.of(store("a", BYTES), other)) {
                assertThatThrownBy(() -> fixture.reader.exists(CopiesFixture.PATH))
                        .isInstanceOfSatisfying(
                                CopiesDifferException.class,
                                failure -> assertThat(fixture.differences).containsExactly(failure.difference()));
            }
        }
    }

    @Test
    void saysWhichTargetCouldNotBeAskedForADescription() throws Exception {
        ScriptedCopies away = store("away", BYTES).failingBefore(ScriptedCopies.Call.STAT);
        try (CopiesFixture fixture = CopiesFixture.of(store("a", BYTES), away)) {
            assertThatThrownBy(() -> fixture.reader.stat(CopiesFixture.PATH))
                    .isNotInstanceOf(CopiesDifferException.class)
                    .hasMessage("Not all targets could be asked about 'reports/a.csv': 'away' failed: scripted STAT")
                    .hasRootCauseMessage("scripted STAT");
        }
    }

    @Test
    void doesNotDescribeWhileAWriteCommits() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies slow = new ScriptedCopies("slow").hangingBefore(ScriptedCopies.Call.COMMIT, gate);
        ScriptedCopies fast = new ScriptedCopies("fast");
        try (CopiesFixture fixture = CopiesFixture.of(fast, slow)) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(CopiesFixture.PATH, BYTES));
            gate.awaitArrival();
            EngineFixture.until(() -> !fast.memory.paths().isEmpty());
            Called<Throwable> asking =
                    fixture.callUntilItWaits(1, () -> catchThrowable(() -> fixture.reader.stat(CopiesFixture.PATH)));
            assertThat(fast.statCount).as("waits for the commit").hasValue(0);
            gate.open();
            EngineFixture.await(writing);
            assertThat(EngineFixture.await(asking.result())).isNull();
            assertThat(fixture.differences).isEmpty();
        }
    }
}
