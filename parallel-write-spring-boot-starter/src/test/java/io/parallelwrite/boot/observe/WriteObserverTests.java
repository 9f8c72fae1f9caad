package io.parallelwrite.boot.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.parallelwrite.outcome.LaggingTargetException;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WriteObserverTests {

    private static final WriteStart START = new WriteStart(
            "id-1",
            Operation.WRITE,
            "reports/a.csv",
            List.of(new WriteStart.Participant("local", "file"), new WriteStart.Participant("s3", "s3")));

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final WriteObserver observer = new WriteObserver(registry, null, null);

    @Test
    void observesTheWriteAndEveryTargetBelowIt() {
        observer.started(START);
        observer.targetFinished(START, committed("local", "file"));
        observer.targetFinished(START, committed("s3", "s3"));
        observer.finished(START, result(WriteStatus.COMMITTED, committed("local", "file"), committed("s3", "s3")));

        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsEqualTo(3)
                .hasObservationWithNameEqualTo("parallel.write")
                .that()
                .hasBeenStopped()
                .hasLowCardinalityKeyValue("operation", "write")
                .hasLowCardinalityKeyValue("outcome", "committed")
                .hasHighCardinalityKeyValue("parallel.write.path", "reports/a.csv")
                .doesNotHaveError();
        TestObservationRegistryAssert.assertThat(registry)
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .filteredOn(context -> "parallel.write.target".equals(context.getName()))
                        .hasSize(2)
                        .allSatisfy(context -> {
                            assertThat(context.getParentObservation()).isNotNull();
                            assertThat(context.getParentObservation()
                                            .getContextView()
                                            .getName())
                                    .isEqualTo("parallel.write");
                            assertThat(valuesOf(context))
                                    .contains("operation=write", "outcome=committed")
                                    .noneMatch(value -> value.startsWith("parallel.write.path"));
                        })
                        .extracting(WriteObserverTests::valuesOf)
                        .anyMatch(values -> values.containsAll(List.of("target=local", "scheme=file")))
                        .anyMatch(values -> values.containsAll(List.of("target=s3", "scheme=s3"))));
    }

    @Test
    void isAChildOfTheObservationTheCallerIsIn() {
        Observation request = Observation.start("http.request", registry);
        request.scoped(() -> {
            observer.started(START);
            observer.finished(START, result(WriteStatus.COMMITTED));
        });
        request.stop();

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("parallel.write")
                .that()
                .hasParentObservationEqualTo(request);
    }

    @Test
    void leavesNoScopeOpen() {
        observer.started(START);
        observer.targetFinished(START, committed("local", "file"));

        assertThat(registry.getCurrentObservation()).isNull();
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    @Test
    void saysUnknownUntilTheOutcomeIsKnown() {
        observer.started(START);
        observer.targetFinished(START, committed("local", "file"));

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("parallel.write")
                .that()
                .isNotStopped()
                .hasLowCardinalityKeyValue("outcome", "unknown");
        TestObservationRegistryAssert.assertThat(registry)
                .hasAnObservationWithAKeyValue("outcome", "committed")
                .hasAnObservationWithAKeyValue("outcome", "unknown");
    }

    @Test
    void carriesTheCauseOfAFailureToTheTargetAndTheWrite() {
        IOException cause = new IOException("disk full");
        TargetOutcome failed =
                new TargetOutcome.Failed("local", "file", Duration.ofMillis(1), Phase.PREPARE, 10, cause, null);
        TargetOutcome aborted = new TargetOutcome.Aborted("s3", "s3", Duration.ofMillis(1), null);

        observer.started(START);
        observer.targetFinished(START, failed);
        observer.targetFinished(START, aborted);
        observer.finished(START, result(WriteStatus.FAILED, failed, aborted));

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("parallel.write")
                .that()
                .hasError(cause)
                .hasLowCardinalityKeyValue("outcome", "failed");
        TestObservationRegistryAssert.assertThat(registry).hasHandledContextsThatSatisfy(contexts -> {
            assertThat(contexts)
                    .filteredOn(context -> valuesOf(context).contains("target=local"))
                    .singleElement()
                    .satisfies(context -> {
                        assertThat(context.getError()).isSameAs(cause);
                        assertThat(valuesOf(context)).contains("outcome=failed");
                    });
            assertThat(contexts)
                    .filteredOn(context -> valuesOf(context).contains("target=s3"))
                    .singleElement()
                    .satisfies(context -> {
                        assertThat(context.getError()).isNull();
                        assertThat(valuesOf(context)).contains("outcome=aborted");
                    });
        });
    }

    @Test
    void showsThatATargetWasDetached() {
        LaggingTargetException lag = new LaggingTargetException(Phase.WRITE, Duration.ofSeconds(5), 64);
        TargetOutcome detached = new TargetOutcome.Detached("s3", "s3", Duration.ofSeconds(5), 10, lag, null);

        observer.started(START);
        observer.finished(START, result(WriteStatus.COMMITTED_DEGRADED, committed("local", "file"), detached));

        TestObservationRegistryAssert.assertThat(registry)
                .hasAnObservation(context -> context.hasError(lag).hasLowCardinalityKeyValue("outcome", "detached"));
    }

    @Test
    void showsADoubtAsAnErrorOfTheTargetAlsoWhenTheWriteIsASuccess() {
        IOException cause = new IOException("answer lost");
        TargetOutcome inDoubt = new TargetOutcome.InDoubt("s3", "s3", Duration.ofMillis(1), Phase.COMMIT, cause);

        observer.started(START);
        observer.targetFinished(START, committed("local", "file"));
        observer.targetFinished(START, inDoubt);
        observer.finished(START, result(WriteStatus.COMMITTED_DEGRADED, committed("local", "file"), inDoubt));

        TestObservationRegistryAssert.assertThat(registry)
                .hasAnObservation(context -> context.hasError(cause).hasLowCardinalityKeyValue("outcome", "in_doubt"))
                .hasObservationWithNameEqualTo("parallel.write")
                .that()
                .doesNotHaveError()
                .hasLowCardinalityKeyValue("outcome", "committed_degraded");
    }

    @Test
    void stopsTargetsThatWereNeverReportedWhenTheWriteEnds() {
        observer.started(START);
        observer.finished(
                START,
                result(
                        WriteStatus.REJECTED,
                        new TargetOutcome.Skipped("local", "file"),
                        new TargetOutcome.Skipped("s3", "s3")));

        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo("parallel.write.target", 2)
                .forAllObservationsWithNameEqualTo(
                        "parallel.write.target", context -> context.hasLowCardinalityKeyValue("outcome", "skipped"))
                .hasObservationWithNameEqualTo("parallel.write")
                .that()
                .hasBeenStopped();
    }

    @Test
    void usesTheConventionsItIsGiven() {
        WriteObserver renamed = new WriteObserver(
                registry,
                new DefaultWriteObservationConvention() {
                    @Override
                    public String getName() {
                        return "archive.write";
                    }
                },
                new DefaultTargetWriteObservationConvention() {
                    @Override
                    public KeyValues getLowCardinalityKeyValues(TargetWriteObservationContext context) {
                        return super.getLowCardinalityKeyValues(context).and("region", "eu");
                    }
                });

        renamed.started(START);
        renamed.finished(START, result(WriteStatus.COMMITTED, committed("local", "file"), committed("s3", "s3")));

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("archive.write")
                .that()
                .hasBeenStopped();
        TestObservationRegistryAssert.assertThat(registry).hasAnObservationWithAKeyValue("region", "eu");
    }

    @Test
    void doesNothingWithARegistryThatObservesNothing() {
        WriteObserver idle = new WriteObserver(ObservationRegistry.NOOP, null, null);

        idle.started(START);
        idle.targetFinished(START, committed("local", "file"));
        idle.finished(START, result(WriteStatus.COMMITTED));

        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
    }

    @Test
    void documentsEveryKeyItSets() {
        observer.started(START);
        observer.finished(START, result(WriteStatus.COMMITTED, committed("local", "file"), committed("s3", "s3")));

        for (WriteObservationDocumentation documented : WriteObservationDocumentation.values()) {
            String name =
                    documented == WriteObservationDocumentation.WRITE ? "parallel.write" : "parallel.write.target";
            TestObservationRegistryAssert.assertThat(registry)
                    .forAllObservationsWithNameEqualTo(
                            name,
                            context -> context.hasOnlyKeys(Stream.of(
                                            documented.getLowCardinalityKeyNames(),
                                            documented.getHighCardinalityKeyNames())
                                    .flatMap(Arrays::stream)
                                    .map(key -> key.asString())
                                    .toArray(String[]::new)));
        }
    }

    private static List<String> valuesOf(Observation.ContextView context) {
        return context.getLowCardinalityKeyValues().stream()
                .map((KeyValue value) -> value.getKey() + "=" + value.getValue())
                .toList();
    }

    private static TargetOutcome committed(String target, String scheme) {
        return new TargetOutcome.Committed(target, scheme, Duration.ofMillis(1), Receipt.UNKNOWN);
    }

    private static WriteResult result(WriteStatus status, TargetOutcome... outcomes) {
        return new WriteResult(
                START.id(), START.operation(), START.path(), status, 10, null, Duration.ofMillis(2), List.of(outcomes));
    }
}
