package io.parallelwrite.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one source against the class path of the tests, without touching a file. */
final class MemoryCompiler {

    /** Opens the class path once for all; not thread-safe, so guarded by the class. */
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private static final StandardJavaFileManager CLASS_PATH = COMPILER.getStandardFileManager(null, null, null);

    private MemoryCompiler() {}

    /** Returns the class files by name. */
    static synchronized Map<String, byte[]> compile(String className, String source) {
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"));
        Output output = new Output(CLASS_PATH);
        boolean compiled = COMPILER.getTask(
                        messages, output, null, options, null, List.of(new Source(className, source)))
                .call();
        if (!compiled) {
            throw new IllegalStateException(className + " does not compile with its planted bug: " + messages);
        }
        return output.bytes();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("memory:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Output(JavaFileManager classPath) {
            super(classPath);
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> all = new HashMap<>();
            classes.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
            return all;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }

        @Override
        public void close() {
            try {
                flush(); // the class path stays open for the next
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
