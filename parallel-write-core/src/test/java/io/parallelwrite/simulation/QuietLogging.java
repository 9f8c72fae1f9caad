package io.parallelwrite.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps the project from logging: hundreds of thousands of failures are meant. Close it. */
final class QuietLogging implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.parallelwrite");
    private final @Nullable Level before = logger.getLevel();

    QuietLogging() {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(before);
    }
}
