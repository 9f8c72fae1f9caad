package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DefaultJournalPlaceTests {

    @TempDir
    Path directory;

    @Test
    void isBesideTheDirectoryWhetherOrNotThatExists() {
        assertThat(beside(directory.resolve("new/data")).directory())
                .isEqualTo(directory.resolve("new/data.parallel-write-journal"));
    }

    @Test
    void isNowhereBesideTheRootOfAFileSystem() {
        Path root = directory.getRoot();

        assertThatExceptionOfType(TargetConfigurationException.class)
                .isThrownBy(() -> beside(root).directory())
                .withMessageContaining("is the root of its file system")
                .satisfies(e -> assertThat(e.action()).contains("Set parallel-write.journal.directory"));
    }

    /** What is mounted outlives a container; what is beside it does not. */
    @Test
    void isNotBesideAMountPoint() {
        Path mountPoint = Path.of("/proc");
        assumeTrue(Files.isDirectory(mountPoint.resolve("self")));

        assertThatExceptionOfType(TargetConfigurationException.class)
                .isThrownBy(() -> beside(mountPoint).directory())
                .withMessageContaining("'/proc' is where a disk is mounted");
    }

    @Test
    void leavesLocationsToOthersThatNoDirectoryCanHave() {
        assertThat(among(Map.of("a.location", "file://host/share/", "b.location", "memory:")))
                .isEmpty();
    }

    private static DefaultJournalPlace beside(Path base) {
        return among(Map.of("disk.location", base.toUri().toString(), "other.location", "memory:"))
                .orElseThrow();
    }

    private static Optional<DefaultJournalPlace> among(Map<String, String> targets) {
        return DefaultJournalPlace.among(new Binder(new MapConfigurationPropertySource(targets))
                .bind("", Bindable.mapOf(String.class, ParallelWriteProperties.Target.class))
                .get());
    }
}
