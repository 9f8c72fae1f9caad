package io.parallelwrite.target;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One entry of {@code parallel-write.targets}: a name, a location, and settings for the kind that serves it.
 *
 * @param name the name of the target
 * @param location the location as configured, as in {@code file:./data/}
 * @param options further settings, by name, for kinds of targets that users add
 */
public record TargetDefinition(String name, String location, Map<String, String> options) {

    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:/*)[^/?#@]*@");

    /** Copies the options. */
    public TargetDefinition {
        options = Map.copyOf(options);
    }

    /**
     * Returns the location as it may be logged.
     *
     * @return the location without a user before an {@code @}
     */
    public String shownLocation() {
        return USER.matcher(location).replaceFirst("$1");
    }

    /** Returns the definition without what may be secret: the user in its location, and its options. */
    @Override
    public String toString() {
        return name + "=" + shownLocation();
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
