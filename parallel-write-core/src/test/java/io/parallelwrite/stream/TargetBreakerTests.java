package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.RequestRefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetBreakerTests {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final IOException FAILURE = new IOException("no space at /var/data");

    private final ManualTimer timer = new ManualTimer();
    private final List<TargetBreaker.ProbeEnd> probes = new ArrayList<>();
    private int changes;
    private TargetBreaker breaker = breaker(BreakerSettings.defaults());

    private TargetBreaker breaker(BreakerSettings settings) {
        TargetBreaker created =
                new TargetBreaker("s3", settings, new ProbeDelay(settings, new Random(7)), timer, probes::add);
        created.whenChanged(() -> changes++);
        return created;
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(Phase.COMMIT, FAILURE);
        }
    }

    private void endProbe(@Nullable Throwable failure) {
        probes.get(probes.size() - 1).ended(failure);
    }

    @Test
    void takesTheTargetOutAfterSoManyFailuresInARow() {
        timer.advance(Duration.ofSeconds(5));
        fail(4);
        assertThat(breaker.refusal()).isNull();
        fail(1);
        assertThat(breaker.refusal())
                .hasMessage("target 's3' is out since 1970-01-01T00:00:05Z (5 calls in a row failed, the last while"
                        + " committing: IOException); it takes writes again when a probe of it succeeds")
                .hasCause(FAILURE);
        assertThat(changes).isOne();
    }

    @Test
    void aSuccessEndsTheRow() {
        fail(4);
        breaker.succeeded();
        fail(4);
        assertThat(breaker.isOut()).isFalse();
        fail(1);
        assertThat(breaker.isOut()).isTrue();
    }

    static Stream<Throwable> ofRequests() {
        return Stream.of(
                new FileAlreadyExistsException("a"),
                new NotAppliedException("refused", new FileAlreadyExistsException("a")),
                new RequestRefusedException("a directory is there", null),
                new NotAppliedException("refused", new RequestRefusedException("a directory is there", null)),
                new InvalidTargetPathException("a", "the key is too long"),
                new ContentMismatchException("another checksum"),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("ofRequests")
    void doesNotCountWhatSaysNothingAboutTheTarget(Throwable failure) {
        for (int i = 0; i < 100; i++) {
            breaker.failed(Phase.OPEN, failure);
        }
        assertThat(breaker.isOut()).isFalse();
    }

    @Test
    void countsACommitThatWasRefusedForTheStateOfTheTarget() {
        for (int i = 0; i < 5; i++) {
            breaker.failed(Phase.COMMIT, new NotAppliedException("the disk is read-only", new IOException()));
        }
        assertThat(breaker.isOut()).isTrue();
    }

    @Test
    void takesTheTargetOutAtOnceWhenItsShareOfCallsHangs() {
        breaker.stuck(8, FAILURE);
        assertThat(Objects.requireNonNull(breaker.outage()).reason())
                .isEqualTo("8 calls have not returned since their deadlines passed");
        breaker.stuck(8, FAILURE);
        fail(5);
        assertThat(changes).as("taken out once").isOne();
    }

    @Test
    void neverTakesATargetOutWhenDisabled() {
        breaker = breaker(BreakerSettings.defaults().withEnabled(false));
        fail(100);
        breaker.stuck(8, FAILURE);
        assertThat(breaker.isOut()).isFalse();
        assertThat(timer.alarmCount()).isZero();
    }

    @Test
    void sendsProbesLaterAndLater() {
        fail(5);
        Duration full = FIRST;
        for (int sent = 0; sent < 10; sent++) {
            timer.advance(full.dividedBy(2).minusNanos(1));
            assertThat(probes).as("before half of %s", full).hasSize(sent);
            timer.advance(full.dividedBy(2).plusNanos(1));
            assertThat(probes).as("after %s", full).hasSize(sent + 1);
            endProbe(FAILURE);
            full = full.multipliedBy(2).compareTo(LONGEST) < 0 ? full.multipliedBy(2) : LONGEST;
        }
        assertThat(breaker.isOut()).isTrue();
        assertThat(changes).as("a failed probe changes nothing").isOne();
    }

    @Test
    void sendsNoProbeWhileTheOneBeforeHasNotEnded() {
        fail(5);
        timer.advance(FIRST);
        timer.advance(Duration.ofHours(1));
        assertThat(probes).hasSize(1);
        endProbe(FAILURE);
        timer.advance(FIRST.multipliedBy(2));
        assertThat(probes).hasSize(2);
    }

    @Test
    void sendsTheNextProbeAlsoIfOneCouldNotBeStarted() {
        RuntimeException failure = new IllegalStateException("no thread");
        BreakerSettings settings = BreakerSettings.defaults();
        ProbeDelay delay = new ProbeDelay(settings, new Random(7));
        breaker = new TargetBreaker("s3", settings, delay, timer, end -> {
            probes.add(end);
            throw failure;
        });
        fail(5);
        timer.advance(FIRST);
        timer.advance(FIRST.multipliedBy(2));
        assertThat(probes).hasSize(2);
        assertThat(breaker.refusal()).hasCause(failure);
    }

    @Test
    void keepsWhatTheLastProbeFailedWith() {
        fail(5);
        timer.advance(FIRST);
        IOException away = new IOException("the store is away");
        endProbe(away);
        assertThat(breaker.refusal()).hasCause(away).hasMessageContaining("5 calls in a row failed");
    }

    @Test
    void takesTheTargetInWhenAProbeSucceeds() {
        fail(5);
        timer.advance(FIRST);
        endProbe(null);
        assertThat(breaker.refusal()).isNull();
        assertThat(changes).isEqualTo(2);
        assertThat(timer.alarmCount()).isZero();
        fail(4);
        assertThat(breaker.isOut()).as("counted anew").isFalse();
    }

    @Test
    void leavesItToTheProbesWhatAWriteThatWasUnderWayAchieves() {
        fail(5);
        breaker.succeeded();
        assertThat(breaker.isOut()).isTrue();
    }

    @Test
    void goesOnWithTheLongerDelayIfNoWriteHasSucceededInBetween() {
        fail(5);
        timer.advance(FIRST);
        endProbe(null);
        fail(5);
        timer.advance(FIRST.minusNanos(1));
        assertThat(probes).hasSize(1);
        timer.advance(FIRST);
        assertThat(probes).hasSize(2);
    }

    @Test
    void beginsWithTheShortDelayAgainOnceAWriteHasSucceeded() {
        fail(5);
        timer.advance(FIRST);
        endProbe(null);
        breaker.succeeded();
        fail(5);
        timer.advance(FIRST);
        assertThat(probes).hasSize(2);
    }

    @Test
    void sendsNoMoreProbesWhenClosed() {
        fail(5);
        breaker.close();
        assertThat(timer.alarmCount()).isZero();
        fail(5);
        timer.advance(LONGEST);
        assertThat(probes).isEmpty();
    }

    @Test
    void refusesLimitsThatCannotBeUsed() {
        BreakerSettings defaults = BreakerSettings.defaults();
        assertThatThrownBy(() -> defaults.withFailureLimit(0))
                .hasMessageContaining("failure limit [0] must be at least 1");
        assertThatThrownBy(() -> defaults.withProbeDelays(Duration.ZERO, LONGEST))
                .hasMessageContaining("probe delay [PT0S] must be positive");
        assertThatThrownBy(() -> defaults.withProbeDelays(FIRST, Duration.ofMillis(1)))
                .hasMessageContaining("longest probe delay [PT0.001S] must not be shorter");
    }
}
