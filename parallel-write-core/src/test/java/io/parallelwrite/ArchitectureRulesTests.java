package io.parallelwrite;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import software.amazon.awssdk.regions.Region;

/** Every rule must find what it forbids, or its success would mean nothing. */
class ArchitectureRulesTests {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.parallelwrite");

    private static final JavaClasses OFFENDERS = offenders();

    private static JavaClasses offenders() {
        List<Class<?>> classes = new ArrayList<>(List.of(ArchitectureRulesTests.class.getDeclaredClasses()));
        classes.addAll(List.of(String.class, Collection.class, Stream.class, Optional.class));
        return new ClassFileImporter().importClasses(classes);
    }

    private static boolean finds(ArchRule rule, Class<?>... offenders) {
        return rule.evaluate(OFFENDERS.that(belongToAnyOf(offenders))).hasViolation();
    }

    @Test
    void findsAPackageThatImportsALaterOne() {
        List<String> reversed = new ArrayList<>(ArchitectureRules.PACKAGES);
        Collections.reverse(reversed);

        assertThat(ArchitectureRules.packageOrder(reversed).evaluate(PRODUCTION).hasViolation())
                .isTrue();
    }

    @Test
    void findsAPackageThatHasNoPlaceInTheOrder() {
        assertThat(finds(ArchitectureRules.packageOrder(ArchitectureRules.PACKAGES), String.class))
                .isTrue();
    }

    @Test
    void findsPackagesThatImportEachOther() {
        assertThat(finds(ArchitectureRules.noCycles("java.(**)"), Collection.class, Stream.class, Optional.class))
                .isTrue();
    }

    @Test
    void findsTheAwsSdkAndSpringOutsideTheirPlaces() {
        assertThat(finds(ArchitectureRules.onlyS3SeesTheAwsSdk(), SeesTheAwsSdk.class))
                .isTrue();
        assertThat(finds(ArchitectureRules.onlySpringCoreIsSeen(), SeesSpringBoot.class))
                .isTrue();
    }

    @Test
    void findsAFutureThatIsCancelledHoweverItIsTyped() {
        ArchRule rule = ArchitectureRules.nothingCancelsAFuture();

        assertThat(finds(rule, CancelsAScheduledFuture.class)).isTrue();
        assertThat(finds(rule, CancelsACompletableFuture.class)).isTrue();
        assertThat(finds(rule, CancelsByReference.class)).isTrue();
        assertThat(finds(
                        ArchitectureRules.nothingCancelsAFuture(CancelsAScheduledFuture.class.getName()),
                        CancelsAScheduledFuture.class,
                        Prints.class))
                .as("allowed")
                .isFalse();
    }

    @Test
    void findsAnExecutorThatIsShutDownNow() {
        ArchRule rule = ArchitectureRules.nothingShutsAnExecutorDownNow();

        assertThat(finds(rule, ShutsDownNow.class)).isTrue();
        assertThat(finds(rule, ShutsDownNowByReference.class)).isTrue();
        assertThat(finds(rule, ShutsDownPatiently.class)).as("allowed").isFalse();
    }

    @Test
    void findsAThreadThatIsInterruptedButForTheCurrentOne() {
        ArchRule rule = ArchitectureRules.nothingInterruptsAnotherThread();

        assertThat(finds(rule, InterruptsAnother.class)).isTrue();
        assertThat(finds(rule, InterruptsBesideTheCurrent.class)).isTrue();
        assertThat(finds(rule, InterruptsByReference.class)).isTrue();
        assertThat(finds(rule, RestoresTheFlag.class)).as("allowed").isFalse();
    }

    @Test
    void findsAThreadThatIsStoppedOrSleeps() {
        assertThat(finds(ArchitectureRules.nothingStopsAThread(), Stops.class)).isTrue();
        assertThat(finds(ArchitectureRules.nothingSleeps(), Sleeps.class)).isTrue();
    }

    @Test
    void findsAMoveThatMayBeACopy() {
        assertThat(finds(ArchitectureRules.everyMoveIsAtomic(), MovesAnyhow.class))
                .isTrue();
        assertThat(finds(ArchitectureRules.everyMoveIsAtomic(), MovesAtomically.class))
                .as("allowed")
                .isFalse();
    }

    @Test
    void findsLoggingThatTheApplicationCannotSteer() {
        assertThat(finds(ArchitectureRules.loggingIsTheApplications(), LogsElsewhere.class))
                .isTrue();
        assertThat(finds(ArchitectureRules.loggingIsTheApplications(), Prints.class))
                .isTrue();
    }

    @Test
    void findsAPackageWithoutNullMarked() {
        assertThat(finds(ArchitectureRules.everyPackageIsNullMarked(), String.class))
                .isTrue();
    }

    @Test
    void findsNamesThatSayNothing() {
        assertThat(finds(ArchitectureRules.namesSayWhatAClassIs(), WriterImpl.class))
                .isTrue();
        assertThat(finds(ArchitectureRules.namesSayWhatAClassIs(), PathUtils.class))
                .isTrue();
        assertThat(finds(ArchitectureRules.namesSayWhatAClassIs(), Prints.class))
                .as("allowed")
                .isFalse();
    }

    @Test
    void findsAPublicTypeOfTheEngineThatIsNotListed() {
        assertThat(ArchitectureRules.theEngineHides("WriteEngine")
                        .evaluate(PRODUCTION)
                        .hasViolation())
                .isTrue();
    }

    record SeesTheAwsSdk(Region region) {}

    record SeesSpringBoot(WebApplicationType application) {}

    record CancelsAScheduledFuture(ScheduledFuture<?> future) {
        void cancel() {
            future.cancel(true);
        }
    }

    record CancelsACompletableFuture(CompletableFuture<?> future) {
        void cancel() {
            future.cancel(false);
        }
    }

    record CancelsByReference() {
        Consumer<Boolean> cancel(FutureTask<?> future) {
            return future::cancel;
        }
    }

    record ShutsDownNow(ThreadPoolExecutor executor) {
        void close() {
            executor.shutdownNow();
        }
    }

    record ShutsDownNowByReference() {
        Runnable close(ExecutorService executor) {
            return executor::shutdownNow;
        }
    }

    record ShutsDownPatiently(ThreadPoolExecutor executor) {
        void close() {
            executor.shutdown();
        }
    }

    record InterruptsAnother(Thread thread) {
        void interrupt() {
            thread.interrupt();
        }
    }

    record InterruptsBesideTheCurrent(Thread thread) {
        void interrupt() {
            if (thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
    }

    record InterruptsByReference() {
        Consumer<Thread> interrupt() {
            return Thread::interrupt;
        }
    }

    record RestoresTheFlag() {
        void restore() {
            Thread.currentThread().interrupt();
        }
    }

    record Stops(Thread thread) {
        @SuppressWarnings({"deprecation", "removal"})
        void end() {
            thread.stop();
        }
    }

    record Sleeps() {
        void rest() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    record MovesAnyhow(Path path) {
        void moveTo(Path other) throws IOException {
            Files.move(path, other, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    record MovesAtomically(Path path) {
        void moveTo(Path other) throws IOException {
            Files.move(path, other, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    record LogsElsewhere(Logger log) {}

    record Prints(String text) {
        void print() {
            System.out.println(text);
        }
    }

    record WriterImpl() {}

    record PathUtils() {}
}
