package io.parallelwrite.handle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the answers to one call what the proxy returns or throws.
 *
 * @param handler of the proxy that was called
 * @param proxy that was called
 * @param arguments as each handle got them
 */
record CallSettlement(CallHandler handler, Object proxy, CallArguments arguments) {

    /**
     * Compares the answers and what the handles left of the arguments, and then gives the caller both.
     *
     * @throws HandlesDivergedException if they differ; the caller's arguments are as they were
     * @throws Throwable what all handles threw
     */
    @Nullable
    Object of(CallMethod call, List<HandleAnswer> answers) throws Throwable {
        List<@Nullable Object> values = values(answers);
        if (isStage(call, values)) {
            return ParallelStage.of(
                    values, later -> of(call.returning(call.result().getGeneric(0)), later));
        }
        int returned = arguments.returnedBy(values);
        Object agreed = returned >= 0 ? arguments.given(returned) : agreed(call, answers, values);
        arguments.settle(call.name());
        return agreed;
    }

    private @Nullable Object agreed(CallMethod call, List<HandleAnswer> answers, List<@Nullable Object> values)
            throws Throwable {
        if (call.mayDiffer()) {
            return Agreement.of(call.name(), answers, (a, b) -> true);
        }
        if (values.isEmpty() || call.returnsValue()) {
            return Agreement.of(call.name(), answers, ValueComparison::same);
        }
        if (areTheSame(values, handler.handles())) {
            return proxy;
        }
        Object driven = driven(call, answers, values);
        return driven != null ? driven : Agreement.of(call.name(), answers, ValueComparison::same);
    }

    private @Nullable Object driven(CallMethod call, List<HandleAnswer> answers, List<@Nullable Object> values)
            throws IOException {
        try {
            return new DrivenResults(handler, call.result()).of(values);
        } catch (IllegalArgumentException ex) { // channels that are not in step
            HandlesDivergedException diverged = Agreement.unlike(call.name(), answers);
            diverged.addSuppressed(ex);
            throw diverged;
        }
    }

    private static boolean isStage(CallMethod call, List<@Nullable Object> values) {
        return call.resultType().isAssignableFrom(CompletableFuture.class)
                && !values.isEmpty()
                && values.stream().allMatch(CompletionStage.class::isInstance);
    }

    @SuppressWarnings("ReferenceEquality") // the very handles, not some like them
    private static boolean areTheSame(List<?> values, List<?> handles) {
        return IntStream.range(0, handles.size()).allMatch(i -> values.get(i) == handles.get(i));
    }

    /** Returns what every handle returned; empty if one did not return. */
    private static List<@Nullable Object> values(List<HandleAnswer> answers) {
        List<@Nullable Object> values = new ArrayList<>(answers.size());
        for (HandleAnswer answer : answers) {
            if (!(answer instanceof HandleAnswer.Returned returned)) {
                return List.of();
            }
            values.add(returned.value());
        }
        return values;
    }
}
