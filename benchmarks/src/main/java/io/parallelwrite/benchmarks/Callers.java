package io.parallelwrite.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What kind of threads the callers of a writer are. */
enum Callers {
    /** Threads of the system. */
    PLATFORM(17) {
        @Override
        ExecutorService newThreads() {
            return Executors.newCachedThreadPool();
        }
    },
    /** Virtual threads. */
    VIRTUAL(21) {
        @Override
        ExecutorService newThreads() {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("Only JDK 21 and later have virtual threads", e);
            }
        }
    };

    private final int firstJdk;

    Callers(int firstJdk) {
        this.firstJdk = firstJdk;
    }

    /** Returns the first JDK that has them. */
    int firstJdk() {
        return firstJdk;
    }

    /** Tells whether this JDK has them. */
    boolean available() {
        return Runtime.version().feature() >= firstJdk;
    }

    /** Returns an executor with a thread for each task. They have to be available. */
    abstract ExecutorService newThreads();
}
