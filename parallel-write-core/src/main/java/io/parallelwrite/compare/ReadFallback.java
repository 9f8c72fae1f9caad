package io.parallelwrite.compare;

import java.util.List;

/**
 * A read that a later target serves, because earlier ones could not.
 *
 * <p>In a Spring application it is published as an event: take it with {@code @EventListener}.
 *
 * @param path the path
 * @param servedBy the target that serves it now
 * @param passedOver those it was not read from, with the reason of each; never empty
 */
public record ReadFallback(String path, String servedBy, List<PassedOver> passedOver) {

    /** Copies the list. */
    public ReadFallback {
        passedOver = List.copyOf(passedOver);
    }
}
