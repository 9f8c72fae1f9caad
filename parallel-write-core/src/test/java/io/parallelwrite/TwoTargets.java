package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.TargetPath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A writer over two scripted targets, {@code local} and {@code s3}, and what can be said about both at once. */
final class TwoTargets implements Closeable {

    final ScriptedTarget local = new ScriptedTarget("local");
    final ScriptedTarget s3 = new ScriptedTarget("s3");
    final ParallelResourceWriter writer;

    TwoTargets() throws IOException {
        this(builder -> builder);
    }

    TwoTargets(UnaryOperator<ParallelResourceWriterBuilder> customizer) throws IOException {
        writer = customizer
                .apply(ParallelResourceWriter.builder().target(local).target(s3))
                .build();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private List<ScriptedTarget> targets() {
        return List.of(local, s3);
    }

    /** Both show these bytes, and no write was left open. */
    void assertBothHold(String path, byte[] expected) throws IOException {
        for (ScriptedTarget target : targets()) {
            assertThat(content(target, path)).as(target.name()).isEqualTo(expected);
        }
        assertNothingStaged();
    }

    /** Neither shows anything, and no write was left open. */
    void assertBothEmpty() {
        for (ScriptedTarget target : targets()) {
            assertThat(target.memory().paths()).as(target.name()).isEmpty();
        }
        assertNothingStaged();
    }

    void assertNothingStaged() {
        for (ScriptedTarget target : targets()) {
            assertThat(target.memory().openWrites())
                    .as("open writes of " + target.name())
                    .isEmpty();
        }
    }

    /** Neither was asked for anything. */
    void assertNeitherWasTouched() {
        for (ScriptedTarget target : targets()) {
            assertThat(target.calls()).as(target.name()).isEmpty();
        }
    }

    static byte[] content(ScriptedTarget target, String path) throws IOException {
        try (InputStream in = target.read(TargetPath.of(path))) {
            return in.readAllBytes();
        }
    }

    ContentAttributes attributes(String path) {
        ContentAttributes kept = local.memory().attributes(TargetPath.of(path)).orElseThrow();
        assertThat(s3.memory().attributes(TargetPath.of(path))).contains(kept);
        return kept;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
