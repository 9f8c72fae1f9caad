package io.parallelwrite.compare;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to bring a copy back to a target that held none, which has ended.
 *
 * <p>In a Spring application it is published as an event: take it with {@code @EventListener}.
 *
 * @param path the path
 * @param target the name of the target that lacked it
 * @param source the name of the target it was read from
 * @param failure why the target still lacks it, or {@code null} if it holds it now
 */
public record Refill(
        String path, String target, String source, @Nullable IOException failure) {}
