package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetFactory;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ParallelWriteJournalAutoConfigurationTests {

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class, ParallelWriteJournalAutoConfiguration.class))
            .withPropertyValues(
                    "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    @Test
    void keepsNoJournalUnlessOneIsConfigured() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(Journal.class);
            assertThat(context.getBean(ParallelResourceWriter.class).repairer()).isEmpty();
        });
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
                    assertThat(context.getBean(ParallelResourceWriter.class)
                                    .repairer()
                                    .orElseThrow()
                                    .journal())
                            .isSameAs(context.getBean(Journal.class));
                });
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
                    assertThat(context.getBean(ParallelResourceWriter.class)
                                    .repairer()
                                    .orElseThrow()
                                    .journal())
                            .isSameAs(context.getBean("own"));
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
