package io.parallelwrite.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, as each handle gets them.
 *
 * <p>Arrays and buffers, and those inside arrays, are copied for each handle; after the call the copies must still be the
 * same, and only then the caller's own becomes like them. Of something that is itself driven as one, each handle gets its
 * member. Everything else is shared. A copy is made when its handle is called, while it is warm; or, with a deadline, before
 * any is called, so that a call that is left behind never touches what is the caller's.
 *
 * <p>Not thread-safe: {@link #of(int)} alone may be called by workers.
 */
final class CallArguments {

    static final @Nullable Object[] NONE = {};

    private final @Nullable Object[] given;
    /** For each handle the arguments it gets, once it was called; of no handle if all get the given ones. */
    private final AtomicReferenceArray<@Nullable Object @Nullable []> own;

    private CallArguments(@Nullable Object[] given, int ownCount) {
        this.given = given;
        this.own = new AtomicReferenceArray<>(ownCount);
    }

    /**
     * Looks at what has to be copied.
     *
     * @throws IllegalArgumentException if the handles could not all be given an argument
     */
    static CallArguments of(String operation, @Nullable Object @Nullable [] given, int handleCount) {
        if (given == null || given.length == 0) {
            return new CallArguments(NONE, 0);
        }
        boolean separate = false;
        for (int i = 0; i < given.length; i++) {
            separate |= new ArgumentCheck(operation, i, handleCount).needsOwn(given[i]);
        }
        return new CallArguments(given, separate ? handleCount : 0);
    }

    /** Makes all copies now. */
    void copy() {
        for (int handle = 0; handle < own.length(); handle++) {
            own.set(handle, copyOf(handle));
        }
    }

    /** Returns what one handle is called with. */
    @Nullable
    Object[] of(int handle) {
        if (own.length() == 0) {
            return given;
        }
        @Nullable Object[] arguments = own.get(handle);
        if (arguments == null) {
            arguments = copyOf(handle);
            own.set(handle, arguments);
        }
        return arguments;
    }

    private @Nullable Object[] copyOf(int handle) {
        @Nullable Object[] arguments = given.clone();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = OwnArgument.of(arguments[i], handle);
        }
        return arguments;
    }

    /**
     * Gives the caller's arguments what became of the copies.
     *
     * @throws HandlesDivergedException if the copies of one differ; the caller's arguments are as they were
     */
    void settle(String operation) throws HandlesDivergedException {
        if (own.length() == 0) {
            return;
        }
        for (int i = 0; i < given.length; i++) {
            checkLeftAlike(operation, i);
        }
        for (int i = 0; i < given.length; i++) {
            Object left = of(0)[i];
            Object argument = given[i];
            if (left != null && argument != null) {
                OwnArgument.copyBack(left, argument);
            }
        }
    }

    private void checkLeftAlike(String operation, int argument) throws HandlesDivergedException {
        for (int handle = 1; handle < own.length(); handle++) {
            if (!OwnArgument.same(given[argument], of(0)[argument], of(handle)[argument])) {
                List<@Nullable Object> left = new ArrayList<>();
                for (int each = 0; each < own.length(); each++) {
                    left.add(of(each)[argument]);
                }
                throw new LeftArguments(given[argument], left).diverged(argument, operation);
            }
        }
    }

    /** Returns the index of the argument that every handle returned, each its own, or -1. */
    int returnedBy(List<? extends @Nullable Object> results) {
        for (int i = 0; own.length() > 0 && i < given.length; i++) {
            if (results.size() == own.length() && isReturned(i, results)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("ReferenceEquality") // its very own argument, not one like it
    private boolean isReturned(int argument, List<? extends @Nullable Object> results) {
        for (int handle = 0; handle < own.length(); handle++) {
            if (results.get(handle) == null || results.get(handle) != of(handle)[argument]) {
                return false;
            }
        }
        return true;
    }

    /** Returns what the caller passed. */
    @Nullable
    Object given(int argument) {
        return given[argument];
    }
}
