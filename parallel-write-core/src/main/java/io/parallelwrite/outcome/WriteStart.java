package io.parallelwrite.outcome;

import java.util.List;

/**
 * The beginning of a write or delete, as listeners see it.
 *
 * @param id the token of the write; every later call about it carries the same
 * @param operation what is done
 * @param path the normalised path
 * @param targets the targets, in order
 */
public record WriteStart(String id, Operation operation, String path, List<Participant> targets) {

    /**
     * A target that takes part.
     *
     * @param name the name of the target
     * @param scheme the kind of its location
     */
    public record Participant(String name, String scheme) {}
}
