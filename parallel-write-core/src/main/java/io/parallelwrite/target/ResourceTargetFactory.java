package io.parallelwrite.target;

import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.WritableResource;

/**
 * Makes a {@link ResourceTarget} for every location that a {@link ResourceLoader} turns into a {@link WritableResource}.
 *
 * <p>Comes after the factories for kinds that can do more. A location without a scheme is not supported, for what it means
 * depends on the loader.
 */
public final class ResourceTargetFactory implements TargetFactory {

    private final ResourceLoader loader;

    /**
     * Creates the factory.
     *
     * @param loader resolves locations, with the protocols the application has added to it
     */
    public ResourceTargetFactory(ResourceLoader loader) {
        this.loader = loader;
    }

    @Override
    public boolean supports(TargetDefinition definition) {
        return !definition.scheme().isEmpty() && loader.getResource(base(definition)) instanceof WritableResource;
    }

    @Override
    public Target create(TargetDefinition definition) {
        Resource resource = loader.getResource(base(definition));
        return new ResourceTarget(definition.name(), base(definition), resource);
    }

    private static String base(TargetDefinition definition) {
        String location = definition.location();
        return location.endsWith("/") ? location : location + "/";
    }
}
