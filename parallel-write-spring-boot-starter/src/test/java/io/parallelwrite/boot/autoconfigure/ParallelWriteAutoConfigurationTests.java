package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.MemoryTargetFactory;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.FileSystemResource;

class ParallelWriteAutoConfigurationTests {

    private static final byte[] CONTENT = "written once".getBytes(StandardCharsets.UTF_8);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ParallelWriteAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

    private final ApplicationContextRunner twoTargets = runner.withPropertyValues(
            "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    @Test
    void writesToEveryConfiguredTarget() {
        twoTargets.run(context -> {
            WriteResult result = context.getBean(ParallelResourceWriter.class).write("reports/a.csv", CONTENT);

            assertThat(result.isSuccess()).isTrue();
            assertThat(result.size()).isEqualTo(CONTENT.length);
            assertThat(result.outcomes()).hasSize(2);
        });
    }

    @Test
    void doesNothingWhenDisabled() {
        runner.withPropertyValues("parallel-write.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ParallelResourceWriter.class)
                        .doesNotHaveBean(ParallelWriteExecutorConfiguration.BEAN_NAME));
    }

    @Test
    void backsOffBehindAWriterOfTheApplication() {
        runner.withUserConfiguration(OwnWriter.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(ParallelResourceWriter.class)
                        .satisfies(writer -> assertThat(writer.targets())
                                .extracting(Target::name)
                                .containsExactly("own")));
    }

    @Test
    void asksFactoriesOfTheApplicationFirst() {
        twoTargets
                .withUserConfiguration(OwnKind.class)
                .run(context -> assertThat(
                                context.getBean(ParallelResourceWriter.class).targets())
                        .extracting(Target::name)
                        .containsExactly("a-own", "b-own"));
    }

    @Test
    void givesOptionsToTheFactory() {
        runner.withUserConfiguration(OwnKind.class)
                .withPropertyValues(
                        "parallel-write.targets.a.location=own:", "parallel-write.targets.a.options.suffix=green")
                .run(context -> assertThat(
                                context.getBean(ParallelResourceWriter.class).targets())
                        .extracting(Target::name)
                        .containsExactly("a-green"));
    }

    @Test
    void appliesCustomizersInOrderAfterTheProperties() {
        twoTargets.withUserConfiguration(Customizers.class).run(context -> {
            assertThat(context.getBean(Customizers.class).calls).containsExactly("first", "second");
            assertThat(context.getBean(ParallelResourceWriter.class).targets())
                    .extracting(Target::name)
                    .containsExactly("a", "b", "added");
        });
    }

    @Test
    void startsWithTargetsThatOnlyACustomizerAdds() {
        runner.withUserConfiguration(Customizers.class)
                .run(context -> assertThat(
                                context.getBean(ParallelResourceWriter.class).targets())
                        .extracting(Target::name)
                        .containsExactly("added"));
    }

    @Test
    void tellsListenersOfEveryWriteInTheirOrder() {
        twoTargets.withUserConfiguration(Listeners.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", CONTENT);

            assertThat(context.getBean(Listeners.class).heard).containsExactly("early a", "late a");
        });
    }

    @Test
    void publishesADivergenceAsAnEventAndToListeners() {
        runner.withUserConfiguration(OneTargetInDoubt.class)
                .withPropertyValues(
                        "parallel-write.targets.good.location=memory:",
                        "parallel-write.targets.lying.location=scripted:")
                .run(context -> {
                    assertThatIOException()
                            .isThrownBy(() -> context.getBean(ParallelResourceWriter.class)
                                    .write("a", CONTENT))
                            .isInstanceOf(ParallelWriteException.class);

                    OneTargetInDoubt heard = context.getBean(OneTargetInDoubt.class);
                    assertThat(heard.events).hasSize(1);
                    assertThat(heard.events.get(0).targets()).containsExactly("lying");
                    assertThat(heard.events.get(0).path()).isEqualTo("a");
                    assertThat(heard.calls).isEqualTo(heard.events);
                });
    }

    @Test
    void ordersTargetsByOrderThenByNameWhateverTheOrderOfTheSources() {
        runner.withPropertyValues(
                        "parallel-write.targets.zebra.location=memory:",
                        "parallel-write.targets.ant.location=memory:",
                        "parallel-write.targets.last.location=memory:",
                        "parallel-write.targets.last.order=2",
                        "parallel-write.targets.bee.location=memory:")
                .withSystemProperties(
                        "parallel-write.targets.first.location=memory:", "parallel-write.targets.first.order=1")
                .run(context -> assertThat(
                                context.getBean(ParallelResourceWriter.class).targets())
                        .extracting(Target::name)
                        .containsExactly("first", "last", "ant", "bee", "zebra"));
    }

    @Test
    void servesProtocolsOfTheApplicationAsResources(@TempDir Path directory) {
        runner.withInitializer(context ->
                        context.addProtocolResolver((location, loader) -> location.startsWith("own://")
                                ? new FileSystemResource(directory + "/" + location.substring("own://".length()))
                                : null))
                .withPropertyValues("parallel-write.targets.a.location=own://data/")
                .run(context -> {
                    Files.createDirectories(directory.resolve("data"));
                    context.getBean(ParallelResourceWriter.class).write("a.txt", CONTENT);

                    assertThat(directory.resolve("data/a.txt")).hasBinaryContent(CONTENT);
                });
    }

    @Test
    void closesTheWriterWithTheContext() {
        List<ParallelResourceWriter> writers = new ArrayList<>();
        twoTargets.run(context -> writers.add(context.getBean(ParallelResourceWriter.class)));

        assertThatIOException().isThrownBy(() -> writers.get(0).write("a", CONTENT));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnWriter {

        @Bean
        ParallelResourceWriter ownWriter() throws Exception {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTargetFactory().create(TargetDefinition.of("own", "memory:")))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnKind {

        @Bean
        TargetFactory ownKind() {
            return new TargetFactory() {
                @Override
                public boolean supports(TargetDefinition definition) {
                    return true;
                }

                @Override
                public Target create(TargetDefinition definition) {
                    String suffix = definition.options().getOrDefault("suffix", "own");
                    return new MemoryTargetFactory()
                            .create(TargetDefinition.of(definition.name() + "-" + suffix, "memory:"));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        final List<String> calls = new ArrayList<>();

        @Bean
        @Order(2)
        ParallelResourceWriterBuilderCustomizer second() {
            return builder -> calls.add("second");
        }

        @Bean
        @Order(1)
        ParallelResourceWriterBuilderCustomizer first() {
            return builder -> {
                calls.add("first");
                builder.target(new MemoryTargetFactory().create(TargetDefinition.of("added", "memory:")));
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        final List<String> heard = new ArrayList<>();

        @Bean
        @Order(2)
        WriteListener late() {
            return listener("late ");
        }

        @Bean
        @Order(1)
        WriteListener early() {
            return listener("early ");
        }

        private WriteListener listener(String name) {
            return new WriteListener() {
                @Override
                public void finished(WriteStart start, WriteResult result) {
                    heard.add(name + start.path());
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneTargetInDoubt {

        final List<Divergence> events = new ArrayList<>();
        final List<Divergence> calls = new ArrayList<>();

        @Bean
        TargetFactory scripted() {
            return ScriptedTarget.factory(() -> {
                throw new IOException("the answer was lost");
            });
        }

        @Bean
        DivergenceListener divergenceListener() {
            return calls::add;
        }

        @EventListener
        void on(Divergence divergence) {
            events.add(divergence);
        }
    }
}
