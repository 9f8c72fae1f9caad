package io.parallelwrite.target;

/** Makes {@link MemoryTarget}s for locations such as {@code memory:}; what follows the colon is ignored. */
public final class MemoryTargetFactory implements TargetFactory {

    static final String SCHEME = "memory";

    /** Creates the factory. */
    public MemoryTargetFactory() {}

    @Override
    public boolean supports(TargetDefinition definition) {
        return definition.scheme().equals(SCHEME);
    }

    @Override
    public Target create(TargetDefinition definition) {
        return new MemoryTarget(definition.name());
    }
}
