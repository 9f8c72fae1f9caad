package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.ResourceTargetFactory;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/**
 * Makes the targets of {@code parallel-write.targets}, in the order reads go by, or says what is wrong with one.
 *
 * <p>Property sources reorder maps, so the order is that of {@code order} and then of the names, never the map's.
 */
final class ConfiguredTargets {

    static final Comparator<Entry<String, ParallelWriteProperties.Target>> READ_ORDER = Comparator.comparing(
                    (Entry<String, ParallelWriteProperties.Target> entry) ->
                            entry.getValue().order(),
                    Comparator.nullsLast(Comparator.<Integer>naturalOrder()))
            .thenComparing(Entry::getKey);

    private static final Pattern USER = Pattern.compile("[^\\s'\"/:@]+:[^\\s'\"/@]*@");

    private final List<TargetFactory> factories;

    ConfiguredTargets(List<TargetFactory> factories) {
        this.factories = factories;
    }

    List<Target> create(ParallelWriteProperties properties) {
        return properties.targets().entrySet().stream()
                .sorted(READ_ORDER)
                .map(entry -> create(definition(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static TargetDefinition definition(String name, ParallelWriteProperties.Target target) {
        String location = target.location();
        if (!StringUtils.hasText(location)) {
            throw new TargetConfigurationException(
                    "Target '%s' has no location.".formatted(name),
                    "Set %s, for example to \"file:./data/\".".formatted(locationProperty(name)));
        }
        TargetDefinition definition = new TargetDefinition(name, location, target.options());
        if (definition.scheme().equals(ParallelProtocolResolver.SCHEME)) {
            throw itself(definition);
        }
        return definition;
    }

    private Target create(TargetDefinition definition) {
        TargetFactory factory = factories.stream()
                .filter(candidate -> candidate.supports(definition) && !weakens(candidate, definition))
                .findFirst()
                .orElseThrow(() -> unserved(definition));
        try {
            return factory.create(definition);
        } catch (IOException | IllegalArgumentException e) {
            throw new TargetConfigurationException(
                    "Target '%s' cannot be made: %s".formatted(definition.name(), withoutUser(e)),
                    "Correct %s or the settings beside it.".formatted(locationProperty(definition.name())),
                    e);
        }
    }

    /** Returns what a kind of target says of a location, without a user and password in it. */
    private static String withoutUser(Exception refusal) {
        return USER.matcher(String.valueOf(refusal.getMessage())).replaceAll("");
    }

    /** Tells whether a resource would take the place of the S3 target, which alone can abort and compare there. */
    private static boolean weakens(TargetFactory factory, TargetDefinition definition) {
        return factory instanceof ResourceTargetFactory && definition.scheme().equals("s3");
    }

    static TargetConfigurationException noTargets() {
        return new TargetConfigurationException(
                "A ParallelResourceWriter needs targets, and none are configured.", """
                        Configure at least one target, for example:

                            parallel-write:
                              targets:
                                local:
                                  location: "file:./data/"
                                s3:
                                  location: "s3://my-bucket/data/"

                        If this application writes nothing, set parallel-write.enabled=false.""");
    }

    /** Refuses what would write to, and read from, the writer it belongs to. */
    private static TargetConfigurationException itself(TargetDefinition definition) {
        return new TargetConfigurationException(
                "The location \"%s\" of target '%s' stands for what the writer itself reads and writes, so it is no place for a copy."
                        .formatted(definition.shownLocation(), definition.name()),
                "Set %s to where the copy is kept, for example to \"file:./data/\"."
                        .formatted(locationProperty(definition.name())));
    }

    private static TargetConfigurationException unserved(TargetDefinition definition) {
        String property = locationProperty(definition.name());
        String location = definition.shownLocation();
        return switch (definition.scheme()) {
            case "" ->
                new TargetConfigurationException(
                        "The location \"%s\" of target '%s' has no scheme, so it does not say what kind of place it is."
                                .formatted(location, definition.name()),
                        "If it is a directory, set %s to \"file:%s\"."
                                .formatted(property, StringUtils.trimTrailingCharacter(location, '/') + "/"));
            case "s3" ->
                new TargetConfigurationException(
                        "The location \"%s\" of target '%s' is in S3, and Spring Cloud AWS for S3 is not there or not enabled."
                                .formatted(location, definition.name()),
                        "Add the dependency io.awspring.cloud:spring-cloud-aws-starter-s3. If it is there, check that"
                                + " spring.cloud.aws.s3.enabled is not false and that"
                                + " software.amazon.awssdk:netty-nio-client is not excluded.");
            default -> unknownScheme(definition, property);
        };
    }

    private static TargetConfigurationException unknownScheme(TargetDefinition definition, String property) {
        return new TargetConfigurationException(
                "Nothing serves the scheme '%s:' of the location \"%s\" of target '%s'."
                        .formatted(definition.scheme(), definition.shownLocation(), definition.name()),
                "Correct %s, or add a TargetFactory bean or a resource protocol that serves '%s:'."
                        .formatted(property, definition.scheme()));
    }

    static String locationProperty(String target) {
        return ParallelWriteProperties.PREFIX + ".targets." + target + ".location";
    }
}
