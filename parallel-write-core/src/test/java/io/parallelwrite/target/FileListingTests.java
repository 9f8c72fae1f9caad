package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.FileSystemUtils;

/** What a listing makes of a disk on which more than objects is, and on which something changes meanwhile. */
class FileListingTests {

    @TempDir
    private Path directory;

    private Path base;
    private FileTarget target;
    private TargetDriver driver;

    @BeforeEach
    void makeTarget() throws IOException {
        base = directory.resolve("base");
        target = new FileTarget("local", base, FileTargetSettings.defaults().withSync(false));
        target.initialize();
        driver = new TargetDriver(target);
        for (String path : List.of("a/1", "b/c/2", "b/c/3", "b/d/4", "e")) {
            driver.put(path, bytes(7));
        }
    }

    // --- what is no object -----------------------------------------------------------------------------------------

    @Test
    void followsNoLinkAndCountsEach() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("x"), "x");
        Files.createSymbolicLink(base.resolve("a/file"), outside.resolve("x"));
        Files.createSymbolicLink(base.resolve("aa"), outside);
        Files.createSymbolicLink(base.resolve("b/dangling"), base.resolve("nowhere"));
        Files.createSymbolicLink(base.resolve("b/loop"), base);
        assertListed("", 4, "a/1", "b/c/2", "b/c/3", "b/d/4", "e");
        assertListed("aa", 1);
        assertListed("aa/", 1);
        assertListed("aa/x", 1);
        assertListed("b/loop/a/", 1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsPipes() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", base.resolve("b/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertListed("b/", 1, "b/c/2", "b/c/3", "b/d/4");
    }

    @Test
    void countsADirectoryThatNoPathLeadsIntoOnce() throws IOException {
        ForeignFiles.put(base, "b/.pw-mine/1");
        ForeignFiles.put(base, "b/.pw-mine/2");
        ForeignFiles.put(base, "b/con/1/2/3");
        ForeignFiles.put(base, "b/.PW-a-file");
        assertListed("b", 3, "b/c/2", "b/c/3", "b/d/4");
    }

    @Test
    void doesNotCountStagedFiles() throws IOException {
        ForeignFiles.put(base, "b/" + StagedFile.newName());
        assertListed("b", 0, "b/c/2", "b/c/3", "b/d/4");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsANameWhoseBytesAreNoText() throws Exception {
        String script = "printf x > \"$(printf 'b/\\377x')\"";
        assertThat(new ProcessBuilder("sh", "-c", script)
                        .directory(base.toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertListed("b/", 1, "b/c/2", "b/c/3", "b/d/4");
    }

    @Test
    void seesNoObjectInAnEmptyDirectory() throws IOException {
        Files.createDirectories(base.resolve("b/empty/empty"));
        assertListed("b/e", 0);
        assertListed("b/d/4", 0, "b/d/4");
        assertListed("b/d/4/", 0);
    }

    // --- what changes meanwhile --------------------------------------------------------------------------------

    @Test
    void takesADirectoryThatDisappearsForEmpty() throws IOException {
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            assertThat(listing.next()).isNotNull();
            FileSystemUtils.deleteRecursively(base.resolve("b"));
            assertThat(rest(listing)).containsExactly("e");
        }
    }

    @Test
    void doesNotEnterALinkThatHasReplacedADirectory() throws IOException {
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            assertThat(listing.next()).isNotNull();
            FileSystemUtils.deleteRecursively(base.resolve("b"));
            Files.createSymbolicLink(base.resolve("b"), base.resolve("a"));
            assertThat(rest(listing)).containsExactly("e");
            assertThat(listing.skippedCount()).isEqualTo(1);
        }
    }

    @Test
    void tellsTheSizeOfTheMoment() throws IOException {
        try (TargetListing listing = target.list(TargetPrefix.of("b/c/"), null)) {
            assertThat(listing.next()).isNotNull();
            driver.put("b/c/3", bytes(8));
            assertThat(listing.next().stored().size()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b/", "missing/"})
    void failsWhenTheBaseIsGoneInsteadOfListingNothing(String prefix) {
        FileSystemUtils.deleteRecursively(base.toFile());
        assertThatThrownBy(() -> driver.list(prefix, null))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot list '" + base + "': '" + base + "' does not exist; is its disk mounted?");
    }

    @Test
    void failsWhenTheBaseDisappearsInsteadOfEndingEarly() throws IOException {
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            assertThat(listing.next()).isNotNull();
            FileSystemUtils.deleteRecursively(base);
            assertThatThrownBy(listing::next).hasMessageContaining("is its disk mounted?");
        }
    }

    @Test
    void failsWhenAResourceHasNoBaseYet() {
        String missing = directory.resolve("missing") + "/";
        ResourceTarget resource = new ResourceTarget("other", "file:" + missing, new FileSystemResource(missing));
        assertThatThrownBy(() -> resource.list(TargetPrefix.ALL, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing' does not exist; is its disk mounted?");
    }

    @Test
    void namesADirectoryItMayNotRead() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everywhere");
        Files.setPosixFilePermissions(base.resolve("b/c"), PosixFilePermissions.fromString("-wx------"));
        assertThatThrownBy(() -> driver.list("", null))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Cannot list '" + base.resolve("b/c")
                                + "': access is denied; give this process's user read, write and search permission on the directory");
    }

    // --- what is not looked at -----------------------------------------------------------------------------------

    @Test
    void readsOnlyDirectoriesInWhichSomethingMayBeAskedFor() {
        ListingRange range = new ListingRange(TargetPrefix.of("b/c"), TargetPath.of("b/cd/5"));
        assertThat(List.of("", "b/", "b/cd/", "b/ce/", "b/cd/5/", "b/cd/6/")).allMatch(range::reachesInto);
        assertThat(List.of("a/", "c/", "b/b/", "b/c/", "b/cc/", "b/cd/4/", "b/cd.d/", "b/d/"))
                .noneMatch(range::reachesInto);
        assertThat(List.of("b/cd/50", "b/cd/6", "b/ce", "b/cz/0")).allMatch(range::contains);
        assertThat(List.of("b/cd/5", "b/cd", "b/c/9", "b/d", "c")).noneMatch(range::contains);
        assertThat(range.directory()).isEqualTo("b/");
    }

    private void assertListed(String prefix, long skippedCount, String... paths) throws IOException {
        try (TargetListing listing = target.list(TargetPrefix.of(prefix), null)) {
            assertThat(rest(listing)).containsExactly(paths);
            assertThat(listing.skippedCount()).as("names passed over").isEqualTo(skippedCount);
        }
    }
}
