package io.parallelwrite.handle;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Handles that answer what they were told to. */
final class Answering {

    private Answering() {}

    /** One {@code Callable} per value, driven as one. */
    static Callable<Object> with(Object... values) {
        return of(Stream.of(values).map(value -> (Callable<Object>) () -> value).toList());
    }

    @SuppressWarnings("unchecked")
    static Callable<Object> of(List<Callable<Object>> handles) {
        return ParallelCalls.proxy(Callable.class, handles);
    }
}
