package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.MemoryTarget;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.WritableResource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Locations such as {@code parallel:reports/a.csv}. */
class ParallelProtocolTests {

    private static final byte[] CONTENT = "written once".getBytes(StandardCharsets.UTF_8);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelReadAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class));

    private final ApplicationContextRunner twoTargets = runner.withPropertyValues(
            "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    @Test
    void readsAndWritesThroughTheResourceLoader() {
        twoTargets.run(context -> {
            WritableResource resource = (WritableResource) context.getResource("parallel:reports/a.csv");
            assertThat(resource.exists()).isFalse();

            try (OutputStream out = resource.getOutputStream()) {
                out.write(CONTENT);
            }

            assertThat(resource.exists()).isTrue();
            assertThat(resource.isReadable()).isTrue();
            assertThat(resource.contentLength()).isEqualTo(CONTENT.length);
            assertThat(resource.lastModified()).isPositive();
            assertThat(resource.getContentAsByteArray()).isEqualTo(CONTENT);
            assertThat(resource.getFilename()).isEqualTo("a.csv");
            assertThat(context.getBean(ParallelResourceWriter.class)
                            .resource("reports/a.csv")
                            .exists())
                    .isTrue();
        });
    }

    @Test
    void isInjectedByValue() {
        twoTargets
                .withUserConfiguration(Injected.class)
                .withPropertyValues("report=parallel:reports/a.csv")
                .run(context -> {
                    context.getBean(ParallelResourceWriter.class).write("reports/a.csv", CONTENT);

                    Injected injected = context.getBean(Injected.class);
                    assertThat(injected.resource.getContentAsByteArray()).isEqualTo(CONTENT);
                    assertThat(injected.writable.isWritable()).isTrue();
                });
    }

    @Test
    void isInjectedIntoBeansThatAreCreatedBeforeAllOthers() {
        twoTargets.withUserConfiguration(Early.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", CONTENT);

            assertThat(context.getBean(EarlyProcessor.class).resource.getContentAsByteArray())
                    .isEqualTo(CONTENT);
            assertThat(context.getBean(EarlierProcessor.class).resource.getContentAsByteArray())
                    .isEqualTo(CONTENT);
        });
    }

    @Test
    void resolvesSingleLocationsAmongPatterns() {
        twoTargets.run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", CONTENT);

            ResourcePatternResolver resolver = context;
            assertThat(resolver.getResources("parallel:a"))
                    .singleElement()
                    .satisfies(resource ->
                            assertThat(resource.getContentAsByteArray()).isEqualTo(CONTENT));
        });
    }

    @Test
    void makesNoWriterBeforeTheResourceIsUsed() {
        twoTargets.withUserConfiguration(Early.class).run(context -> {
            assertThat(context.getBean(EarlierProcessor.class).writerWasMade).isFalse();
            assertThat(context.getBeanFactory().containsSingleton("parallelResourceWriter"))
                    .isTrue();
        });
    }

    @Test
    void resolvesRelativePaths() {
        twoTargets.run(context -> {
            context.getBean(ParallelResourceWriter.class).write("reports/b.csv", CONTENT);

            assertThat(context.getResource("parallel:reports/a.csv")
                            .createRelative("b.csv")
                            .getContentAsByteArray())
                    .isEqualTo(CONTENT);
        });
    }

    @Test
    void equalLocationsAreEqualResources() {
        twoTargets.run(context -> assertThat(context.getResource("parallel:a"))
                .isEqualTo(context.getResource("parallel:a"))
                .hasSameHashCodeAs(context.getResource("parallel:a"))
                .isNotEqualTo(context.getResource("parallel:b")));
    }

    @Test
    void refusesAPathThatCannotBeUsed() {
        twoTargets.run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> context.getResource("parallel:../outside"))
                .isInstanceOf(InvalidTargetPathException.class)
                .withMessageContainingAll("'../outside'", "as in parallel:reports/a.csv"));
    }

    @Test
    void saysThatThereAreNoPatterns() {
        twoTargets.run(context -> {
            ResourcePatternResolver resolver = context;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resolver.getResources("parallel:reports/*.csv"))
                    .withMessageContaining("neither directories nor patterns");
        });
    }

    @Test
    void leavesOtherLocationsAlone() {
        twoTargets.run(context ->
                assertThat(context.getResource("file:/parallel:a").getFile()).isEqualTo(new File("/parallel:a")));
    }

    @Test
    void meansThePrimaryOfSeveralWriters() {
        runner.withUserConfiguration(PrimaryAndOther.class).run(context -> {
            context.getBean("main", ParallelResourceWriter.class).write("a", CONTENT);

            assertThat(context.getResource("parallel:a").exists()).isTrue();
        });
    }

    @Test
    void namesTheWritersItCannotChooseFromWhenItIsUsed() {
        runner.withUserConfiguration(TwoWriters.class).run(context -> {
            assertThat(context).hasNotFailed();
            Resource resource = context.getResource("parallel:reports/a.csv");

            assertThatIllegalStateException()
                    .isThrownBy(resource::exists)
                    .withMessageContainingAll("parallel:reports/a.csv", "[one, two]", "@Primary");
        });
    }

    @Test
    void meansTheWriterOfAParentContextIfThereIsNoOther() {
        twoTargets.run(parent -> {
            parent.getBean(ParallelResourceWriter.class).write("a", CONTENT);
            try (ConfigurableApplicationContext child = childOf(parent)) {
                assertThat(child.getResource("parallel:a").exists()).isTrue();
            }
        });
    }

    private static ConfigurableApplicationContext childOf(ConfigurableApplicationContext parent) {
        AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
        child.setParent(parent);
        child.addProtocolResolver(new ParallelProtocolResolver(child));
        child.refresh();
        return child;
    }

    @Test
    void isNotThereWhenDisabled() {
        runner.withPropertyValues("parallel-write.enabled=false")
                .run(context -> assertThat(context.getResource("parallel:a").getDescription())
                        .as("what Spring makes of an unknown protocol")
                        .startsWith("class path resource"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Injected {

        @Value("${report}")
        Resource resource;

        @Value("parallel:reports/b.csv")
        WritableResource writable;
    }

    @Configuration(proxyBeanMethods = false)
    static class Early {

        @Bean
        static EarlyProcessor earlyProcessor(ResourceLoader loader) {
            return new EarlyProcessor(loader.getResource("parallel:a"));
        }

        @Bean
        static EarlierProcessor earlierProcessor(ResourceLoader loader) {
            return new EarlierProcessor(loader);
        }
    }

    /** Created before ordinary beans. */
    static final class EarlyProcessor implements BeanPostProcessor {

        private final Resource resource;

        EarlyProcessor(Resource resource) {
            this.resource = resource;
        }
    }

    /** Created before bean post-processors. */
    static final class EarlierProcessor implements BeanFactoryPostProcessor {

        private final ResourceLoader loader;
        private Resource resource;
        private boolean writerWasMade;

        EarlierProcessor(ResourceLoader loader) {
            this.loader = loader;
        }

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
            resource = loader.getResource("parallel:a");
            writerWasMade = beans.containsSingleton("parallelResourceWriter");
        }
    }

    private static ParallelResourceWriter newWriter() throws IOException {
        return ParallelResourceWriter.builder()
                .target(new MemoryTarget("memory"))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryAndOther {

        @Bean
        @Primary
        ParallelResourceWriter main() throws IOException {
            return newWriter();
        }

        @Bean
        ParallelResourceWriter other() throws IOException {
            return newWriter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoWriters {

        @Bean
        ParallelResourceWriter one() throws IOException {
            return newWriter();
        }

        @Bean
        ParallelResourceWriter two() throws IOException {
            return newWriter();
        }
    }
}
