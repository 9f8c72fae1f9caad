package io.parallelwrite.simulation;

import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a call to a model target goes, by the fault it meets. */
final class ModelCalls {

    /** The longest time a request travels after it was given up: less than repairs wait for it. */
    static final Duration TRAVEL = Duration.ofSeconds(25);

    private static final Duration SOON_AFTER_THE_DEADLINE = Duration.ofSeconds(41);
    private static final Duration LONG_AFTER = Duration.ofSeconds(500);

    /**
     * What a call does at the target.
     *
     * @param <T> what it returns
     */
    interface Effect<T> {
        T apply(Fault fault) throws IOException;
    }

    private final World world;
    private final SimulatedProcess process;
    private final Store store;

    ModelCalls(World world, SimulatedProcess process, Store store) {
        this.world = world;
        this.process = process;
        this.store = store;
    }

    private boolean remote() {
        return store.kind() == Store.Kind.REMOTE;
    }

    /** Makes a call that blocks. */
    <T> T block(String operation, Effect<T> effect) throws IOException {
        Fault fault = world.at(process, new Point(store.name(), operation, remote()));
        failBefore(fault);
        if (fault.isHang()) {
            if (fault == Fault.APPLIED_HANG) {
                effect.apply(Fault.NONE);
            }
            world.await(process, end(fault), false);
        }
        if (fault.travels()) {
            throw travel(fault, effect);
        }
        T result = effect.apply(fault);
        failAfter(fault);
        return result;
    }

    /** Makes a call that goes on when it has returned, if the target is of that kind. */
    <T> CompletionStage<T> stage(String operation, Effect<T> effect) throws IOException {
        if (!remote()) {
            return CompletableFuture.completedFuture(block(operation, effect));
        }
        Fault fault = world.at(process, new Point(store.name(), operation, true));
        if (fault == Fault.RUNTIME || fault == Fault.ERROR) {
            failBefore(fault);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        if (fault == Fault.APPLIED_HANG) {
            effect.apply(Fault.NONE);
        }
        if (fault.isHang()) {
            end(fault).thenRun(() -> world.ready(process, () -> complete(result, fault, effect)));
        } else {
            world.ready(process, () -> complete(result, fault, effect));
        }
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, Fault fault, Effect<T> effect) {
        T value;
        try {
            failBefore(fault);
            if (fault.travels()) {
                throw travel(fault, effect);
            }
            value = effect.apply(fault);
            failAfter(fault);
        } catch (IOException | RuntimeException ex) {
            result.completeExceptionally(ex);
            return;
        }
        result.complete(value);
    }

    private CompletableFuture<Void> end(Fault fault) {
        return switch (fault) {
            case LATE -> world.after(process, SOON_AFTER_THE_DEADLINE);
            case LATER -> world.after(process, LONG_AFTER);
            case LATEST, LATEST_TRAVELS -> world.untilRecovery();
            default -> new CompletableFuture<>();
        };
    }

    private <T> IOException travel(Fault fault, Effect<T> effect) {
        world.schedule(null, TRAVEL, () -> arrive(effect));
        if (fault == Fault.CRASH_TRAVELLING) {
            process.die();
        }
        return new IOException("simulated: no answer");
    }

    private static void arrive(ModelCalls.Effect<?> effect) {
        try {
            effect.apply(Fault.NONE);
        } catch (IOException refused) {
            // nobody hears of it any more
        }
    }

    private void failBefore(Fault fault) throws IOException {
        switch (fault) {
            case FAIL_BEFORE -> throw new IOException("simulated: " + store.name() + " failed");
            case REFUSED -> throw new NotAppliedException("simulated: " + store.name() + " refuses", null);
            case RUNTIME -> throw new IllegalStateException("simulated: " + store.name() + " failed");
            case ERROR -> throw new LinkageError("simulated: " + store.name() + " failed");
            case CRASH_BEFORE -> process.die();
            default -> {}
        }
    }

    private void failAfter(Fault fault) throws IOException {
        if (fault == Fault.CRASH_AFTER) {
            process.die();
        }
        if (fault == Fault.FAIL_AFTER) {
            throw new IOException("simulated: the answer of " + store.name() + " was lost");
        }
    }
}
