package io.parallelwrite.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link FileTarget}s for locations such as {@code file:./data/}, {@code file:/var/data/} or
 * {@code file:///var/data/}.
 *
 * <p>Percent sequences in a location are decoded, and a space may be written as it is, as everywhere in Spring. A location
 * is a directory whether or not it ends in {@code /}.
 */
public final class FileTargetFactory implements TargetFactory {

    static final String SCHEME = "file";

    private final Function<TargetDefinition, FileTargetSettings> settings;

    /**
     * Creates the factory.
     *
     * @param settings gives the settings of each target
     */
    public FileTargetFactory(Function<TargetDefinition, FileTargetSettings> settings) {
        this.settings = settings;
    }

    @Override
    public boolean supports(TargetDefinition definition) {
        return definition.scheme().equals(SCHEME);
    }

    @Override
    public Target create(TargetDefinition definition) {
        return new FileTarget(definition.name(), directory(definition), settings.apply(definition));
    }

    private static Path directory(TargetDefinition definition) {
        String location = definition.location();
        try {
            URI uri = new URI(SCHEME + location.substring(location.indexOf(':')).replace(" ", "%20"));
            if (uri.getRawAuthority() != null) {
                throw refused(
                        definition,
                        "it names the host '" + hostOf(uri.getRawAuthority()) + "'; write file:/path/",
                        null);
            }
            if (uri.getRawFragment() != null || (!uri.isOpaque() && uri.getRawQuery() != null)) {
                throw refused(definition, "write '#' as %23 and '?' as %3F", null);
            }
            return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
        } catch (URISyntaxException e) {
            String remedy = "it is no URI at index " + (e.getIndex() < 0 ? 0 : e.getIndex());
            throw refused(definition, remedy + "; name a directory, with '/' between segments and '%' as %25", e);
        } catch (InvalidPathException e) {
            throw refused(definition, "no directory can have this name here: " + e.getReason(), e);
        }
    }

    /** Returns it without the user before the {@code @}, who may come with a password. */
    private static String hostOf(String authority) {
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static IllegalArgumentException refused(
            TargetDefinition definition, String why, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "The location '" + definition.shownLocation() + "' of target '" + definition.name()
                        + "' cannot be used: " + why,
                cause);
    }
}
