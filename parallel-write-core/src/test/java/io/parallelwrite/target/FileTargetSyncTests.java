package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link FileTarget} syncs, in which order, and what it says when a sync fails. */
class FileTargetSyncTests {

    private static final byte[] NEW = bytes(5_000);

    @TempDir
    private Path directory;

    private final RecordingSync sync = new RecordingSync();
    private Path base;
    private TargetDriver driver;

    @BeforeEach
    void makeTarget() throws IOException {
        base = directory.toRealPath().resolve("base");
        FileTarget target = new FileTarget("local", base, FileTargetSettings.defaults(), sync);
        target.initialize();
        driver = new TargetDriver(target);
    }

    @Test
    void syncsTheDirectoryThatGainedTheBaseThenTheProbe() {
        assertThat(sync.calls).containsExactly("directory " + base.getParent(), "file", "directory " + base);
    }

    @Test
    void syncsEveryDirectoryThatGainedAnEntryThenTheFileThenItsDirectory() throws IOException {
        sync.calls.clear();
        DrivenWrite write = driver.open("x/y/a.bin").write(NEW).write(NEW);
        assertThat(sync.calls).containsExactly("directory " + base, "directory " + base.resolve("x"));
        sync.calls.clear();
        write.prepare();
        assertThat(sync.calls).containsExactly("file");
        sync.calls.clear();
        write.commit();
        assertThat(sync.calls).containsExactly("directory " + base.resolve("x/y"));
        sync.calls.clear();
        driver.delete("x/y/a.bin");
        assertThat(sync.calls).containsExactly("directory " + base.resolve("x/y"));
    }

    @Test
    void failsToPrepareAfterOneFailedSync() throws IOException {
        DrivenWrite write = driver.open("a.bin").write(NEW);
        sync.calls.clear();
        sync.fails = call -> call.equals("file");
        assertThatThrownBy(write::prepare)
                .hasMessageContaining("Cannot sync '")
                .hasMessageContaining("the device reports");
        assertThat(sync.calls).containsExactly("file");
        write.abort();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void syncsALargeFileWhileItIsWritten() throws IOException {
        byte[] half = bytes(FileTargetWrite.SYNC_BYTES / 2);
        DrivenWrite write = driver.open("a.bin");
        sync.calls.clear();
        write.write(half);
        assertThat(sync.calls).isEmpty();
        write.write(half);
        assertThat(sync.calls).containsExactly("file");
        write.write(half);
        assertThat(sync.calls).containsExactly("file");
        sync.fails = call -> true;
        assertThatThrownBy(() -> write.write(half)).hasMessageContaining("Cannot sync '");
        write.abort();
        assertThat(sync.calls).containsExactly("file", "file");
    }

    @Test
    void isInDoubtWhenTheDirectoryCannotBeSyncedAfterTheRename() throws IOException {
        for (boolean createOnly : new boolean[] {false, true}) {
            String path = "a" + createOnly;
            DrivenWrite write = driver.open(path, ContentAttributes.NONE, createOnly)
                    .write(NEW)
                    .prepare();
            sync.fails = call -> true;
            assertThatThrownBy(write::commit)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NotAppliedException.class)
                    .hasMessageContaining("is visible");
            sync.fails = call -> false;
            assertThat(driver.content(path)).isEqualTo(NEW);
        }
    }

    @Test
    void isInDoubtWhenTheDirectoryCannotBeSyncedAfterTheDelete() throws IOException {
        driver.put("a.bin", NEW);
        sync.fails = call -> true;
        assertThatThrownBy(() -> driver.delete("a.bin"))
                .isNotInstanceOf(NotAppliedException.class)
                .hasMessageContaining("is deleted");
        assertThatThrownBy(() -> driver.delete("a.bin")).as("again").isInstanceOf(IOException.class);
    }

    @Test
    void removesADirectoryWhoseEntryCouldNotBeSynced() {
        sync.fails = call -> call.equals("directory " + base.resolve("x"));
        assertThatThrownBy(() -> driver.open("x/y/a.bin")).hasMessageContaining("the device reports an error");
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void leavesNoStagedFileWhenTheProbeCannotBeSynced() throws IOException {
        sync.fails = call -> call.equals("file");
        FileTarget target = new FileTarget("local", base, FileTargetSettings.defaults(), sync);
        assertThatThrownBy(target::initialize).hasMessageContaining("Cannot write a file in '" + base + "'");
        try (Stream<Path> files = Files.list(base)) {
            assertThat(files).isEmpty();
        }
    }

    /** Writes down every call, and fails the chosen ones instead of syncing. */
    private static final class RecordingSync implements FileSync {

        private final List<String> calls = new ArrayList<>();
        private Predicate<String> fails = call -> false;

        @Override
        public void file(FileChannel channel) throws IOException {
            call("file");
        }

        @Override
        public void directory(Path directory) throws IOException {
            call("directory " + directory);
        }

        private void call(String call) throws IOException {
            calls.add(call);
            if (fails.test(call)) {
                throw new IOException("Input/output error");
            }
        }
    }
}
