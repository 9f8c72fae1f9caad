package io.parallelwrite.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mistake planted into a production class, to see that a check finds it.
 *
 * <p>The source of the class is read, a text in it is replaced, and the result is compiled in memory. The check then runs in
 * a class loader of its own, in which all of the project's classes are loaded again: this one with the mistake, the others
 * as they are.
 *
 * <p>Immutable.
 *
 * @param type the outermost class the mistake is planted into
 * @param text what is replaced: in the source exactly once. White space counts as such, whatever its length
 * @param replacement what stands there instead
 * @param mistake what is wrong then, as a sentence
 */
public record PlantedBug(Class<?> type, String text, String replacement, String mistake) {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /**
     * Runs a check against the class with the mistake.
     *
     * @param check has a constructor without arguments; what it returns is what it found, {@code null} for nothing. It and
     *     all it uses of the project is loaded again: its result must be of a type of the JDK
     * @return what the check found, or {@code null}
     * @throws IllegalStateException if the text is not in the source exactly once, or the changed class does not compile
     * @throws Exception what the check threw, or it could not be loaded
     */
    public @Nullable Object findBy(Class<? extends Callable<?>> check) throws Exception {
        return run(check, load());
    }

    /**
     * Runs a check in the same way, but against the classes as they are.
     *
     * @param check as for {@link #findBy}
     * @return what it found: {@code null}, or the check is wrong
     * @throws Exception what the check threw, or it could not be loaded
     */
    public static @Nullable Object findInUnchangedClasses(Class<? extends Callable<?>> check) throws Exception {
        return run(check, new ChildFirstLoader(Map.of()));
    }

    private static @Nullable Object run(Class<? extends Callable<?>> check, ClassLoader loader) throws Exception {
        Class<?> again = Class.forName(check.getName(), true, loader);
        if (again.equals(check)) {
            throw new IllegalStateException(check + " is not of the project and was not loaded again");
        }
        var constructor = again.getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Callable<?>) constructor.newInstance()).call();
    }

    /**
     * Plants the mistake, compiles the class and returns a loader that has it.
     *
     * @return loads all of the project's classes by itself
     * @throws IOException if the source cannot be read
     * @throws IllegalStateException if the text is not in the source exactly once, or the changed class does not compile
     */
    public ClassLoader load() throws IOException {
        return new ChildFirstLoader(MemoryCompiler.compile(type.getName(), plant()));
    }

    /**
     * Plants the mistake and writes the class files to a directory, for the class path of another process.
     *
     * @param directory below which the class files are written
     * @throws IOException if the source cannot be read, or a class file not written
     * @throws IllegalStateException if the text is not in the source exactly once, or the changed class does not compile
     */
    public void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> changed :
                MemoryCompiler.compile(type.getName(), plant()).entrySet()) {
            Path file = directory.resolve(changed.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, changed.getValue());
        }
    }

    /**
     * Plants the mistake without compiling the class.
     *
     * @return whether the source is another then
     * @throws IOException if the source cannot be read
     * @throws IllegalStateException if the text is not in the source exactly once
     */
    public boolean changesItsSource() throws IOException {
        return !plant().equals(Files.readString(source()));
    }

    private Path source() {
        return SOURCES.resolve(type.getName().replace('.', '/') + ".java");
    }

    /** Returns the source with the mistake. */
    private String plant() throws IOException {
        String source = Files.readString(source());
        Matcher matcher = pattern().matcher(source);
        long count = matcher.results().count();
        if (count != 1) {
            throw new IllegalStateException("The text to replace is " + count + " times in " + type.getName()
                    + ", not once; adapt the planted bug to the class as it is now: " + text);
        }
        MatchResult found = matcher.reset().results().findFirst().orElseThrow();
        return source.substring(0, found.start()) + replacement + source.substring(found.end());
    }

    private Pattern pattern() {
        return Pattern.compile(
                Arrays.stream(text.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
    }

    @Override
    public String toString() {
        return type.getSimpleName() + ": " + mistake;
    }
}
