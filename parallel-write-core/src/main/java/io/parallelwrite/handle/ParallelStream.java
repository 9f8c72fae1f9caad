package io.parallelwrite.handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Makes one stream of those the handles returned.
 *
 * <p>Nothing is read before the stream is: each element is asked of all, compared, and only then handed out. An element
 * that differs, or one that some have and others do not, fails what reads the stream. Closing it closes all.
 *
 * @param handler of the proxy whose handles returned the streams
 * @param element what the streams are of
 */
record ParallelStream(CallHandler handler, ResolvableType element) {

    /** Makes the stream, or returns {@code null} if the method is not declared to return such. */
    @Nullable
    BaseStream<?, ?> of(Class<?> declared, List<?> results) {
        Class<?> kind = kindOf(results.get(0));
        if (!declared.isAssignableFrom(kind) || !results.stream().allMatch(kind::isInstance)) {
            return null;
        }
        List<BaseStream<?, ?>> streams =
                results.stream().<BaseStream<?, ?>>map(BaseStream.class::cast).toList();
        Stream<Object> all = StreamSupport.stream(elements(streams), false).onClose(() -> close(streams));
        if (kind == IntStream.class) {
            return all.mapToInt(Integer.class::cast);
        }
        if (kind == LongStream.class) {
            return all.mapToLong(Long.class::cast);
        }
        return kind == DoubleStream.class ? all.mapToDouble(Double.class::cast) : all;
    }

    private static Class<?> kindOf(Object stream) {
        if (stream instanceof IntStream) {
            return IntStream.class;
        }
        if (stream instanceof LongStream) {
            return LongStream.class;
        }
        return stream instanceof DoubleStream ? DoubleStream.class : Stream.class;
    }

    @SuppressWarnings("unchecked") // the proxy is an Iterator, and what it returns was compared and not looked at
    private Spliterator<Object> elements(List<BaseStream<?, ?>> streams) {
        List<Iterator<?>> iterators =
                streams.stream().<Iterator<?>>map(BaseStream::iterator).toList();
        ResolvableType type = ResolvableType.forClassWithGenerics(Iterator.class, element);
        return Spliterators.spliteratorUnknownSize(
                (Iterator<Object>) handler.nested(type, iterators), Spliterator.ORDERED);
    }

    private void close(List<BaseStream<?, ?>> streams) {
        try {
            handler.group().sharing(streams).close((stream, index) -> {
                ((BaseStream<?, ?>) stream).close();
                return null;
            });
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
