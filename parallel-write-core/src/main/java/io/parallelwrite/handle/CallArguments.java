package io.parallelwrite.handle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, as each handle gets them.
 *
 * <p>Arrays and buffers, and those inside arrays, are copied for each handle; after the call the copies must still be the
 * same, and only then the caller's own becomes like them. Of something that is itself driven as one, each handle gets its
 * member. Everything else is shared. The copies are made before any handle is called, so that a call that is left behind
 * by its deadline never touches what is the caller's. Not thread-safe: {@link #of(int)} alone may be called by workers.
 */
final class CallArguments {

    static final @Nullable Object[] NONE = {};

    private final @Nullable Object[] given;
    private final int handleCount;
    /** For each handle the arguments it gets; empty if all get the given ones. */
    private final List<@Nullable Object[]> own;

    private CallArguments(@Nullable Object[] given, int handleCount, List<@Nullable Object[]> own) {
        this.given = given;
        this.handleCount = handleCount;
        this.own = own;
    }

    /**
     * Copies what has to be.
     *
     * @throws IllegalArgumentException if the handles could not all be given an argument
     */
    static CallArguments of(String operation, @Nullable Object @Nullable [] given, int handleCount) {
        if (given == null || given.length == 0) {
            return new CallArguments(NONE, handleCount, List.of());
        }
        boolean separate = false;
        for (int i = 0; i < given.length; i++) {
            separate |= new ArgumentCheck(operation, i, handleCount).needsOwn(given[i]);
        }
        return new CallArguments(given, handleCount, separate ? ownOf(given, handleCount) : List.of());
    }

    private static List<@Nullable Object[]> ownOf(@Nullable Object[] given, int handleCount) {
        List<@Nullable Object[]> own = new ArrayList<>(handleCount);
        for (int handle = 0; handle < handleCount; handle++) {
            @Nullable Object[] arguments = given.clone();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = OwnArgument.of(arguments[i], handle);
            }
            own.add(arguments);
        }
        return own;
    }

    /** Returns what one handle is called with. */
    @Nullable
    Object[] of(int handle) {
        return own.isEmpty() ? given : own.get(handle);
    }

    /**
     * Gives the caller's arguments what became of the copies.
     *
     * @throws HandlesDivergedException if the copies of one differ; the caller's arguments are as they were
     */
    void settle(String operation) throws HandlesDivergedException {
        if (own.isEmpty()) {
            return;
        }
        for (int i = 0; i < given.length; i++) {
            checkLeftAlike(operation, i);
        }
        for (int i = 0; i < given.length; i++) {
            Object left = own.get(0)[i];
            Object argument = given[i];
            if (left != null && argument != null) {
                OwnArgument.copyBack(left, argument);
            }
        }
    }

    private void checkLeftAlike(String operation, int argument) throws HandlesDivergedException {
        for (int handle = 1; handle < handleCount; handle++) {
            if (!OwnArgument.same(given[argument], own.get(0)[argument], own.get(handle)[argument])) {
                List<@Nullable Object> left = new ArrayList<>();
                own.forEach(arguments -> left.add(arguments[argument]));
                throw new LeftArguments(given[argument], left).diverged(argument, operation);
            }
        }
    }

    /** Returns the index of the argument that every handle returned, each its own, or -1. */
    int returnedBy(List<? extends @Nullable Object> results) {
        for (int i = 0; !own.isEmpty() && i < given.length; i++) {
            if (results.size() == handleCount && isReturned(i, results)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("ReferenceEquality") // its very own argument, not one like it
    private boolean isReturned(int argument, List<? extends @Nullable Object> results) {
        for (int handle = 0; handle < handleCount; handle++) {
            if (results.get(handle) == null || results.get(handle) != own.get(handle)[argument]) {
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
