package io.parallelwrite.handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * What is behind a proxy: takes each call to all handles, and their answers to {@link CallSettlement}.
 *
 * <p>Called by any thread; blocks until every handle has answered or the deadline has passed. Thread-safe.
 */
final class CallHandler implements InvocationHandler {

    private final HandleGroup<Object> group;
    private final CallMethods methods;
    private final Set<String> mayDiffer;

    private CallHandler(ResolvableType type, HandleGroup<Object> group, Set<String> mayDiffer) {
        this.group = group;
        this.methods = new CallMethods(type, group.handles(), mayDiffer);
        this.mayDiffer = mayDiffer;
    }

    /** Makes a proxy of an interface that was checked. */
    static Object proxy(ResolvableType type, HandleGroup<Object> group, Set<String> mayDiffer) {
        Class<?> face = type.toClass();
        return Proxy.newProxyInstance(
                face.getClassLoader(), new Class<?>[] {face}, new CallHandler(type, group, mayDiffer));
    }

    /** Makes a proxy over what the handles returned. It shares the workers, and does not end them. */
    Object nested(ResolvableType type, List<?> results) {
        return proxy(type, group.sharing(results), mayDiffer);
    }

    HandleGroup<Object> group() {
        return group;
    }

    List<Object> handles() {
        return group.handles();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return answerItself(method, arguments);
        }
        CallMethod call = methods.get(method);
        try {
            return switch (call.route()) {
                case INTERFACE -> call.onProxy(proxy, arguments);
                case CLOSE -> close(call);
                case HANDLES -> callAll(proxy, call, arguments);
            };
        } catch (IOException ex) {
            if (call.mayThrow(ex)) {
                throw ex;
            }
            throw new UncheckedIOException(ex);
        }
    }

    private @Nullable Object callAll(Object proxy, CallMethod call, @Nullable Object @Nullable [] given)
            throws Throwable {
        CallArguments arguments = CallArguments.of(call.name(), given, group.size());
        if (group.hasDeadline()) {
            arguments.copy();
        }
        HandleCall<Object, @Nullable Object> each = (handle, index) -> call.on(handle, arguments.of(index));
        List<HandleAnswer> answers = group.callEvenIfClosed(call.name(), each);
        return new CallSettlement(this, proxy, arguments).of(call, answers);
    }

    private @Nullable Object close(CallMethod call) throws Throwable {
        List<HandleAnswer> answers = group.closeAll((handle, index) -> call.on(handle, CallArguments.NONE));
        return answers.isEmpty() ? null : Agreement.of(call.name(), answers, (a, b) -> true);
    }

    /** A proxy is equal to another over the same handles. */
    private Object answerItself(Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && isSame(arguments[0]);
            case "hashCode" -> hash();
            default -> methods.type().toClass().getSimpleName() + " over " + group.size() + " handles";
        };
    }

    @SuppressWarnings("ReferenceEquality") // the very handles, not some like them
    private boolean isSame(@Nullable Object other) {
        CallHandler handler = other == null ? null : ParallelMembers.handlerOf(other);
        if (handler == null
                || handler.group.size() != group.size()
                || handler.methods.type().toClass() != methods.type().toClass()) {
            return false;
        }
        for (int i = 0; i < group.size(); i++) {
            if (handler.handles().get(i) != handles().get(i)) {
                return false;
            }
        }
        return true;
    }

    private int hash() {
        int hash = 1;
        for (Object handle : handles()) {
            hash = 31 * hash + System.identityHashCode(handle);
        }
        return hash;
    }
}
