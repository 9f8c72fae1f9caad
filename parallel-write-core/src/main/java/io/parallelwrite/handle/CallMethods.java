package io.parallelwrite.handle;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.ResolvableType;

/**
 * The methods of an interface, each looked at once.
 *
 * <p>A default method that no handle overrides runs once, on the proxy, and reaches the handles through the methods it
 * calls: so each of its steps is compared, and a callback it is given is called once and not once for each handle. One
 * that a handle overrides goes to the handles, because the interface's own body is then often a stub that says
 * "unsupported". If it takes a callback of {@code java.util.function}, as {@code Iterator.forEachRemaining} does, it runs
 * once all the same.
 *
 * <p>Thread-safe.
 */
final class CallMethods {

    // immutable
    private final ResolvableType type;
    private final List<? extends Class<?>> handleTypes;
    private final Set<String> mayDiffer;

    // mutable, thread-safe
    private final Map<Method, CallMethod> known = new ConcurrentHashMap<>();

    CallMethods(ResolvableType type, List<?> handles, Set<String> mayDiffer) {
        this.type = type;
        this.handleTypes =
                handles.stream().<Class<?>>map(Object::getClass).distinct().toList();
        this.mayDiffer = mayDiffer;
    }

    ResolvableType type() {
        return type;
    }

    CallMethod get(Method method) {
        CallMethod call = known.get(method);
        return call != null ? call : known.computeIfAbsent(method, this::lookAt);
    }

    private CallMethod lookAt(Method method) {
        method.setAccessible(true); // the interface may not be public
        ResolvableType result =
                ResolvableType.forType(method.getGenericReturnType(), type.as(method.getDeclaringClass()));
        return new CallMethod(method, route(method), mayDiffer.contains(method.getName()), result);
    }

    private CallMethod.Route route(Method method) {
        if (method.getName().equals("close")
                && method.getParameterCount() == 0
                && AutoCloseable.class.isAssignableFrom(type.toClass())) {
            return CallMethod.Route.CLOSE;
        }
        boolean once = method.isDefault() && (takesCallback(method) || !isOverridden(method));
        return once ? CallMethod.Route.INTERFACE : CallMethod.Route.HANDLES;
    }

    private static boolean takesCallback(Method method) {
        return Stream.of(method.getParameterTypes())
                .anyMatch(parameter -> parameter.getPackageName().equals("java.util.function"));
    }

    private boolean isOverridden(Method method) {
        return handleTypes.stream().anyMatch(handle -> isOverridden(method, handle));
    }

    private static boolean isOverridden(Method method, Class<?> handle) {
        try {
            return !handle.getMethod(method.getName(), method.getParameterTypes())
                    .equals(method);
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException(handle.getName() + " lacks a method of an interface it implements", ex);
        }
    }
}
