package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetConflictException;
import io.parallelwrite.target.TargetInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The writer over two directories: what the disk shows after each way a write can end. */
class WriterOverDisksTests {

    @TempDir
    private Path root;

    private Path one;
    private Path other;

    @AutoClose
    private ParallelResourceWriter writer;

    @BeforeEach
    void build() throws IOException {
        one = root.resolve("one");
        other = root.resolve("other");
        writer = ParallelResourceWriter.builder()
                .target(disk("one", one))
                .target(disk("other", other))
                .build();
    }

    private static FileTarget disk(String name, Path base) {
        return new FileTarget(name, base, FileTargetSettings.defaults().withSync(false));
    }

    @ParameterizedTest
    @EnumSource
    void everyWayToWritePutsTheSameFileInBoth(WriteVariantsTests.Variant variant) throws IOException {
        byte[] content = randomBytes(300_000);

        WriteResult result = variant.write(writer, "dir/a.bin", content);

        assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
        assertFilesAre("dir/a.bin", content);
    }

    @Test
    void leavesNeitherFileNorDirectoryWhenTheBodyThrows() throws IOException {
        IllegalStateException failure = new IllegalStateException("half way");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> writer.write("deep/down/a.bin", (WriteBody) out -> {
                    out.write(randomBytes(300_000));
                    throw failure;
                }))
                .isSameAs(failure);

        assertNothingIsLeft();
    }

    @Test
    void leavesNothingWhenAStreamIsClosedWithoutACommit() throws IOException {
        try (ParallelOutputStream out = writer.open("dir/a.bin")) {
            out.write(randomBytes(300_000));
            assertThat(one.resolve("dir/a.bin")).doesNotExist();
        }

        assertNothingIsLeft();
    }

    @Test
    void leavesNothingInTheFirstWhenTheSecondCannotBeOpened() throws IOException {
        Files.createDirectories(other.resolve("a.bin"));

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a.bin", bytes("content")))
                .withMessageContaining("Target 'other' failed at byte 0 of 'a.bin' while opening: Cannot write 'a.bin'")
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));

        assertThat(filesBelow(one)).isEmpty();
    }

    @Test
    void createOnlyLetsOneOfTwoOpenWritesWinInBoth() throws IOException {
        WriteOptions createOnly = WriteOptions.none().withCreateOnly(true);
        try (ParallelOutputStream first = writer.open("a", createOnly);
                ParallelOutputStream second = writer.open("a", createOnly)) {
            first.write(bytes("first"));
            second.write(bytes("second"));
            second.commit();

            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(first::commit)
                    .withCauseInstanceOf(NotAppliedException.class);
        }

        assertFilesAre("a", bytes("second"));
    }

    @Test
    void deletesFromBoth() throws IOException {
        writer.write("a", bytes("content"));

        assertThat(writer.delete("a").status()).isEqualTo(WriteStatus.COMMITTED);

        assertNothingIsLeft();
    }

    @Test
    void aResourceReadsWhatItsStreamWrote() throws IOException {
        byte[] content = randomBytes(300_000);
        try (var out = writer.resource("dir/a.bin").getOutputStream()) {
            out.write(content);
        }

        assertThat(writer.resource("dir/a.bin").getContentAsByteArray()).isEqualTo(content);
        assertFilesAre("dir/a.bin", content);
    }

    @Test
    void threadsThatWriteOnePathLeaveEqualFiles() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int round = 0; round < 50; round++) {
            List<Future<WriteResult>> writes = Stream.of("w", "xx", "yyy", "zzzz")
                    .map(text -> threads.submit(() -> writer.write("a", bytes(text))))
                    .toList();
            for (Future<WriteResult> write : writes) {
                assertThat(write.get().status()).isEqualTo(WriteStatus.COMMITTED);
            }
            assertFilesAre("a", Files.readAllBytes(one.resolve("a")));
        }
        threads.shutdown();
    }

    static String[] hostilePaths() {
        return HostilePathsTests.hostilePaths();
    }

    @ParameterizedTest
    @MethodSource("hostilePaths")
    void aHostilePathChangesNothingInsideOrOutside(String path) throws IOException {
        assertThatExceptionOfType(InvalidTargetPathException.class)
                .isThrownBy(() -> writer.write(path, bytes("content")));
        assertThatExceptionOfType(InvalidTargetPathException.class).isThrownBy(() -> writer.delete(path));

        assertNothingIsLeft();
    }

    @Test
    void refusesDirectoriesThatAreNestedOrTheSameBehindALink() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), one);

        assertThatExceptionOfType(TargetConflictException.class)
                .isThrownBy(() -> ParallelResourceWriter.builder()
                        .target(disk("a", one))
                        .target(disk("b", one.resolve("inner")))
                        .build())
                .withMessageContaining("are nested");
        assertThatExceptionOfType(TargetConflictException.class)
                .isThrownBy(() -> ParallelResourceWriter.builder()
                        .target(disk("a", one))
                        .target(disk("b", link))
                        .build())
                .withMessageContaining("are at the same place");
    }

    @Test
    void refusesABaseThatIsAFile() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatExceptionOfType(TargetInitializationException.class)
                .isThrownBy(() ->
                        ParallelResourceWriter.builder().target(disk("a", file)).build())
                .withMessageStartingWith("Target 'a' at file://");
    }

    private void assertFilesAre(String path, byte[] content) throws IOException {
        for (Path base : List.of(one, other)) {
            assertThat(base.resolve(path)).hasBinaryContent(content);
            assertThat(filesBelow(base)).containsExactly(base.resolve(path));
        }
    }

    /** Neither objects nor anything staged, nor directories made for them. */
    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all).containsExactlyInAnyOrder(root, one, other);
        }
    }

    private static List<Path> filesBelow(Path base) throws IOException {
        try (Stream<Path> all = Files.walk(base)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
