package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@link FileJournal} on a real disk: who owns its directory, what it leaves there, and the end of its process. */
class FileJournalOwnerTests {

    @TempDir
    private Path temp;

    @Test
    void findsAgainWhatItKept() throws IOException {
        Path directory = temp.resolve("a/b/journal");
        List<JournalEntry> entries;
        try (FileJournal journal = FileJournal.open(directory)) {
            journal.put(write("1", "a"));
            journal.put(write("2", "b"));
            journal.remove("1");
            entries = journal.entries();
        }
        try (FileJournal journal = FileJournal.open(directory)) {
            assertThat(journal.entries()).isEqualTo(entries).hasSize(1);
            assertThat(journal.capacity()).isEqualTo(FileJournal.DEFAULT_CAPACITY);
        }
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        Path directory = temp.resolve("a/journal");
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (FileJournal journal = FileJournal.open(directory)) {
            journal.put(write("1", "a"));
            assertThat(mode(directory)).isEqualTo("rwx------");
            assertThat(mode(temp.resolve("a")))
                    .as("others may be beside it")
                    .isEqualTo(mode(Files.createDirectory(temp.resolve("b"))));
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).hasSize(2).allMatch(file -> mode(file).equals("rw-------"));
            }
        }
    }

    @Test
    void refusesASecondOwnerInTheSameProcess() throws IOException {
        try (FileJournal journal = FileJournal.open(temp)) {
            journal.put(write("1", "a"));
            assertThatThrownBy(() -> FileJournal.open(temp.resolve("../" + temp.getFileName())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'" + temp.toRealPath() + "' is in use by this process")
                    .hasMessageContaining("configure another directory");
            assertThat(child("hold"))
                    .as("the attempt has not given up the lock")
                    .contains("is in use by another process");
            journal.put(write("2", "b"));
        }
        FileJournal.open(temp).close();
    }

    @Test
    void refusesASecondOwnerWhoseClassesAreOthers() throws IOException {
        try (FileChannel channel = FileChannel.open(
                temp.resolve(DirectoryLock.FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            assertThatThrownBy(() -> FileJournal.open(temp)).hasMessageContaining("is in use by this process");
            assertThat(child("hold"))
                    .as("the attempt has not given up the lock")
                    .contains("is in use by another process");
        }
    }

    @Test
    void refusesASecondOwnerInAnotherProcessAndTakesOverWhenThatIsKilled() throws IOException, InterruptedException {
        Process child = start("put");
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader output = child.inputReader()) {
            acknowledged.add(output.readLine());
            assertThatThrownBy(() -> FileJournal.open(temp))
                    .hasMessageContaining("'" + temp.toRealPath() + "' is in use by another process");
            for (int i = 0; i < 50; i++) {
                acknowledged.add(output.readLine());
            }
            child.toHandle().destroyForcibly(); // and not through the Process, which would close the output
            output.lines().forEach(acknowledged::add);
        }
        child.waitFor();
        acknowledged.removeIf(line -> !line.endsWith(";")); // the last may be half
        try (FileJournal journal = FileJournal.open(temp)) {
            assertThat(journal.entries())
                    .extracting(entry -> entry.id() + ";")
                    .containsAll(acknowledged)
                    .hasSizeLessThanOrEqualTo(acknowledged.size() + 1);
            assertThat(journal.damagedCount()).isZero();
        }
    }

    @Test
    void letsCallersBeInterrupted() throws IOException {
        try (FileJournal journal = FileJournal.open(temp)) {
            Thread.currentThread().interrupt();
            journal.put(write("1", "a"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            journal.remove("1");
            journal.put(write("2", "a"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.entries()).hasSize(1);
        }
    }

    @Test
    void saysWhyItCannotBeOpened() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> FileJournal.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot make the journal directory '" + file + "'")
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> FileJournal.open(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'" + file + "' is a file; remove it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileJournal.open(temp.resolve("journal"), -1))
                .withMessageContaining("max-entries [-1] must be positive");
        assertThat(temp.resolve("journal")).doesNotExist();
    }

    @Test
    void keepsASegmentTheSizeItWasMadeWith() throws IOException {
        try (FileJournal journal = FileJournal.open(temp)) {
            Path segment = segment();
            long size = Files.size(segment);
            for (int i = 0; i < 20; i++) {
                journal.put(write("id " + i, "a"));
            }
            assertThat(segment()).isEqualTo(segment);
            assertThat(Files.size(segment)).isEqualTo(size).isGreaterThanOrEqualTo(JournalLog.GROWTH_BYTES);
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.filter(file -> file.toString().endsWith(LogSegment.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String child(String command) throws IOException {
        Process child = start(command);
        try (BufferedReader output = child.inputReader()) {
            return String.join("\n", output.lines().toList());
        } finally {
            child.destroyForcibly();
        }
    }

    private Process start(String command) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        temp.toString(),
                        command)
                .redirectErrorStream(true)
                .start();
    }

    /** Another process that owns the journal, or says why it cannot. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            try (FileJournal journal = FileJournal.open(Path.of(arguments[0]))) {
                for (int i = 0; arguments[1].equals("put"); i++) {
                    journal.put(write("id " + i, "path"));
                    System.out.println("id " + i + ";");
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
