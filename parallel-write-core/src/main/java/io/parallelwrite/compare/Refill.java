package io.parallelwrite.compare;

/**
 * A copy that is brought back to a target that held none, from one that does.
 *
 * @param path the path
 * @param target the name of the target that lacks it
 * @param source the name of the target it is read from
 */
public record Refill(String path, String target, String source) {}
