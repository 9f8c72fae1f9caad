package io.parallelwrite.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A mistake that is planted is there, and only there. */
class PlantedBugTests {

    private static final String SIZES = "size >= 0 && size != sent.size()";

    /** Finds that a receipt of another size counts as equal. */
    static final class SizeCheck implements Callable<@Nullable String> {
        @Override
        public @Nullable String call() {
            ContentDigest sent = new ContentDigest(7, Checksum.crc32c(1));
            boolean seen = new Receipt(6, null, Strength.SIZE_ONLY, null)
                    .differenceFrom(sent)
                    .isPresent();
            return seen ? null : "a short object passed";
        }
    }

    @Test
    void changesTheClassForTheCheckAlone() throws Exception {
        PlantedBug bug = new PlantedBug(Receipt.class, SIZES, "size < 0", "sizes are not compared");

        assertThat(bug.findBy(SizeCheck.class)).isEqualTo("a short object passed");
        assertThat(PlantedBug.findInUnchangedClasses(SizeCheck.class)).isNull();
        assertThat(new SizeCheck().call()).isNull();
    }

    @Test
    void takesWhiteSpaceAsSuch() throws Exception {
        PlantedBug bug = new PlantedBug(Receipt.class, "size >=\n 0 &&   size != sent.size()", "false", "as above");

        assertThat(bug.findBy(SizeCheck.class)).isNotNull();
    }

    @Test
    void refusesATextThatIsNotThereOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PlantedBug(Receipt.class, "no such text", "", "").load())
                .withMessageContaining("0 times");
        assertThatIllegalStateException()
                .isThrownBy(() -> new PlantedBug(Receipt.class, "Receipt", "", "").load())
                .withMessageContaining("not once");
    }

    @Test
    void refusesAReplacementThatDoesNotCompile() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PlantedBug(Receipt.class, SIZES, "no code", "").load())
                .withMessageContaining("does not compile");
    }
}
