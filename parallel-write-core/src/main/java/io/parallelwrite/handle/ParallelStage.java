package io.parallelwrite.handle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one stage of those the handles returned: it completes when all have, with what they agree on.
 *
 * <p>Never blocks. The comparison runs on the thread that completes the last of them. Cancelling the one does not cancel
 * the others, and the deadline of a call is over when the call has returned: {@code orTimeout} sets another.
 */
final class ParallelStage {

    /** Makes of the answers what the stage completes with. */
    interface Settlement {

        @Nullable
        Object of(List<HandleAnswer> answers) throws Throwable;
    }

    private ParallelStage() {}

    static CompletableFuture<@Nullable Object> of(List<? extends @Nullable Object> stages, Settlement settlement) {
        List<CompletableFuture<HandleAnswer>> answers = IntStream.range(0, stages.size())
                .mapToObj(index -> answerOf(index, (CompletionStage<?>) stages.get(index)))
                .toList();
        CompletableFuture<@Nullable Object> agreed = new CompletableFuture<>();
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).thenRun(() -> {
            try {
                agreed.complete(settlement.of(
                        answers.stream().map(CompletableFuture::join).toList()));
            } catch (Throwable ex) {
                agreed.completeExceptionally(ex);
            }
        });
        return agreed;
    }

    private static CompletableFuture<HandleAnswer> answerOf(int index, CompletionStage<?> stage) {
        CompletableFuture<HandleAnswer> answer = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> answer.complete(
                failure == null
                        ? new HandleAnswer.Returned(index, value)
                        : new HandleAnswer.Threw(index, causeOf(failure))));
        return answer;
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
