package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTargetTests {

    private static final byte[] NEW = bytes(5_000);

    @TempDir
    private Path directory;

    private Path base;
    private FileTarget target;
    private TargetDriver driver;

    @BeforeEach
    void makeTarget() throws IOException {
        base = directory.toRealPath().resolve("base");
        use(FileTargetSettings.defaults());
    }

    private void use(FileTargetSettings settings) throws IOException {
        target = new FileTarget("local", base, settings);
        target.initialize();
        driver = new TargetDriver(target);
    }

    @Test
    void stagesBesideTheObjectUnderAHiddenNameOfFixedLength() throws IOException {
        DrivenWrite write = driver.open("a/" + "n".repeat(200)).write(NEW);
        assertThat(names(base.resolve("a"))).hasSize(1).allMatch(name -> name.matches("\\.pw-[0-9a-f]{32}"));
        write.abort();
    }

    @Test
    void givesNewFilesThePermissionsOfAnyNewFile() throws IOException {
        Path ordinary = Files.writeString(directory.resolve("ordinary"), "x");
        driver.put("a.bin", NEW);
        assertThat(Files.getPosixFilePermissions(base.resolve("a.bin")))
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-"})
    void givesNewFilesExactlyThePermissionsAskedFor(String permissions) throws IOException {
        use(FileTargetSettings.defaults().withPermissions(permissions));
        driver.put("a.bin", NEW);
        driver.put("a.bin", NEW);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("a.bin"))))
                .isEqualTo(permissions);
    }

    @Test
    void removesTheDirectoriesOfAnAbortedWriteAndOnlyThose() throws IOException {
        driver.put("kept/a.bin", NEW);
        DrivenWrite write = driver.open("kept/x/y/z.bin").write(NEW);
        write.abort();
        assertThat(base.resolve("kept")).isDirectoryContaining("glob:**/a.bin");
        assertThat(base.resolve("kept/x")).doesNotExist();
    }

    @Test
    void keepsADirectoryThatAnotherWriteHasComeToNeed() throws IOException {
        DrivenWrite first = driver.open("x/y/1.bin");
        DrivenWrite second = driver.open("x/y/2.bin").write(NEW).prepare();
        first.abort();
        second.commit();
        assertThat(driver.content("x/y/2.bin")).isEqualTo(NEW);
    }

    @Test
    void neverFailsAWriteBecauseAnotherRemovesItsDirectories() throws Exception {
        CyclicBarrier start = new CyclicBarrier(3);
        ExecutorService workers = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<Void>> writers = Stream.of(1, 2, 3)
                    .map(writer -> CompletableFuture.runAsync(
                            () -> openAndAbortOften(start, "x/y/" + writer + ".bin"), workers))
                    .toList();
            for (CompletableFuture<Void> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            workers.shutdown();
        }
        driver.put("x/y/z.bin", NEW);
        assertThat(names(base.resolve("x/y"))).containsExactly("z.bin");
    }

    private void openAndAbortOften(CyclicBarrier start, String path) {
        try {
            start.await(30, TimeUnit.SECONDS);
            for (int i = 0; i < 300; i++) {
                driver.open(path).abort();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesToWriteOverADirectoryOrBelowAFile() throws IOException {
        driver.put("a/b.bin", NEW);
        assertThatThrownBy(() -> driver.open("a")).hasMessageContaining("is a directory; use another path");
        assertThatThrownBy(() -> driver.openCreateOnly("a")).hasMessageContaining("is a directory; use another path");
        assertThatThrownBy(() -> driver.open("a/b.bin/c.bin"))
                .hasMessageContaining("b.bin' is a file, so nothing can be below it");
        assertThat(driver.shows("a")).isFalse();
        assertThat(driver.shows("a/b.bin/c.bin")).isFalse();
        assertThatThrownBy(() -> driver.content("a")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> driver.content("a/b.bin/c.bin")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> driver.delete("a")).isInstanceOf(NotAppliedException.class);
        driver.delete("a/b.bin/c.bin");
        assertThat(driver.content("a/b.bin")).isEqualTo(NEW);
    }

    @Test
    void doesNotCommitOverADirectoryThatAppearedMeanwhile() throws IOException {
        DrivenWrite write = driver.open("a.bin").write(NEW).prepare();
        Files.createDirectory(base.resolve("a.bin"));
        assertThatThrownBy(write::commit).isInstanceOf(NotAppliedException.class);
        write.abort();
        assertThat(base.resolve("a.bin")).isEmptyDirectory();
    }

    @Test
    void doesNotCommitIntoADirectoryThatDisappeared() throws IOException {
        DrivenWrite write = driver.open("x/a.bin").write(NEW).prepare();
        Files.delete(base.resolve("x").resolve(names(base.resolve("x")).get(0)));
        Files.delete(base.resolve("x"));
        assertThatThrownBy(write::commit).isInstanceOf(IOException.class);
        assertThat(driver.shows("x/a.bin")).isFalse();
    }

    @Test
    void failsToPrepareWhenTheStagedFileWasTamperedWith() throws IOException {
        DrivenWrite write = driver.open("a.bin").write(NEW);
        Files.write(base.resolve(names(base).get(0)), new byte[3]);
        assertThatThrownBy(write::prepare).hasMessageContaining("has 3 bytes on the disk, 5000 were written");
        write.abort();

        DrivenWrite removed = driver.open("a.bin").write(NEW);
        Files.delete(base.resolve(names(base).get(0)));
        assertThatThrownBy(removed::prepare).hasMessageContaining("somebody removed it");
        removed.abort();
        assertThat(names(base)).isEmpty();
    }

    @Test
    void findsChangedBytesOfTheSameSizeWhenItReadsBack() throws IOException {
        use(FileTargetSettings.defaults().withReadBack(true));
        DrivenWrite write = driver.open("a.bin").write(NEW);
        Files.write(base.resolve(names(base).get(0)), bytes(5_000)); // the same bytes
        write.prepare().commit();

        DrivenWrite changed = driver.open("b.bin").write(NEW);
        byte[] other = NEW.clone();
        other[4_321] ^= 1;
        Path staged = base.resolve(names(base).stream()
                .filter(name -> name.startsWith(".pw-"))
                .findFirst()
                .orElseThrow());
        Files.write(staged, other);
        assertThatThrownBy(changed::prepare).hasMessageContaining("must be discarded");
        changed.abort();
        assertThat(names(base)).containsExactly("a.bin");
    }

    @Test
    void failsWhenTheBaseDisappearsInsteadOfMakingItAgain() throws IOException {
        Files.delete(base);
        assertThatThrownBy(() -> driver.open("x/a.bin")).hasMessageContaining("is its disk mounted?");
        assertThat(base).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.bin", "x/a.bin"})
    void saysNothingOfObjectsOnceTheBaseHasDisappeared(String path) throws IOException {
        driver.put(path, NEW);
        Path elsewhere = Files.move(base, directory.resolve("unmounted"));
        TargetPath object = TargetPath.of(path);
        assertThatThrownBy(() -> target.stat(object)).hasMessageContaining("is its disk mounted?");
        assertThatThrownBy(() -> target.read(object))
                .isNotInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("is its disk mounted?");
        assertThatThrownBy(() -> target.delete(object))
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("is its disk mounted?");
        Files.move(elsewhere, base);
        assertThat(target.stat(object)).isPresent();
    }

    @Test
    void refusesABaseThatIsOrIsBelowAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        FileTarget atFile = new FileTarget("local", file, FileTargetSettings.defaults());
        FileTarget belowFile = new FileTarget("local", file.resolve("x"), FileTargetSettings.defaults());
        assertThatThrownBy(atFile::initialize)
                .hasMessageContaining("is not a directory; remove it or configure another");
        assertThatThrownBy(belowFile::initialize).hasMessageContaining("a parent in the path is a file");
    }

    @Test
    void refusesABaseItCannotWrite() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThatThrownBy(target::initialize).hasMessageContaining("access is denied; give this process's user");
    }

    @Test
    void leavesNothingOfItsProbeInTheBase() throws IOException {
        assertThat(names(base)).isEmpty();
        target.initialize();
        assertThat(names(base)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./new/base", "./base/new", "./base/../base/new", "new/./base"})
    void makesABaseThatIsGivenWithDots(String given) throws IOException {
        new FileTarget("local", directory.resolve(given), FileTargetSettings.defaults()).initialize();
        assertThat(directory.resolve(given).normalize()).isEmptyDirectory();
    }

    @Test
    void namesTheRealPlaceEvenBeforeItExists() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), base);
        FileTarget later = new FileTarget("local", link.resolve("not/../yet"), FileTargetSettings.defaults());
        assertThat(later.place()).isEqualTo("file://" + base + "/yet/");
        assertThat(target.place()).isEqualTo("file://" + base + "/");
    }

    @Test
    void refusesToCreateWhereADirectoryEntryOfAnyKindExists() throws IOException {
        Files.createSymbolicLink(base.resolve("dangling"), directory.resolve("nowhere"));
        assertThatThrownBy(() -> driver.openCreateOnly("dangling")).isInstanceOf(FileAlreadyExistsException.class);
        DrivenWrite write = driver.openCreateOnly("a.bin").write(NEW).prepare();
        Files.createSymbolicLink(base.resolve("a.bin"), directory.resolve("nowhere"));
        assertThatThrownBy(write::commit)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("it exists");
        write.abort();
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
