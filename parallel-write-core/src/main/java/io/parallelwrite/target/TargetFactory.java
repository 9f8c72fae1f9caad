package io.parallelwrite.target;

import java.io.IOException;

/**
 * Makes targets of one kind.
 *
 * <p>The starter asks the factories in their order ({@link org.springframework.core.Ordered}, {@code @Order}); the first
 * that {@link #supports} a definition makes the target. A factory bean of the user's own thus adds a kind, or takes one
 * over by coming earlier.
 */
public interface TargetFactory {

    /**
     * Tells whether this factory makes the target of a definition.
     *
     * @param definition the definition; usually its {@link TargetDefinition#scheme()} decides
     * @return whether {@link #create} may be called with it
     */
    boolean supports(TargetDefinition definition);

    /**
     * Makes the target. Does not connect to anything.
     *
     * @param definition a definition this factory {@link #supports}
     * @return the target
     * @throws IOException if the place cannot be resolved
     * @throws IllegalArgumentException if the location or an option is wrong; the message names it and the remedy
     */
    Target create(TargetDefinition definition) throws IOException;
}
