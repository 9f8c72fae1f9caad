package io.parallelwrite;

import java.util.List;

/** Lends an interface that only this package can name. */
public final class HiddenElsewhere {

    interface Hidden {

        int one();

        default int two() {
            return one() + one();
        }
    }

    private HiddenElsewhere() {}

    /** The interface. */
    public static Class<?> type() {
        return Hidden.class;
    }

    /** Two that implement it. */
    public static List<?> handles() {
        Hidden first = () -> 1;
        Hidden second = () -> 1;
        return List.of(first, second);
    }

    /** Calls its abstract method, then its default method. */
    public static List<Integer> call(Object hidden) {
        return List.of(((Hidden) hidden).one(), ((Hidden) hidden).two());
    }
}
