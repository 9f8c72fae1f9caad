package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A {@link FileTarget} on disks that do, and do not, tell upper from lower case. */
class FileTargetSpellingTests {

    private static final byte[] OLD = bytes(100);
    private static final byte[] NEW = bytes(200);

    static Stream<Configuration> caseInsensitive() {
        return Stream.of(Configuration.osX(), Configuration.windows());
    }

    @ParameterizedTest
    @MethodSource("caseInsensitive")
    void refusesAPathThatExistsUnderAnotherSpelling(Configuration configuration) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(configuration)) {
            TargetDriver driver = driver(disk);
            driver.put("Reports/March.csv", OLD);
            for (String other : new String[] {"Reports/march.csv", "reports/March.csv", "REPORTS/new.csv"}) {
                assertThatThrownBy(() -> driver.open(other))
                        .as(other)
                        .hasMessageContaining(
                                "Cannot write '" + other + "': the disk does not tell upper from lower case");
                assertThatThrownBy(() -> driver.openCreateOnly(other)).hasMessageContaining("under another spelling");
                assertThat(driver.shows(other)).isFalse();
                driver.delete(other);
            }
            driver.put("Reports/March.csv", NEW);
            driver.put("Reports/April.csv", OLD);
            assertThat(driver.content("Reports/March.csv")).isEqualTo(NEW);
        }
    }

    @ParameterizedTest
    @MethodSource("caseInsensitive")
    void doesNotCommitOverAnotherSpellingThatAppearedMeanwhile(Configuration configuration) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(configuration)) {
            TargetDriver driver = driver(disk);
            DrivenWrite late = driver.open("a.csv").write(NEW).prepare();
            driver.put("A.csv", OLD);
            assertThatThrownBy(late::commit).isInstanceOf(NotAppliedException.class);
            late.abort();
            assertThat(driver.content("A.csv")).isEqualTo(OLD);
        }
    }

    @ParameterizedTest
    @MethodSource("caseInsensitive")
    void acceptsItsOwnNamesInEveryScript(Configuration configuration) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(configuration)) {
            TargetDriver driver = driver(disk);
            for (String path :
                    new String[] {"Caf\u00e9/\u00dcber.txt", "cafe\u0301/ISSUE.txt", "\u65e5\u672c/\u8a9e"}) {
                if (path.startsWith("cafe")) {
                    assertThatThrownBy(() -> driver.open(path)).hasMessageContaining("under another spelling");
                } else {
                    driver.put(path, OLD);
                    driver.put(path, NEW);
                    assertThat(driver.content(path)).isEqualTo(NEW);
                }
            }
        }
    }

    @Test
    void keepsTwoSpellingsApartWhereTheDiskDoes() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            TargetDriver driver = driver(disk);
            driver.put("a/b", OLD);
            driver.put("A/B", NEW);
            assertThat(driver.content("a/b")).isEqualTo(OLD);
            assertThat(driver.content("A/B")).isEqualTo(NEW);
        }
    }

    @Test
    void listsUnderTheSpellingOfTheDiskOnly() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.windows())) {
            TargetDriver driver = driver(disk);
            driver.put("Reports/A", OLD);
            assertThat(driver.list("", null)).containsExactly("Reports/A");
            assertThat(driver.list("Reports/", null)).containsExactly("Reports/A");
            assertThat(driver.list("reports/", null)).isEmpty();
        }
    }

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        Configuration small = Configuration.unix().toBuilder()
                .setMaxSize(64 * 1024)
                .setBlockSize(1024)
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            TargetDriver driver = driver(disk);
            DrivenWrite write = driver.open("large.bin");
            assertThatThrownBy(() -> write.write(bytes(128 * 1024)))
                    .hasMessageContaining("the disk is full; free space");
            write.abort();
            driver.put("small.bin", OLD);
            assertThat(driver.content("small.bin")).isEqualTo(OLD);
        }
    }

    private static TargetDriver driver(FileSystem disk) throws IOException {
        Path root = disk.getRootDirectories().iterator().next();
        // Jimfs, unlike the systems it stands for, cannot open a directory to sync it.
        FileTarget target = new FileTarget(
                "local", root.resolve("Data"), FileTargetSettings.defaults().withSync(false));
        target.initialize();
        try (Stream<Path> files = Files.list(root.resolve("Data"))) {
            assertThat(files).isEmpty();
        }
        return new TargetDriver(target);
    }
}
