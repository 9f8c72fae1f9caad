package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FirstFailureTests {

    private final Gate s3HasFailed = new Gate();
    private final Gate localIsDiscarded = new Gate();
    private final AtomicBoolean writing = new AtomicBoolean();

    /** The rule is asked when a target has failed; here it lets the other fail then. */
    private TwoTargets targets() throws IOException {
        return new TwoTargets(builder -> builder.settings(builder.settings().withRule((good, all) -> {
            if (writing.get() && !good.contains("s3")) {
                s3HasFailed.open();
            }
            return good.containsAll(all);
        })));
    }

    @Test
    void theCauseIsTheFailureThatCameFirstHoweverLongItsAbortTakes() throws IOException {
        try (TwoTargets targets = targets()) {
            targets.s3.failingAt(Phase.PREPARE, "came first").at(Phase.ABORT, localIsDiscarded::pass);
            targets.local
                    .at(Phase.PREPARE, () -> {
                        s3HasFailed.pass();
                        throw new IOException("came second");
                    })
                    .at(Phase.ABORT, localIsDiscarded::open);

            writing.set(true); // the rule is also asked whether it can be met at all
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> targets.writer.write("a", bytes("content")))
                    .havingCause()
                    .withMessage("came first");
        }
    }
}
