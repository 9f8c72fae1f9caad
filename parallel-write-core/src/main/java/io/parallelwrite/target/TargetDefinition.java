package io.parallelwrite.target;

import java.util.Locale;
import java.util.Map;

/**
 * One entry of {@code parallel-write.targets}: a name, a location, and settings for the kind that serves it.
 *
 * @param name the name of the target
 * @param location the location as configured, as in {@code file:./data/}
 * @param options further settings, by name, for kinds of targets that users add
 */
public record TargetDefinition(String name, String location, Map<String, String> options) {

    /** Copies the options. */
    public TargetDefinition {
        options = Map.copyOf(options);
    }

    /**
     * Returns a definition without options.
     *
     * @param name the name of the target
     * @param location the location as configured
     * @return the definition
     */
    public static TargetDefinition of(String name, String location) {
        return new TargetDefinition(name, location, Map.of());
    }

    /**
     * Returns the scheme of the location.
     *
     * @return the part before the first colon in lower case, or an empty text if there is none
     */
    public String scheme() {
        int colon = location.indexOf(':');
        return colon < 0 ? "" : location.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
