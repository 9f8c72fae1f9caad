package io.parallelwrite.handle;

import java.lang.reflect.Modifier;
import java.nio.channels.Channel;
import java.util.List;
import java.util.Optional;

/** The rule which types a proxy can have. Stateless. */
final class ProxyInterface {

    private ProxyInterface() {}

    /**
     * Checks the type, and that the handles are of it and not closed, as far as a channel tells.
     *
     * @throws IllegalArgumentException if a proxy cannot have it, or a handle is of another type; the index is named
     */
    static void check(Class<?> type, List<?> handles) {
        problem(type).ifPresent(problem -> {
            throw new IllegalArgumentException(type.getName() + " cannot be driven through a proxy: " + problem);
        });
        for (int i = 0; i < handles.size(); i++) {
            Object handle = handles.get(i);
            if (handle != null && !type.isInstance(handle)) {
                throw new IllegalArgumentException("Handle #" + i + " [a "
                        + handle.getClass().getName() + "] does not implement " + type.getName());
            }
            if (handle instanceof Channel channel && !channel.isOpen()) {
                throw new IllegalArgumentException("Handle #" + i + " is closed; give it open");
            }
        }
    }

    /** Returns why no proxy can have a type, and what to do; empty if one can. */
    static Optional<String> problem(Class<?> type) {
        if (!type.isInterface()) {
            return Optional.of("it is not an interface; name one that all handles implement");
        }
        if (type.isAnnotation()) {
            return Optional.of("it is an annotation; name an interface that all handles implement");
        }
        if (type.isSealed()) {
            return Optional.of("it is sealed, which permits no other implementation; name an interface that is not");
        }
        if (type.isHidden()) {
            return Optional.of("it is hidden, and no class can refer to it; name an interface that is not");
        }
        return isReachable(type)
                ? Optional.empty()
                : Optional.of("its " + type.getModule() + " does not "
                        + (Modifier.isPublic(type.getModifiers()) ? "export" : "open") + " the package "
                        + type.getPackageName() + "; name an interface of a package that it does");
    }

    private static boolean isReachable(Class<?> type) {
        Module own = ProxyInterface.class.getModule();
        return Modifier.isPublic(type.getModifiers())
                ? type.getModule().isExported(type.getPackageName(), own)
                : type.getModule().isOpen(type.getPackageName(), own);
    }
}
