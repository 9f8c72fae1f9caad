package io.parallelwrite.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Loads the project's classes by itself, some of them from memory; all others come from the loader of the tests. */
final class ChildFirstLoader extends ClassLoader {

    private static final String PROJECT = "io.parallelwrite.";

    private final Map<String, byte[]> changed;

    ChildFirstLoader(Map<String, byte[]> changed) {
        super(ChildFirstLoader.class.getClassLoader());
        this.changed = Map.copyOf(changed);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = name.startsWith(PROJECT) ? define(name) : super.loadClass(name, false);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = changed.getOrDefault(name, new byte[0]);
        if (bytes.length == 0) {
            bytes = unchanged(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] unchanged(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException ex) {
            throw new ClassNotFoundException(name, ex);
        }
    }
}
