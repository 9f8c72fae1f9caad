package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who executes a default method. */
class ParallelCallDefaultMethodTests {

    /** Has defaults of the three kinds. */
    interface Counter {

        int next();

        default int nextTwo() {
            return next() + next();
        }

        default String kind() {
            throw new UnsupportedOperationException("kind");
        }

        default void each(Consumer<Integer> callback) {
            callback.accept(next());
        }
    }

    private static final class Steps implements Counter {

        private final int step;
        private int at;

        Steps(int step) {
            this.step = step;
        }

        @Override
        public int next() {
            return at += step;
        }
    }

    private static final class KindSteps implements Counter {

        @Override
        public int next() {
            return 1;
        }

        @Override
        public String kind() {
            return "steps";
        }

        @Override
        public void each(Consumer<Integer> callback) {
            throw new AssertionError("would call back once for each handle");
        }
    }

    @Test
    void runsOnceThroughTheOtherMethods() {
        Steps first = new Steps(2);
        Counter both = ParallelCalls.proxy(Counter.class, List.of(first, new Steps(2)));
        assertThat(both.nextTwo()).isEqualTo(6);
        assertThat(first.at).isEqualTo(4);
    }

    @Test
    void comparesEachStep() {
        Counter both = ParallelCalls.proxy(Counter.class, List.of(new Steps(1), new Steps(2)));
        assertThatThrownBy(both::nextTwo).hasMessageContaining("disagree about next");
    }

    @Test
    void goesToTheHandlesThatOverrideIt() {
        Counter both = ParallelCalls.proxy(Counter.class, List.of(new KindSteps(), new KindSteps()));
        assertThat(both.kind()).isEqualTo("steps");
    }

    @Test
    void failsWhereOnlyOneHandleOverridesIt() {
        Counter both = ParallelCalls.proxy(Counter.class, List.of(new KindSteps(), new Steps(1)));
        assertThatThrownBy(both::kind).hasMessageContaining("#1 threw java.lang.UnsupportedOperationException: kind");
    }

    @Test
    void throwsWhatTheInterfaceThrows() {
        Counter both = ParallelCalls.proxy(Counter.class, List.of(new Steps(1), new Steps(1)));
        assertThatThrownBy(both::kind).isExactlyInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void callsACallbackOnceThoughEveryHandleOverridesTheMethod() {
        List<Integer> seen = new ArrayList<>();
        ParallelCalls.proxy(Counter.class, List.of(new KindSteps(), new KindSteps()))
                .each(seen::add);
        assertThat(seen).containsExactly(1);
    }

    @Test
    void iteratesOnce() {
        List<Object> seen = new ArrayList<>();
        Iterator<?> both = ParallelCalls.proxy(
                Iterator.class, List.of(List.of(1, 2).iterator(), List.of(1, 2).iterator()));
        both.forEachRemaining(seen::add);
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void reachesDefaultsOfAnInterfaceThatIsNotPublic() {
        Hidden hidden = Collections::emptyList;
        Hidden other = Collections::emptyList;
        assertThat(ParallelCalls.proxy(Hidden.class, List.of(hidden, other)).isEmpty())
                .isTrue();
    }

    private interface Hidden {

        List<String> items();

        default boolean isEmpty() {
            return items().isEmpty();
        }
    }
}
