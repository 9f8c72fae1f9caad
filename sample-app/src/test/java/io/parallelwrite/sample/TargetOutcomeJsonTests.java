package io.parallelwrite.sample;

import io.parallelwrite.outcome.LaggingTargetException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;
import tools.jackson.databind.json.JsonMapper;

/** What a client reads about a target that did not commit. */
class TargetOutcomeJsonTests {

    private static final IOException LEFT_BEHIND =
            new IOException("the upload may be left; a lifecycle rule removes it");

    @Test
    void saysWhatATargetThatFailedMayHaveLeftBehind() {
        JsonContentAssert json = jsonOf(failed(LEFT_BEHIND));

        json.extractingPath("$.outcome").isEqualTo("failed");
        json.extractingPath("$.failure.cause").isEqualTo("connection refused");
        json.extractingPath("$.leftBehind").isEqualTo("the upload may be left; a lifecycle rule removes it");
    }

    @Test
    void saysWhatATargetThatWasAbortedMayHaveLeftBehind() {
        JsonContentAssert json = jsonOf(aborted(LEFT_BEHIND));

        json.extractingPath("$.outcome").isEqualTo("aborted");
        json.extractingPath("$.leftBehind").isEqualTo("the upload may be left; a lifecycle rule removes it");
    }

    @Test
    void saysHowFarATargetWasBehindThatWasDetached() {
        LaggingTargetException lag = new LaggingTargetException(Phase.WRITE, Duration.ofSeconds(5), 64);
        JsonContentAssert json =
                jsonOf(new TargetOutcome.Detached("s3", "s3", Duration.ofSeconds(5), 3, lag, LEFT_BEHIND));

        json.extractingPath("$.outcome").isEqualTo("detached");
        json.extractingPath("$.failure.cause").asString().contains("64 bytes behind");
        json.doesNotHavePath("$.failure.phase");
        json.extractingPath("$.leftBehind").isEqualTo("the upload may be left; a lifecycle rule removes it");
    }

    @Test
    void doesNotSpeakOfWhatIsLeftBehindWhenNothingIs() {
        jsonOf(failed(null)).doesNotHavePath("$.leftBehind");
        jsonOf(aborted(null)).doesNotHavePath("$.leftBehind");
    }

    private static TargetOutcome failed(@Nullable Throwable leftBehind) {
        IOException cause = new IOException("connection refused");
        return new TargetOutcome.Failed("s3", "s3", Duration.ofMillis(1), Phase.WRITE, 3, cause, leftBehind);
    }

    private static TargetOutcome aborted(@Nullable Throwable leftBehind) {
        return new TargetOutcome.Aborted("s3", "s3", Duration.ofMillis(1), leftBehind);
    }

    private static JsonContentAssert jsonOf(TargetOutcome outcome) {
        String json = JsonMapper.shared().writeValueAsString(TargetOutcomeJson.of(outcome));
        return new JsonContentAssert(new JsonContent(json));
    }
}
