package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.stream.EngineFixture;
import java.io.IOException;
import java.util.List;

/** The copies of one path in the tests of a repair: what they hold before and after it, and what it said. */
final class RepairedCopy {

    static final byte[] OLD = EngineFixture.bytes(100, 71);
    static final byte[] NEW = EngineFixture.bytes(120, 72);
    static final byte[] NEWER = EngineFixture.bytes(120, 73);

    private RepairedCopy() {}

    static void assertHolds(ScriptedCopies target, byte[] bytes) {
        assertThat(RepairFixture.bytes(target, RepairFixture.PATH))
                .as(target.name())
                .isEqualTo(bytes);
    }

    static void assertHoldsNothing(ScriptedCopies target) {
        assertThat(RepairFixture.bytes(target, RepairFixture.PATH))
                .as(target.name())
                .isNull();
    }

    static <T extends RepairOutcome> T repair(RepairFixture fixture, Class<T> expected) throws IOException {
        RepairOutcome outcome = fixture.repairer.repair(RepairFixture.PATH, false);
        assertThat(outcome).isInstanceOf(expected);
        return expected.cast(outcome);
    }

    static List<Action> actions(RepairOutcome outcome) {
        return outcome.targets().stream().map(TargetRepair::action).toList();
    }
}
