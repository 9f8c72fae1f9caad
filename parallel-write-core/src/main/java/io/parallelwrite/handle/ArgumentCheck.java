package io.parallelwrite.handle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an argument that not every handle could be given.
 *
 * @param operation the method that is called
 * @param index of the argument
 * @param handleCount how many handles it is for
 */
record ArgumentCheck(String operation, int index, int handleCount) {

    /**
     * Tells whether each handle needs its own.
     *
     * @throws IllegalArgumentException if the handles would take it from each other, or it has members for other handles
     */
    boolean needsOwn(@Nullable Object argument) {
        if (argument == null) {
            return false;
        }
        List<?> members = ParallelMembers.of(argument);
        return members == null ? needsCopy(argument) : hasOneForEach(members);
    }

    private boolean needsCopy(Object argument) {
        if (argument instanceof Object[] elements) {
            for (Object element : elements) {
                needsOwn(element);
            }
        }
        return switch (ArgumentKind.of(argument)) {
            case SHARED -> false;
            case COPIED -> true;
            case READ_UP, WRITTEN_TO -> {
                if (handleCount > 1) {
                    throw refused(argument);
                }
                yield false;
            }
        };
    }

    private boolean hasOneForEach(List<?> members) {
        if (members.size() != handleCount) {
            throw new IllegalArgumentException("Argument " + index + " of " + operation + " is driven as one over "
                    + members.size() + " handles, but is passed to " + handleCount
                    + ": it needs a member for each of them");
        }
        return true;
    }

    private IllegalArgumentException refused(Object argument) {
        boolean readUp = ArgumentKind.of(argument) == ArgumentKind.READ_UP;
        return new IllegalArgumentException("Argument " + index + " of " + operation + " [a "
                + argument.getClass().getName() + "] cannot be given to " + handleCount + " handles: "
                + (readUp
                        ? "the first would read it up and leave nothing for the others. Pass what is in it as an array, a"
                                + " buffer, text or a collection, or pass a ParallelInputStream or ParallelReader"
                        : "all would write to it. Pass a ParallelTeeOutputStream")
                + ", or a proxy that ParallelCalls makes, over " + handleCount + " of its kind");
    }
}
