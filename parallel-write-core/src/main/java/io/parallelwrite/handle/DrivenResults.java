package io.parallelwrite.handle;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * What handles return that is no value but another thing to drive: streams, channels, and objects that can only be told
 * apart by identity, if the method is declared to return an interface.
 *
 * @param handler of the proxy that was called
 * @param declared what the method returns
 */
record DrivenResults(CallHandler handler, ResolvableType declared) {

    /**
     * Returns one thing over all results, or {@code null} if they are values.
     *
     * @throws IllegalArgumentException if they are channels that cannot be driven as one
     * @throws IOException if a channel cannot say its state
     */
    @Nullable
    Object of(List<? extends @Nullable Object> results) throws IOException {
        if (!areDistinct(results)) {
            return null;
        }
        Class<?> type = declared.resolve(Object.class);
        if (results.stream().allMatch(BaseStream.class::isInstance)) {
            ResolvableType element = declared.as(Stream.class).getGeneric(0);
            return new ParallelStream(handler, element).of(type, results);
        }
        Object view = ParallelView.of(type, handler.group(), results);
        if (view != null) {
            return view;
        }
        boolean driven =
                ProxyInterface.problem(type).isEmpty() && results.stream().allMatch(DrivenResults::isOnlyItself);
        return driven ? handler.nested(declared, results) : null;
    }

    private static boolean areDistinct(List<? extends @Nullable Object> results) {
        Set<@Nullable Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(results);
        return distinct.size() == results.size() && !distinct.contains(null);
    }

    /** Tells whether nothing but the object itself is equal to it. What a JDK proxy is equal to, it does not tell. */
    private static boolean isOnlyItself(Object result) {
        if (result instanceof CharSequence
                || result instanceof Collection<?>
                || result instanceof Map<?, ?>
                || result instanceof Map.Entry<?, ?>) {
            return false;
        }
        Method equals = ReflectionUtils.findMethod(result.getClass(), "equals", Object.class);
        return equals == null || equals.getDeclaringClass() == Object.class || Proxy.isProxyClass(result.getClass());
    }
}
