package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.util.ReflectionUtils;

/** What {@link ResourceTarget} must know about the kinds of resources to treat them alike. */
final class ResourceLocation {

    private ResourceLocation() {}

    /** Returns the resource of an object; one that is a file is checked to be below the base. */
    static Resource relative(Resource base, TargetPath path) throws IOException {
        // The file of a URL is found by decoding percent sequences, which in a path are ordinary characters.
        String relative = base instanceof UrlResource ? path.value().replace("%", "%25") : path.value();
        Resource resource = base.createRelative(relative);
        if (base.isFile() && resource.isFile()) {
            Path directory = base.getFile().toPath().toAbsolutePath().normalize();
            Path expected = directory.resolve(path.value());
            if (!resource.getFile().toPath().toAbsolutePath().equals(expected)) {
                throw new IOException("'" + path + "' would be '" + resource.getFile() + "', not '" + expected
                        + "'; the location of the target must end in '/'");
            }
        }
        return resource;
    }

    /** Returns the directory a base is; whether its disk tells upper from lower case is found out name by name. */
    static FilePlace filePlace(Resource base) throws IOException {
        Path directory = base.getFile().toPath().toAbsolutePath();
        try {
            return new FilePlace(directory.toRealPath(), false);
        } catch (IOException e) {
            throw FileFailure.explained("list", directory, e);
        }
    }

    /** Returns a location without user, password and query; that of a file as a file target gives it. */
    static String place(String location, Resource base) {
        try {
            if (base.isFile()) {
                String uri = FileBase.realPath(base.getFile().toPath().toAbsolutePath())
                        .toUri()
                        .toString();
                return uri.endsWith("/") ? uri : uri + "/";
            }
        } catch (IOException e) {
            return withoutCredentials(location); // a file that cannot be named; the write says why
        }
        return withoutCredentials(location);
    }

    private static String withoutCredentials(String location) {
        String place = location.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
        return place.endsWith("/") ? place : place + "/";
    }

    /** Tells whether a resource answers a question itself: the answers it inherits read everything, or fail. */
    static boolean tells(Resource resource, String question) {
        var method = ReflectionUtils.findMethod(resource.getClass(), question);
        return resource.isFile() || (method != null && method.getDeclaringClass() != AbstractResource.class);
    }
}
