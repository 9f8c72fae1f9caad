package io.parallelwrite.handle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which two results are the same: by what they hold, not by which objects they are.
 *
 * <p>Arrays, optionals, lists, sets, maps and their entries are compared to any depth; text by its characters, whatever
 * class holds it; buffers by what remains in them; everything else by {@code equals}. A collection without an order of
 * its own, such as the values of a map, has the same elements, each as often.
 *
 * <p>Runs on the calling thread and blocks only where an {@code equals} or an iteration does. Stateless.
 */
final class ValueComparison {

    private ValueComparison() {}

    @SuppressWarnings("ReferenceEquality") // what is the same is equal, whatever it says itself
    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Number) {
            return a.equals(b); // the most frequent, and quickly told
        }
        if (a.getClass().isArray()) {
            return sameArrays(a, b);
        }
        if (a instanceof CharSequence text) {
            return b instanceof CharSequence other && CharSequence.compare(text, other) == 0;
        }
        return (a instanceof Collection<?> || a instanceof Map<?, ?>) ? sameContainers(a, b) : sameSingles(a, b);
    }

    private static boolean sameArrays(Object a, Object b) {
        if (a instanceof Object[] elements) {
            return b instanceof Object[] others && sameInOrder(Arrays.asList(elements), Arrays.asList(others));
        }
        return Objects.deepEquals(a, b);
    }

    private static boolean sameSingles(Object a, Object b) {
        if (a instanceof Optional<?> value) {
            return b instanceof Optional<?> other && same(value.orElse(null), other.orElse(null));
        }
        if (a instanceof Map.Entry<?, ?> entry) {
            return b instanceof Map.Entry<?, ?> other
                    && same(entry.getKey(), other.getKey())
                    && same(entry.getValue(), other.getValue());
        }
        return a.equals(b);
    }

    private static boolean sameContainers(Object a, Object b) {
        if (a instanceof Map<?, ?> map) {
            return b instanceof Map<?, ?> other && sameMaps(map, other);
        }
        if (a instanceof Set<?> set) {
            return b instanceof Set<?> other && (set.equals(other) || sameElements(set, other));
        }
        if (a instanceof List<?> list) {
            return b instanceof List<?> other && sameInOrder(list, other);
        }
        if (a instanceof Queue<?> queue) {
            return b instanceof Queue<?> other && sameInOrder(queue, other);
        }
        return b instanceof Collection<?> other && sameBags((Collection<?>) a, other);
    }

    /** Copies the other map, for a lookup in it may throw: some maps refuse null, sorted ones what they cannot compare. */
    private static boolean sameMaps(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Map<?, ?> others = new HashMap<>(b);
        return a.entrySet().stream()
                .allMatch(entry ->
                        others.containsKey(entry.getKey()) && same(entry.getValue(), others.get(entry.getKey())));
    }

    private static boolean sameBags(Collection<?> a, Collection<?> b) {
        boolean ordered = b instanceof List<?> || b instanceof Set<?> || b instanceof Queue<?>;
        return !ordered && (sameInOrder(a, b) || sameElements(a, b));
    }

    private static boolean sameInOrder(Collection<?> a, Collection<?> b) {
        Iterator<?> others = b.iterator();
        for (Object element : a) {
            if (!others.hasNext() || !same(element, others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }

    private static boolean sameElements(Collection<?> a, Collection<?> b) {
        List<@Nullable Object> unmatched = new ArrayList<>(b);
        return a.size() == unmatched.size() && a.stream().allMatch(element -> removeOne(unmatched, element));
    }

    private static boolean removeOne(List<@Nullable Object> unmatched, @Nullable Object element) {
        for (int i = 0; i < unmatched.size(); i++) {
            if (same(element, unmatched.get(i))) {
                unmatched.remove(i);
                return true;
            }
        }
        return false;
    }
}
