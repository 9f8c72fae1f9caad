package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.parallelwrite.stream.EngineFixture;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The workers that were started since this was created. */
final class HandleThreads {

    private final Set<Thread> before = alive();

    /** Returns those that have not ended. */
    Collection<Thread> sinceThen() {
        Set<Thread> now = alive();
        now.removeAll(before);
        return now;
    }

    /** Waits until all have ended, those too that a pool starts to end with what waits in its queue. */
    void awaitEnd() {
        assertThatCode(() -> EngineFixture.until(() -> sinceThen().isEmpty()))
                .as("workers left: %s", sinceThen())
                .doesNotThrowAnyException();
    }

    private static Set<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parallel-write-handles"))
                .collect(Collectors.toSet());
    }
}
