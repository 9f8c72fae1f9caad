package io.parallelwrite.handle;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What is known of one method of an interface before it is called. Thread-safe: it is immutable.
 *
 * @param method as the proxy gets it; made accessible
 * @param route who executes it
 * @param mayDiffer whether the handles may return different values
 * @param result what it returns, with the type arguments that are known
 */
record CallMethod(Method method, Route route, boolean mayDiffer, ResolvableType result) {

    /** Who executes a method. */
    enum Route {
        /** Each handle. */
        HANDLES,
        /** The interface itself, once, through the other methods of the proxy. */
        INTERFACE,
        /** Each handle, which is closed by it. */
        CLOSE
    }

    String name() {
        return method.getName();
    }

    /** Returns the same method, as if it returned something else: what a stage completes with. */
    CallMethod returning(ResolvableType other) {
        return new CallMethod(method, route, mayDiffer, other);
    }

    /** Calls one handle. */
    @Nullable
    Object on(Object handle, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(handle, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getTargetException();
        }
    }

    /** Runs the interface's own body, once. */
    @Nullable
    Object onProxy(Object proxy, @Nullable Object @Nullable [] arguments) throws Throwable {
        Class<?> owner = method.getDeclaringClass();
        if (Modifier.isPublic(owner.getModifiers())) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        MethodHandle body = MethodHandles.privateLookupIn(
                        owner, MethodHandles.lookup()) // the other way checks who may see the owner
                .unreflectSpecial(method, owner)
                .asFixedArity()
                .bindTo(proxy);
        return arguments == null ? body.invokeWithArguments() : body.invokeWithArguments(arguments);
    }

    /** Tells whether callers expect such a checked exception; others have to be wrapped. */
    boolean mayThrow(Exception exception) {
        return Stream.of(method.getExceptionTypes()).anyMatch(declared -> declared.isInstance(exception));
    }

    /** Returns the declared type of the result, or as much of it as is known; {@code Object} if nothing is. */
    Class<?> resultType() {
        return result.resolve(Object.class);
    }

    /** Tells whether the result is a value whatever the handle, so that comparing is all that can be done with it. */
    boolean returnsValue() {
        Class<?> type = resultType();
        return type == void.class
                || ClassUtils.isPrimitiveOrWrapper(type)
                || CharSequence.class.isAssignableFrom(type)
                || Optional.class == type
                || type.isArray()
                || type.isEnum()
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type);
    }
}
