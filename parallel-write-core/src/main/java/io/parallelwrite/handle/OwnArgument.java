package io.parallelwrite.handle;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One handle's own of one argument. Stateless. */
final class OwnArgument {

    private OwnArgument() {}

    static @Nullable Object of(@Nullable Object argument, int handle) {
        if (argument == null) {
            return null;
        }
        if (argument instanceof Buffer buffer) {
            return BufferCopy.of(buffer);
        }
        if (argument.getClass().isArray()) {
            return copyOf(argument, handle);
        }
        List<?> members = ParallelMembers.of(argument);
        return members == null ? argument : members.get(handle);
    }

    private static Object copyOf(Object array, int handle) {
        if (array instanceof Object[] elements) {
            @Nullable Object[] copy = elements.clone();
            for (int i = 0; i < copy.length; i++) {
                copy[i] = of(copy[i], handle);
            }
            return copy;
        }
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** Compares what two handles left of an argument. */
    static boolean same(@Nullable Object given, @Nullable Object first, @Nullable Object other) {
        if (given == null || !isOwn(first, given) || !isOwn(other, given)) {
            return ValueComparison.same(first, other);
        }
        if (given instanceof Object[] elements && first instanceof Object[] one && other instanceof Object[] two) {
            return sameElements(elements, one, two);
        }
        if (first instanceof Buffer one && other instanceof Buffer two) {
            return BufferCopy.same(one, two);
        }
        return ParallelMembers.of(given) != null || ValueComparison.same(first, other);
    }

    private static boolean sameElements(@Nullable Object[] given, @Nullable Object[] first, @Nullable Object[] other) {
        for (int i = 0; i < given.length; i++) {
            if (!same(given[i], first[i], other[i])) {
                return false;
            }
        }
        return true;
    }

    /** Gives the caller's argument what became of the first handle's. */
    static void copyBack(Object own, Object given) {
        if (given instanceof Object[] elements) {
            copyElementsBack((@Nullable Object[]) own, elements);
        } else if (given instanceof Buffer buffer) {
            BufferCopy.copyBack((Buffer) own, buffer);
        } else if (given.getClass().isArray()) {
            System.arraycopy(own, 0, given, 0, Array.getLength(given));
        }
    }

    private static void copyElementsBack(@Nullable Object[] own, @Nullable Object[] given) {
        for (int i = 0; i < given.length; i++) {
            Object element = own[i];
            Object givenElement = given[i];
            if (element != null && givenElement != null && isOwn(element, givenElement)) {
                copyBack(element, givenElement);
            } else {
                given[i] = element;
            }
        }
    }

    /** Tells whether this is what {@link #of} made of an argument, and nothing a handle put in its place. */
    @SuppressWarnings("ReferenceEquality") // the very object, not one like it
    private static boolean isOwn(@Nullable Object own, Object given) {
        if (own == null) {
            return false;
        }
        if (given instanceof Buffer buffer) {
            return own instanceof Buffer copy && BufferCopy.isAlike(copy, buffer);
        }
        if (given.getClass().isArray()) {
            return own.getClass() == given.getClass() && Array.getLength(own) == Array.getLength(given);
        }
        List<?> members = ParallelMembers.of(given);
        return members == null ? own == given : members.stream().anyMatch(member -> member == own);
    }
}
