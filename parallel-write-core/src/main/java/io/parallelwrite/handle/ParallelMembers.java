package io.parallelwrite.handle;

import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into what is driven as one. Stateless. */
final class ParallelMembers {

    private ParallelMembers() {}

    /**
     * Returns the handles behind a proxy of ours or a stream, in their order, or {@code null} if it is none. A channel is
     * none: it has a position, which would not follow.
     */
    static @Nullable List<?> of(Object object) {
        if (object instanceof ParallelInputStream in) {
            return in.members();
        }
        if (object instanceof ParallelTeeOutputStream out) {
            return out.members();
        }
        if (object instanceof ParallelReader reader) {
            return reader.members();
        }
        CallHandler handler = handlerOf(object);
        return handler == null ? null : handler.handles();
    }

    static @Nullable CallHandler handlerOf(Object object) {
        return Proxy.isProxyClass(object.getClass())
                        && Proxy.getInvocationHandler(object) instanceof CallHandler handler
                ? handler
                : null;
    }
}
