package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** Waits until all have ended. */
    void awaitEnd() {
        for (Thread thread : sinceThen()) {
            try {
                thread.join(10_000);
            } catch (InterruptedException ex) {
                throw new AssertionError("interrupted while waiting for a worker to end", ex);
            }
        }
        assertThat(sinceThen()).as("workers left").isEmpty();
    }

    private static Set<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parallel-write-handles"))
                .collect(Collectors.toSet());
    }
}
