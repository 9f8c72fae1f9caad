package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the writers when the application context closes: after the web server has served its last request, before the
 * executors stop.
 *
 * <p>Called on the thread that closes the context, and blocks it while open writes end: at most their shutdown time,
 * and then until the deadlines of what they had begun. Nothing is interrupted. A context that is only stopped or paused keeps its writers, because a
 * closed writer cannot be started again.
 *
 * <p>Not thread-safe: the context calls one method at a time.
 */
final class WriterShutdown implements SmartLifecycle {

    /** Below the phase in which the web server stops, above the phase of executors. Higher phases stop first. */
    static final int PHASE = Integer.MAX_VALUE - 4096;

    private static final Log logger = LogFactory.getLog(WriterShutdown.class);

    private final ConfigurableApplicationContext context;
    private final List<ParallelResourceWriter> writers;
    private boolean running;

    WriterShutdown(ConfigurableApplicationContext context, Collection<ParallelResourceWriter> writers) {
        this.context = context;
        this.writers = List.copyOf(writers);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (context.isClosed()) {
            writers.forEach(WriterShutdown::close);
        }
    }

    private static void close(ParallelResourceWriter writer) {
        try {
            writer.close();
        } catch (IOException e) {
            logger.warn("The writer was closed, but something could not be released", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
