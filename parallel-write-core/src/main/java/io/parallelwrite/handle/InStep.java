package io.parallelwrite.handle;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles with a position, which every call moves: they must stay in step, or the next call would compare or write what does
 * not belong together.
 *
 * <p>The first disagreement, and the first I/O failure, ends that: from then on every call fails with it as the cause, and
 * all that can be done is to close. An unchecked exception that all handles threw alike, as for a mode or an argument that
 * is not allowed, changes nothing.
 *
 * <p>Thread-safe: calls follow one another. They block as those of {@link HandleGroup} do.
 *
 * @param <H> what a handle is
 */
final class InStep<H extends Closeable> {

    /** Held from the first to the last round of what must not be mixed with other calls. */
    final ReentrantLock turn = new ReentrantLock();

    // immutable
    private final HandleGroup<H> group;
    private final Supplier<? extends IOException> whenClosed;

    // mutable, guarded by turn; closed is also read without
    private @Nullable IOException lost;
    private volatile boolean closed;

    /**
     * Takes handles that are in step.
     *
     * @param whenClosed what a call after {@link #close} fails with
     */
    InStep(HandleGroup<H> group, Supplier<? extends IOException> whenClosed) {
        this.group = group;
        this.whenClosed = whenClosed;
    }

    int size() {
        return group.size();
    }

    List<H> handles() {
        return group.handles();
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns whether something holds for every handle. Not a barrier call: it does not wait for one, either. */
    boolean all(Predicate<? super H> condition) {
        for (int i = 0; i < group.size(); i++) {
            if (!condition.test(group.handle(i))) {
                return false;
            }
        }
        return true;
    }

    /** Calls every handle and returns what all returned. */
    <V extends @Nullable Object> V call(Supplier<String> name, HandleCall<? super H, V> call) throws IOException {
        return call(name, call, Objects::equals);
    }

    /** Calls every handle; what they return may differ, or be nothing. */
    void run(Supplier<String> name, HandleCall<? super H, ?> call) throws IOException {
        call(name, call, (one, other) -> true);
    }

    /**
     * Calls every handle.
     *
     * @param name what is called; asked for only if the handles disagree
     * @param same whether two results are as good as equal
     * @return the first handle's result
     * @throws IOException if the handles disagree or fail, did so before, or are closed
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the results are of the call's type, null if that may be
    private <V extends @Nullable Object> V call(
            Supplier<String> name, HandleCall<? super H, V> call, BiPredicate<@Nullable Object, @Nullable Object> same)
            throws IOException {
        turn.lock();
        try {
            check();
            List<HandleAnswer> answers = group.callAll("A call", call);
            return (V) Agreement.of(name, answers, same);
        } catch (UncheckedIOException ex) {
            throw lost(Objects.requireNonNull(ex.getCause())); // it always has one
        } catch (RuntimeException ex) {
            throw ex; // all threw it alike, before they did anything
        } catch (IOException ex) {
            throw lost(ex);
        } catch (Error ex) {
            lost(new IOException(ex)); // what it left undone is unknown
            throw ex;
        } catch (Throwable ex) {
            throw lost(new IOException(ex)); // a checked exception that the call may not throw, thrown all the same
        } finally {
            turn.unlock();
        }
    }

    /** Fails if the handles are closed or no longer in step. */
    void check() throws IOException {
        if (closed) {
            throw whenClosed.get();
        }
        if (lost != null) {
            throw new IOException(
                    "The handles are not called any more, as they are out of step since a call failed; close them: "
                            + lost.getMessage(),
                    lost);
        }
    }

    /** From now on the handles are out of step. Returns the exception to throw. The caller holds its turn. */
    <X extends IOException> X lost(X reason) {
        if (lost == null && !closed) {
            lost = reason;
        }
        return reason;
    }

    /** Returns whether the handles are open and in step. The caller holds its turn. */
    boolean isInStep() {
        return !closed && lost == null;
    }

    /**
     * Closes every handle once, as in {@link HandleGroup#close}.
     *
     * @param close how a handle is closed
     */
    void close(HandleCall<? super H, ?> close) throws IOException {
        turn.lock();
        try {
            closed = true;
            group.close(close);
        } finally {
            turn.unlock();
        }
    }

    /** Closes every handle once. */
    void close() throws IOException {
        close((handle, index) -> {
            handle.close();
            return null;
        });
    }
}
