package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams and iterators the handles return: compared as they are read. */
class ParallelCallStreamTests {

    /** Something with content in several forms. */
    interface Source extends Iterable<String> {

        Stream<String> lines();

        Stream<byte[]> blocks();

        IntStream ints();

        LongStream longs();

        DoubleStream doubles();

        BaseStream<?, ?> any();

        PrimitiveOnly primitive();
    }

    /** A stream that is less than {@code Stream} would be. */
    interface PrimitiveOnly {}

    private static final class Lines implements Source {

        private final List<String> lines;
        private final List<String> events = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger read = new AtomicInteger();

        Lines(String... lines) {
            this.lines = List.of(lines);
        }

        @Override
        public Stream<String> lines() {
            return lines.stream().peek(line -> read.incrementAndGet()).onClose(() -> events.add("closed"));
        }

        @Override
        public Stream<byte[]> blocks() {
            return lines.stream().map(String::getBytes);
        }

        @Override
        public IntStream ints() {
            return lines.stream().mapToInt(String::length);
        }

        @Override
        public LongStream longs() {
            return ints().asLongStream();
        }

        @Override
        public DoubleStream doubles() {
            return ints().asDoubleStream();
        }

        @Override
        public BaseStream<?, ?> any() {
            return lines();
        }

        @Override
        public PrimitiveOnly primitive() {
            return new PrimitiveOnly() {};
        }

        @Override
        public Iterator<String> iterator() {
            return lines.iterator();
        }
    }

    private static Source all(Lines... sources) {
        return ParallelCalls.proxy(Source.class, List.of(sources));
    }

    @Test
    void readsWhatAllHave() {
        Source both = all(new Lines("one", "three"), new Lines("one", "three"));
        assertThat(both.lines()).containsExactly("one", "three");
        assertThat(both.blocks().map(String::new)).containsExactly("one", "three");
        assertThat(both.ints().boxed()).containsExactly(3, 5);
        assertThat(both.longs().boxed()).containsExactly(3L, 5L);
        assertThat(both.doubles().boxed()).containsExactly(3.0, 5.0);
        assertThat(both.any()).isInstanceOf(Stream.class);
        assertThat(both).containsExactly("one", "three");
        assertThat(all(new Lines("one")).lines()).containsExactly("one");
        assertThat(both.primitive()).isInstanceOf(PrimitiveOnly.class);
    }

    @Test
    void readsNothingAhead() {
        Lines first = new Lines("one", "two", "three");
        Source both = all(first, new Lines("one", "two", "other"));
        assertThat(both.lines().limit(2)).containsExactly("one", "two");
        assertThat(first.read).hasValue(2);
    }

    @Test
    void failsAtTheFirstElementThatDiffers() {
        List<String> seen = new ArrayList<>();
        Stream<String> lines =
                all(new Lines("one", "two"), new Lines("one", "TWO")).lines();
        assertThatThrownBy(() -> lines.forEach(seen::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("#0 returned \"two\"; #1 returned \"TWO\"");
        assertThat(seen).containsExactly("one");
    }

    @Test
    void failsWhereOneIsShorter() {
        List<String> seen = new ArrayList<>();
        Stream<String> lines = all(new Lines("one", "two"), new Lines("one"), new Lines("one", "two"))
                .lines();
        assertThatThrownBy(() -> lines.forEach(seen::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("#0 and #2 returned true; #1 returned false. #1 is in the minority");
        assertThat(seen).containsExactly("one");
    }

    @Test
    void closesAll() {
        Lines first = new Lines("one");
        Lines second = new Lines("one");
        try (Stream<String> lines = all(first, second).lines()) {
            assertThat(lines.findFirst()).contains("one");
        }
        assertThat(first.events).containsExactly("closed");
        assertThat(second.events).containsExactly("closed");
    }

    @Test
    void closesTheOthersWhenOneCannotBe() {
        Lines second = new Lines("one");
        Supplier<Stream<String>> failing = () -> Stream.of("one").onClose(() -> {
            throw new IllegalStateException("stuck");
        });
        Supplier<Stream<String>> closing = second::lines;
        Holder both = ParallelCalls.proxy(Holder.class, List.of(failing::get, closing::get));
        Stream<String> lines = both.lines();
        assertThatThrownBy(lines::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("1 of 2 handles could not be closed")
                .hasMessageContaining("stuck");
        assertThat(second.events).containsExactly("closed");
    }

    /** Gives out one stream. */
    interface Holder {

        Stream<String> lines();
    }

    @Test
    void iteratorsEndTogether() {
        Iterator<String> strings = all(new Lines("one"), new Lines("one")).iterator();
        assertThat(strings.next()).isEqualTo("one");
        assertThat(strings.hasNext()).isFalse();
        assertThatThrownBy(strings::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void iterationFailsWhereOneIsLongerInsteadOfStopping() {
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> all(new Lines("one"), new Lines("one", "two")).forEach(seen::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("hasNext");
        assertThat(seen).containsExactly("one");
    }

    @Test
    void failsWhereOneReturnsNoStream() {
        Holder both = ParallelCalls.proxy(Holder.class, List.of((Holder) () -> Stream.of("one"), (Holder) () -> null));
        assertThatThrownBy(both::lines).isInstanceOf(UncheckedIOException.class);
    }
}
