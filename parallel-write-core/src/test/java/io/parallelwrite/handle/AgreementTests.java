package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.handle.HandleAnswer.Returned;
import io.parallelwrite.handle.HandleAnswer.Threw;
import io.parallelwrite.handle.HandleAnswer.Unfinished;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** One answer of many, or who said what. */
class AgreementTests {

    private final IOException full = new IOException("disk full");

    @Test
    void isWhatAllReturned() throws Throwable {
        assertThat(agreed(new Returned(0, 5), new Returned(1, 5))).isEqualTo(5);
        assertThat(agreed(new Returned(0, null), new Returned(1, null))).isNull();
    }

    @Test
    void isWhatAllThrewWithTheOthersSuppressed() {
        IOException second = new IOException("disk full too");
        assertThatThrownBy(() -> agreed(new Threw(0, full), new Threw(1, second)))
                .isSameAs(full)
                .hasSuppressedException(second);
    }

    @Test
    void isWhatAllThrewThoughItIsTheSameException() {
        assertThatThrownBy(() -> agreed(new Threw(0, full), new Threw(1, full)))
                .isSameAs(full)
                .hasNoSuppressedExceptions();
    }

    @Test
    void namesWhoReturnedAndWhoThrew() {
        assertDiverged(
                "#0 and #2 returned 5; #1 threw java.io.IOException: disk full. #1 is in the minority",
                new Returned(0, 5),
                new Threw(1, full),
                new Returned(2, 5));
    }

    @Test
    void namesBothOfTwoWithoutAMinority() {
        assertDiverged("#0 returned 5; #1 returned 6", new Returned(0, 5), new Returned(1, 6));
    }

    @Test
    void tellsApartExceptionsOfOneClassByTheirMessages() {
        assertDiverged(
                "#1 threw java.io.IOException: disk full; #2 threw java.io.IOException: torn cable; #0 returned null."
                        + " #0 is in the minority",
                new Returned(0, null),
                new Threw(1, full),
                new Threw(2, new IOException("torn cable")));
    }

    @Test
    void isNoneIfOneThrewAnother() {
        assertDiverged(
                "#0 threw java.io.IOException: disk full; #1 threw java.util.concurrent.TimeoutException",
                new Threw(0, full),
                new Threw(1, new TimeoutException()));
    }

    @Test
    void isNoneIfNobodyWasBackInTime() {
        Duration deadline = Duration.ofSeconds(30);
        assertDiverged(
                "#0 did not return within PT30S; #1 got no worker within PT30S",
                new Unfinished(0, deadline, true),
                new Unfinished(1, deadline, false));
    }

    @Test
    void carriesEveryAnswerAndEveryException() {
        Returned five = new Returned(0, 5);
        Threw one = new Threw(1, full);
        Threw two = new Threw(2, new TimeoutException());
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> agreed(five, one, two))
                .withCause(full)
                .satisfies(ex -> {
                    assertThat(ex.answers()).containsExactly(five, one, two);
                    assertThat(ex.getSuppressed()).containsExactly(two.cause());
                });
    }

    @Test
    void showsValuesCutAndEscaped() {
        String text = "a\nb\u202e" + "x".repeat(200);
        assertThat(Agreement.shown(text))
                .startsWith("\"a\\u000ab\\u202exxx")
                .endsWith("x…")
                .hasSizeLessThan(120);
        assertThat(Agreement.shown(new int[] {1, 2})).isEqualTo("{1, 2}");
        assertThat(Agreement.shown(null)).isEqualTo("null");
    }

    @Test
    void showsAValueThatCannotBeShownByItsClass() {
        Object value = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        assertThat(Agreement.shown(value)).contains("AgreementTests").contains("cannot be shown");
    }

    private static void assertDiverged(String who, HandleAnswer... answers) {
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> agreed(answers))
                .withMessage("The handles disagree about size: " + who);
    }

    private static Object agreed(HandleAnswer... answers) throws Throwable {
        return Agreement.of("size", List.of(answers), Objects::equals);
    }
}
