package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.InvalidTargetPathException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.AbstractResource;

/** A path that breaks a rule is refused before a target, a listener or the caller's content is touched. */
class HostilePathsTests {

    private final AtomicInteger startedWrites = new AtomicInteger();

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    HostilePathsTests() throws IOException {
        targets = new TwoTargets(builder -> builder.listener(new WriteListener() {
            @Override
            public void started(WriteStart start) {
                startedWrites.incrementAndGet();
            }
        }));
        writer = targets.writer;
    }

    static String[] hostilePaths() {
        return new String[] {
            "",
            "/",
            "/etc/passwd",
            ".",
            "..",
            "../a",
            "a/../../b",
            "a/./b",
            "a//b",
            "a/",
            "a\\..\\b",
            "C:/windows",
            "//server/share",
            "file:a",
            "a\u0000b",
            "a\nb",
            "a\u2028b",
            "a\ud800b",
            "nul",
            "dir/CON.txt",
            ".pw-a",
            "dir/.PW-b",
            "a.",
            "a ",
            "a*",
            "a?b",
            "x".repeat(201),
            "d/".repeat(450) + "x",
        };
    }

    @ParameterizedTest
    @MethodSource("hostilePaths")
    void writesNothingToAHostilePath(String path) {
        assertRefused(() -> writer.write(path, bytes("content")));
        assertRefused(() -> writer.write(path, new UnreadableInputStream()));
        assertRefused(() -> writer.write(path, new UnreadableResource()));
        assertRefused(() -> writer.write(path, (WriteBody) out -> {
            throw new AssertionError("the body ran");
        }));
        assertRefused(() -> writer.open(path));
        assertRefused(() -> writer.resource(path));
        assertRefused(() -> writer.resource("dir/a").createRelative("../../" + path));

        assertNothingBegan();
    }

    @ParameterizedTest
    @MethodSource("hostilePaths")
    void deletesNothingAtAHostilePath(String path) {
        assertRefused(() -> writer.delete(path));

        assertNothingBegan();
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void assertRefused(Call call) {
        assertThatExceptionOfType(InvalidTargetPathException.class)
                .isThrownBy(call::run)
                .satisfies(thrown -> assertThat(thrown.getMessage()).isNotBlank());
    }

    private void assertNothingBegan() {
        targets.assertNeitherWasTouched();
        assertThat(startedWrites).hasValue(0);
    }

    private static final class UnreadableInputStream extends InputStream {

        @Override
        public int read() {
            throw new AssertionError("the content was read");
        }
    }

    private static final class UnreadableResource extends AbstractResource {

        @Override
        public String getDescription() {
            return "unreadable";
        }

        @Override
        public InputStream getInputStream() {
            throw new AssertionError("the resource was opened");
        }
    }
}
