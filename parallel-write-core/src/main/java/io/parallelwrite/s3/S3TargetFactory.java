package io.parallelwrite.s3;

import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Makes an {@link S3Target} for every location {@code s3://bucket/prefix/}.
 *
 * <p>All targets share one client, which belongs to the caller. Thread-safe.
 */
public final class S3TargetFactory implements TargetFactory {

    private final Supplier<? extends S3AsyncClient> client;
    private final Function<? super TargetDefinition, S3TargetSettings> settings;

    /**
     * Creates a factory.
     *
     * @param client returns the client; asked when a target is made, so an application without S3 targets needs none
     * @param settings returns the settings of a target
     */
    public S3TargetFactory(
            Supplier<? extends S3AsyncClient> client, Function<? super TargetDefinition, S3TargetSettings> settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Creates a factory whose targets have the default settings.
     *
     * @param client sends the requests of all targets
     * @return the factory
     */
    public static S3TargetFactory of(S3AsyncClient client) {
        return new S3TargetFactory(() -> client, definition -> S3TargetSettings.defaults());
    }

    @Override
    public boolean supports(TargetDefinition definition) {
        return definition.scheme().equals(S3Target.SCHEME);
    }

    @Override
    public Target create(TargetDefinition definition) {
        S3Location location = S3Location.parse(definition.location());
        return new S3Target(definition.name(), location, client.get(), settings.apply(definition));
    }
}
