package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.MemoryTargetFactory;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class ParallelWriteJournalAutoConfigurationTests {

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class, ParallelWriteJournalAutoConfiguration.class))
            .withPropertyValues(
                    "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    @Test
    void keepsNoJournalWhereNoTargetIsADirectoryAndSaysSo(CapturedOutput output) {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(Journal.class);
            assertThat(context.getBean(ParallelResourceWriter.class).repairer()).isEmpty();
        });

        assertThat(output)
                .containsOnlyOnce("is not remembered and not repaired")
                .contains(
                        "Set parallel-write.journal.directory to a directory, or parallel-write.journal.type to memory");
    }

    @Test
    void keepsTheJournalBesideTheFirstDirectoryReadsTry() {
        runner.withPropertyValues(
                        "parallel-write.targets.c.location="
                                + directory.resolve("late").toUri(),
                        "parallel-write.targets.d.location="
                                + directory.resolve("one/early").toUri(),
                        "parallel-write.targets.d.order=1")
                .run(context -> {
                    assertThat(context).getBean(Journal.class).isInstanceOf(FileJournal.class);
                    assertThat(directory.resolve("one/early.parallel-write-journal"))
                            .isNotEmptyDirectory();
                    assertThat(directory.resolve("one/early")).isEmptyDirectory();
                });

        assertThat(directory).isDirectoryNotContaining("glob:**late.*");
    }

    @Test
    void makesDirectoriesOnTheWayAsTheTargetDoes() {
        Path data = directory.resolve("data");
        assumeTrue(data.getFileSystem().supportedFileAttributeViews().contains("posix"));
        runner.withPropertyValues("parallel-write.targets.c.location="
                        + data.resolve("one").toUri())
                .run(context -> {
                    Path other = Files.createDirectory(directory.resolve("other"));
                    assertThat(Files.getPosixFilePermissions(data)).isEqualTo(Files.getPosixFilePermissions(other));
                    assertThat(PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve("one.parallel-write-journal"))))
                            .isEqualTo("rwx------");
                });
    }

    @Test
    void findsTheJournalOfADirectoryByWhateverLinkItIsReached() throws IOException {
        Path real = Files.createDirectories(directory.resolve("disk/data"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        runner.withPropertyValues("parallel-write.targets.c.location=" + link.toUri())
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(directory.resolve("disk/data.parallel-write-journal")).isNotEmptyDirectory();
        assertThat(directory.resolve("link.parallel-write-journal")).doesNotExist();
    }

    @Test
    void keepsJournalsOfTwoApplicationsUnderOneParentApart() {
        runner.withPropertyValues("parallel-write.targets.c.location="
                        + directory.resolve("one").toUri())
                .run(one -> runner.withPropertyValues("parallel-write.targets.c.location="
                                + directory.resolve("other").toUri())
                        .run(other -> {
                            assertThat(one).hasNotFailed();
                            assertThat(other).hasNotFailed();
                        }));
    }

    @Test
    void keepsNoJournalWithOneTarget(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class, ParallelWriteJournalAutoConfiguration.class))
                .withPropertyValues("parallel-write.targets.a.location="
                        + directory.resolve("a").toUri())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Journal.class));

        assertThat(output).doesNotContain("not repaired");
        assertThat(directory).isDirectoryNotContaining("glob:**journal");
    }

    @Test
    void makesNoJournalForAWriterOfTheApplication() {
        ParallelResourceWriter own = ParallelWriteJournalAutoConfigurationTests.writer();
        runner.withBean("own", ParallelResourceWriter.class, () -> own)
                .withPropertyValues("parallel-write.targets.c.location="
                        + directory.resolve("c").toUri())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Journal.class));
    }

    @Test
    void remembersInMemoryWhenAsked() {
        runner.withPropertyValues(
                        "parallel-write.targets.c.location="
                                + directory.resolve("c").toUri(),
                        "parallel-write.journal.type=memory",
                        "parallel-write.journal.capacity=7")
                .run(context -> {
                    assertThat(context).getBean(Journal.class).isInstanceOf(MemoryJournal.class);
                    assertThat(context.getBean(Journal.class).capacity()).isEqualTo(7);
                });

        assertThat(directory).isDirectoryNotContaining("glob:**journal");
    }

    @Test
    void remembersNothingWhenAsked(CapturedOutput output) {
        runner.withPropertyValues(
                        "parallel-write.targets.c.location="
                                + directory.resolve("c").toUri(),
                        "parallel-write.journal.directory=" + directory.resolve("journal"),
                        "parallel-write.journal.type=none")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Journal.class));

        assertThat(output).contains("There is no journal").doesNotContain("not repaired");
        assertThat(directory.resolve("journal")).doesNotExist();
    }

    @Test
    void saysAtTheStartWhatTheJournalHoldsAndWhichRuleCounts(CapturedOutput output) throws IOException {
        try (FileJournal journal = FileJournal.open(directory)) {
            journal.put(entry("decided", State.PENDING));
            journal.put(entry("diverged", State.MISSED));
        }

        runner.withPropertyValues(
                        "parallel-write.acknowledge=any", "parallel-write.journal.directory=" + directory.toUri())
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("Writes go to [a, b]; acknowledgement rule: at least 1. The journal in '")
                .contains("holds 2 entries: 1 decided, 1 diverged");
    }

    @Test
    void opensTheJournalInItsDirectoryWithItsCapacity() {
        runner.withPropertyValues(
                        "parallel-write.journal.directory=" + directory.resolve("new/journal"),
                        "parallel-write.journal.capacity=7")
                .run(context -> {
                    assertThat(context).getBean(Journal.class).isInstanceOf(FileJournal.class);
                    assertThat(context.getBean(Journal.class).capacity()).isEqualTo(7);
                    assertThat(directory.resolve("new/journal")).isNotEmptyDirectory();
                    assertWriterKeeps(context, context.getBean(Journal.class));
                });
    }

    /** The writer has a view of the journal that counts, so it is known by what it keeps. */
    private static void assertWriterKeeps(ApplicationContext context, Journal journal) throws IOException {
        WriteStart start = new WriteStart(
                "one of its own", Operation.DELETE, "x", List.of(new WriteStart.Participant("a", "file")));
        JournalEntry kept = journal.put(JournalEntry.decision(start, null, ContentAttributes.NONE, Instant.EPOCH));
        assertThat(context.getBean(ParallelResourceWriter.class)
                        .repairer()
                        .orElseThrow()
                        .journal()
                        .entries())
                .hasSize(1)
                .first()
                .isSameAs(kept);
    }

    @Test
    void remembersAcrossStartsWhatATargetMissed() {
        ApplicationContextRunner journaled = runner.withBean(
                        "scripted", TargetFactory.class, ParallelWriteJournalAutoConfigurationTests::failing)
                .withPropertyValues(
                        "parallel-write.targets.b.location=scripted:",
                        "parallel-write.acknowledge=any",
                        "parallel-write.journal.directory=" + directory.toUri());
        journaled.run(context -> context.getBean(ParallelResourceWriter.class).write("x", new byte[10]));

        journaled.run(context -> assertThat(context.getBean(Journal.class).entry(TargetPath.of("x")))
                .hasValueSatisfying(
                        entry -> assertThat(entry.member("a").state()).isEqualTo(State.COMMITTED)));
    }

    @Test
    void usesTheJournalOfTheApplicationInstead() {
        runner.withBean("own", Journal.class, MemoryJournal::new)
                .withPropertyValues("parallel-write.journal.directory=" + directory)
                .run(context -> {
                    assertThat(context).getBean(Journal.class).isInstanceOf(MemoryJournal.class);
                    assertWriterKeeps(context, context.getBean("own", Journal.class));
                    assertThat(directory).isEmptyDirectory();
                });
    }

    @Test
    void doesNothingWhenDisabled() {
        runner.withPropertyValues("parallel-write.enabled=false", "parallel-write.journal.directory=" + directory)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Journal.class));
    }

    @Test
    void givesTheDirectoryBackWhenTheApplicationCannotStart() throws IOException {
        Path occupied = Files.createFile(directory.resolve("occupied"));

        runner.withPropertyValues(
                        "parallel-write.targets.c.location=" + occupied.toUri() + "/data/",
                        "parallel-write.journal.directory=" + directory.resolve("journal"))
                .run(context -> assertThat(context).hasFailed());

        FileJournal.open(directory.resolve("journal")).close(); // throws while another owner has it
    }

    @Test
    void closesTheJournalAfterTheWriter() {
        AtomicReference<ParallelResourceWriter> writer = new AtomicReference<>();
        List<WriteStatus> whenClosed = new ArrayList<>();
        Journal journal = whenClosed(() -> whenClosed.add(statusOfAWrite(writer.get())));

        runner.withBean("own", Journal.class, () -> journal)
                .run(context -> writer.set(context.getBean(ParallelResourceWriter.class)));

        assertThat(whenClosed).containsExactly(WriteStatus.REJECTED);
    }

    private static JournalEntry entry(String id, State second) {
        return new JournalEntry(
                id,
                Operation.DELETE,
                TargetPath.of(id),
                null,
                ContentAttributes.NONE,
                List.of(
                        JournalMember.of("a", second == State.PENDING ? State.PENDING : State.COMMITTED),
                        JournalMember.of("b", second)),
                Instant.EPOCH,
                JournalEntry.UNNUMBERED);
    }

    private static ParallelResourceWriter writer() {
        try {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTargetFactory().create(TargetDefinition.of("own", "memory:")))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WriteStatus statusOfAWrite(ParallelResourceWriter writer) {
        try {
            return writer.write("x", new byte[10]).status();
        } catch (ParallelWriteException e) {
            return e.result().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a journal that does something before it closes. */
    private static Journal whenClosed(Runnable action) {
        MemoryJournal journal = new MemoryJournal();
        ClassLoader loader = Journal.class.getClassLoader();
        return (Journal) Proxy.newProxyInstance(loader, new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                action.run();
            }
            return method.invoke(journal, arguments);
        });
    }

    private static TargetFactory failing() {
        return ScriptedTarget.factory(() -> {
            throw new IOException("refused");
        });
    }
}
