package io.parallelwrite.compare;

import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.TargetCalls;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one target replied to a question all were asked at once.
 *
 * @param calls the target
 * @param value what it returned, or {@code null} if it failed
 * @param failure what it threw, or its deadline; a {@link FileNotFoundException} if it holds no copy; {@code null} if it
 *     did not fail
 * @param <T> what is asked for
 */
record Reply<T>(
        TargetCalls calls, @Nullable T value, @Nullable IOException failure) {

    /**
     * Asks all targets, then waits for all.
     *
     * @param release takes a value that comes after the waiting was interrupted
     */
    static <T> List<Reply<T>> ask(
            List<TargetCalls> targets, Function<TargetCalls, CompletableFuture<T>> question, Consumer<T> release)
            throws IOException {
        List<CompletableFuture<T>> futures = targets.stream().map(question).toList();
        try {
            Await.interruptibly(futures);
            List<Reply<T>> replies = new ArrayList<>(targets.size());
            for (int i = 0; i < targets.size(); i++) {
                replies.add(of(targets.get(i), futures.get(i)));
            }
            return replies;
        } catch (IOException | RuntimeException | Error ex) {
            futures.forEach(future -> future.thenAccept(release));
            throw ex;
        }
    }

    private static <T> Reply<T> of(TargetCalls calls, CompletableFuture<T> done) {
        try {
            return new Reply<>(calls, Await.interruptibly(done), null);
        } catch (IOException ex) {
            return new Reply<>(calls, null, ex);
        }
    }

    String target() {
        return calls.target().name();
    }
}
