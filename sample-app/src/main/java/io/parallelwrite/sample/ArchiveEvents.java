package io.parallelwrite.sample;

import io.parallelwrite.compare.PassedOver;
import io.parallelwrite.compare.ReadFallback;
import io.parallelwrite.compare.Refill;
import io.parallelwrite.divergence.Divergence;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears of what reads and writes find, as any bean can, and says it in one line each.
 *
 * <p>Called on the thread that found it. Thread-safe.
 */
@Component
final class ArchiveEvents {

    private static final Logger log = LoggerFactory.getLogger(ArchiveEvents.class);

    @EventListener
    void on(Divergence divergence) {
        log.warn("Copies of '{}' differ or may differ: look at {}", divergence.path(), divergence.targets());
    }

    @EventListener
    void on(ReadFallback fallback) {
        String why = fallback.passedOver().stream().map(ArchiveEvents::why).collect(Collectors.joining(", "));
        log.info("'{}' is served by '{}' ({})", fallback.path(), fallback.servedBy(), why);
    }

    private static String why(PassedOver left) {
        return left.missing()
                ? "'" + left.target() + "' holds no copy"
                : "'" + left.target() + "' failed at byte " + left.offset();
    }

    @EventListener
    void on(Refill refill) {
        if (refill.failure() == null) {
            log.info("'{}' is back at '{}', from '{}'", refill.path(), refill.target(), refill.source());
        } else {
            log.warn("'{}' is still missing at '{}'", refill.path(), refill.target(), refill.failure());
        }
    }
}
