package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody has put symbolic links below the base of a {@link FileTarget}. */
class FileTargetLinkTests {

    private static final byte[] NEW = bytes(5_000);

    @TempDir
    private Path directory;

    private Path base;
    private Path outside;
    private Path victim;
    private TargetDriver driver;

    @BeforeEach
    void makeTarget() throws IOException {
        base = directory.resolve("base");
        outside = Files.createDirectory(directory.resolve("outside"));
        victim = Files.writeString(outside.resolve("victim"), "untouched");
        FileTarget target = new FileTarget("local", base, FileTargetSettings.defaults());
        target.initialize();
        driver = new TargetDriver(target);
    }

    @Test
    void replacesALinkInPlaceOfTheObjectAndNotWhatItPointsTo() throws IOException {
        Files.createSymbolicLink(base.resolve("a"), victim);
        driver.put("a", NEW);
        assertThat(base.resolve("a")).isRegularFile();
        assertThat(Files.isSymbolicLink(base.resolve("a"))).isFalse();
        assertThat(victim).hasContent("untouched");
    }

    @Test
    void doesNotWriteThroughADanglingLink() throws IOException {
        Files.createSymbolicLink(base.resolve("a"), outside.resolve("created"));
        driver.put("a", NEW);
        assertThat(outside.resolve("created")).doesNotExist();
        assertThat(driver.content("a")).isEqualTo(NEW);
    }

    @Test
    void refusesEveryOperationBelowALinkedParent() throws IOException {
        Files.createSymbolicLink(base.resolve("dir"), outside);
        Files.createSymbolicLink(base.resolve("dangling"), directory.resolve("nowhere"));
        Files.createSymbolicLink(base.resolve("inside"), base);
        for (String parent : new String[] {"dir", "dangling", "inside"}) {
            String path = parent + "/victim";
            String says = "is a symbolic link; links below the target's base are not followed";
            assertThatThrownBy(() -> driver.open(path)).hasMessageContaining(says);
            assertThatThrownBy(() -> driver.openCreateOnly(path)).hasMessageContaining(says);
            assertThatThrownBy(() -> driver.open(path + "/deeper")).hasMessageContaining(says);
            assertThatThrownBy(() -> driver.content(path)).hasMessageContaining(says);
            assertThatThrownBy(() -> driver.shows(path)).hasMessageContaining(says);
            assertThatThrownBy(() -> driver.delete(path))
                    .isInstanceOf(NotAppliedException.class)
                    .hasMessageContaining(says);
        }
        assertThat(victim).hasContent("untouched");
        assertThat(outside).isDirectoryNotContaining(file -> !file.equals(victim));
    }

    @Test
    void doesNotReadThroughALink() throws IOException {
        Files.createSymbolicLink(base.resolve("a"), victim);
        assertThatThrownBy(() -> driver.content("a")).hasMessageContaining("is a symbolic link");
        assertThatThrownBy(() -> driver.shows("a")).hasMessageContaining("is a symbolic link");
    }

    @Test
    void deletesTheLinkAndNotWhatItPointsTo() throws IOException {
        Files.createSymbolicLink(base.resolve("a"), victim);
        driver.delete("a");
        assertThat(Files.exists(base.resolve("a"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(victim).hasContent("untouched");
    }

    @Test
    void doesNotCommitWhenTheParentBecameALinkMeanwhile() throws IOException {
        DrivenWrite write = driver.open("dir/victim").write(NEW).prepare();
        Files.move(base.resolve("dir"), directory.resolve("moved"));
        Files.createSymbolicLink(base.resolve("dir"), outside);
        assertThatThrownBy(write::commit)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("symbolic link");
        write.abort();
        assertThat(victim).hasContent("untouched");
    }

    @Test
    void followsALinkThatIsTheBaseItself() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), base);
        FileTarget linked = new FileTarget("linked", link, FileTargetSettings.defaults());
        linked.initialize();
        new TargetDriver(linked).put("a/b", NEW);
        assertThat(driver.content("a/b")).isEqualTo(NEW);
        assertThat(linked.place()).isEqualTo(base.toRealPath().toUri().toString());
    }
}
