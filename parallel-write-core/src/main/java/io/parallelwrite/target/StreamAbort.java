package io.parallelwrite.target;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The public method {@code abort()} that an output stream may have, as those of Spring Cloud AWS do.
 *
 * @param stream the stream
 * @param method its method, in a public class or interface
 */
record StreamAbort(OutputStream stream, Method method) {

    /** The methods by class of stream, so that each class is searched once. */
    private static final ClassValue<Holder> METHODS = new ClassValue<>() {
        @Override
        protected Holder computeValue(Class<?> type) {
            return new Holder(find(type));
        }
    };

    private record Holder(@Nullable Method method) {}

    /** Returns the way to abort a stream, or {@code null} if it has none. */
    static @Nullable StreamAbort of(OutputStream stream) {
        Method method = METHODS.get(stream.getClass()).method();
        return method == null ? null : new StreamAbort(stream, method);
    }

    private static @Nullable Method find(Class<?> type) {
        try {
            Method method = ClassUtils.getPubliclyAccessibleMethodIfPossible(type.getMethod("abort"), type);
            boolean callable =
                    Modifier.isPublic(method.getDeclaringClass().getModifiers()) || method.trySetAccessible();
            return callable && !Modifier.isStatic(method.getModifiers()) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Aborts. The stream must not be closed afterwards. */
    void call() throws IOException {
        try {
            method.invoke(stream);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("The stream could not be aborted: " + e.getCause(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IOException("The stream's abort() cannot be called: " + e.getMessage(), e);
        }
    }
}
