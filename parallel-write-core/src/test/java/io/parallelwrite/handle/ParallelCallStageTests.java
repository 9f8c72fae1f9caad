package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Stages the handles return: they complete together, with what they agree on. */
class ParallelCallStageTests {

    /** Answers later. */
    interface Later {

        CompletionStage<String> ask();

        Future<String> future();

        CompletionStage<Integer> fill(ByteBuffer buffer);
    }

    private static final class Answer implements Later {

        final CompletableFuture<String> answer = new CompletableFuture<>();
        ByteBuffer toFill = ByteBuffer.allocate(0);

        @Override
        public CompletionStage<String> ask() {
            return answer.minimalCompletionStage();
        }

        @Override
        public Future<String> future() {
            return answer;
        }

        @Override
        public CompletionStage<Integer> fill(ByteBuffer buffer) {
            toFill = buffer;
            return answer.thenApply(text -> {
                buffer.put((byte) text.length());
                return 1;
            });
        }
    }

    private final Answer first = new Answer();
    private final Answer second = new Answer();
    private final Later both = ParallelCalls.proxy(Later.class, List.of(first, second));

    @Test
    void completesWithTheLast() {
        CompletableFuture<String> asked = both.ask().toCompletableFuture();
        first.answer.complete("yes");
        assertThat(asked).isNotDone();
        second.answer.complete("yes");
        assertThat(asked).isCompletedWithValue("yes");
    }

    @Test
    void failsWhereTheyCompleteWithOtherValues() {
        CompletableFuture<String> asked = both.ask().toCompletableFuture();
        first.answer.complete("yes");
        second.answer.complete("no");
        assertThatThrownBy(asked::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#0 returned \"yes\"; #1 returned \"no\"");
    }

    @Test
    void failsWithTheFirstFailureWhenAllFailAlike() {
        CompletableFuture<String> asked = both.ask().toCompletableFuture();
        IOException failure = new IOException("first");
        IOException other = new IOException("second");
        first.answer.completeExceptionally(failure);
        second.answer.completeExceptionally(new CompletionException(other));
        assertThatThrownBy(asked::get).hasCause(failure);
        assertThat(failure).hasSuppressedException(other);
    }

    @Test
    void failsWhereOnlyOneFails() {
        CompletableFuture<String> asked = both.ask().toCompletableFuture();
        first.answer.complete("yes");
        second.answer.completeExceptionally(new IOException("lost"));
        assertThatThrownBy(asked::get)
                .hasCauseInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#0 returned \"yes\"; #1 threw java.io.IOException: lost");
    }

    @Test
    void aFutureThatIsAStageIsOneToo() throws Exception {
        Future<String> future = both.future();
        first.answer.complete("yes");
        second.answer.complete("yes");
        assertThat(future.get()).isEqualTo("yes");
    }

    @Test
    void givesArgumentsBackWhenAllHaveCompleted() {
        ByteBuffer given = ByteBuffer.allocate(2);
        CompletableFuture<Integer> filled = both.fill(given).toCompletableFuture();
        first.answer.complete("yes");
        assertThat(given.position()).isZero();
        second.answer.complete("yes");
        assertThat(filled).isCompletedWithValue(1);
        assertThat(given.position()).isOne();
        assertThat(given.get(0)).isEqualTo((byte) 3);
        assertThat(first.toFill).isNotSameAs(second.toFill).isNotSameAs(given);
    }

    @Test
    void comparesArgumentsWhenAllHaveCompleted() {
        ByteBuffer given = ByteBuffer.allocate(2);
        CompletableFuture<Integer> filled = both.fill(given).toCompletableFuture();
        first.answer.complete("yes");
        second.answer.complete("no");
        assertThatThrownBy(filled::get)
                .hasCauseInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("argument 0");
        assertThat(given.position()).isZero();
    }
}
