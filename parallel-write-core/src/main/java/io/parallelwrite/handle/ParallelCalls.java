package io.parallelwrite.handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.springframework.core.ResolvableType;

/**
 * Drives objects of any interface as one: a proxy whose every call goes to all of them, and whose result is what they
 * agree on.
 *
 * <p>Called by any thread; calls of several threads follow one another, so that every handle sees the same order. A call
 * blocks until the last handle has returned, or until the deadline of the settings.
 *
 * <h2>Results</h2>
 *
 * <ul>
 *   <li>Values are compared by what they hold: arrays, buffers (what remains in them), optionals, collections and maps to
 *       any depth, text by its characters, everything else by {@code equals}. The first handle's is returned.
 *   <li>Where each handle returns itself, the proxy returns itself. Where each returns the argument it was given, the
 *       proxy returns the caller's.
 *   <li>Streams, readers, writers and channels are returned as one that drives all. A {@link java.util.stream.Stream}
 *       compares each element when it is read, and fails where one is longer than another.
 *   <li>A {@link java.util.concurrent.CompletionStage} completes when all have, with what they agree on. The deadline is
 *       not for it, and cancelling it cancels none of theirs.
 *   <li>Objects that are equal to nothing but themselves, from a method declared to return an interface, are driven through
 *       another proxy: {@code getConnection()} of two data sources returns one connection over two. So are iterators.
 *       If the method is not declared to return an interface, or returns them in an array, an optional or a collection,
 *       they are a divergence.
 * </ul>
 *
 * <h2>When the handles disagree</h2>
 *
 * <p>A call whose results differ, that fails on some and not on others, or fails with exceptions of different classes
 * throws {@link HandlesDivergedException}, which says who said what and holds every answer. A method that declares neither
 * {@code IOException} nor {@code Exception} throws it inside an {@link java.io.UncheckedIOException}. If all handles threw
 * exceptions of the same class, the first is thrown and holds the others as suppressed. What a handle returned and the
 * caller cannot have, because the handles disagree, is not closed: it is among the answers.
 *
 * <p>The proxy can be used on after a disagreement, for it does not know what that means to the handles: they may be out of
 * step, so that later calls disagree, too. {@link ParallelByteChannel} and its like do know, and refuse. After a missed
 * deadline every call fails until the late handle has returned; only {@code close} works.
 *
 * <h2>Methods that may differ</h2>
 *
 * <p>{@link HandleSettings#mayDiffer()} names methods of which the first handle's value is returned, whatever the others
 * return; that one of them fails is a divergence all the same. Those by default are {@link HandleSettings#DEFAULT_MAY_DIFFER}.
 *
 * <h2>Arguments</h2>
 *
 * <p>Each handle gets its own copy of an array or a buffer, also of those in an array. After the call the copies must hold
 * the same, position and limit included, and then the caller's becomes like them; if the call fails, the caller's is as it
 * was. A copy is of the whole capacity and loses the mark; a read-only buffer is not copied. Of a proxy made here, each
 * handle gets its member. What would be read up by the first handle or written to by all (streams, readers, writers,
 * channels, iterators, {@code Appendable}s) is refused. Everything else is shared by the handles, which use it from several
 * threads at once: a callback passed to a method of theirs is called by each of them.
 *
 * <h2>The proxy itself</h2>
 *
 * <p>{@code equals} is true for proxies of one interface over the same handles; {@code hashCode} and {@code toString} are
 * the proxy's own. A default method that no handle overrides, and any that takes a callback of {@code java.util.function},
 * runs once on the proxy and reaches the handles through the methods it calls. {@code close} of an {@code AutoCloseable}
 * closes every handle, whatever the others do, and ends the workers; the second time it does nothing. Calls after it reach
 * the handles, in turn, which say for themselves that they are closed. Without a {@code close} there is nothing to do: idle
 * workers end by themselves.
 */
public final class ParallelCalls {

    private ParallelCalls() {}

    /**
     * Drives handles as one, with the default settings: all are called at once, and there is no deadline.
     *
     * @param <T> what the handles are
     * @param type an interface, not sealed
     * @param handles at least one, none {@code null}, none twice; their order is that of the answers
     * @return the proxy
     * @throws IllegalArgumentException if there can be no proxy of the type, or a handle is missing, there twice, of
     *     another type or closed, or is a channel that was opened for something else than the first or is at another
     *     position; the message names its index
     * @throws UncheckedIOException if a channel cannot say its state
     */
    public static <T> T proxy(Class<T> type, List<? extends T> handles) {
        return proxy(type, handles, HandleSettings.defaults());
    }

    /**
     * Drives handles as one.
     *
     * @param <T> what the handles are
     * @param type an interface, not sealed
     * @param handles at least one, none {@code null}, none twice; their order is that of the answers
     * @param settings how many are called at once, for how long, and which methods may differ
     * @return the proxy
     * @throws IllegalArgumentException if there can be no proxy of the type, or a handle is missing, there twice, of
     *     another type or closed, or is a channel that was opened for something else than the first or is at another
     *     position; the message names its index
     * @throws UncheckedIOException if a channel cannot say its state
     */
    public static <T> T proxy(Class<T> type, List<? extends T> handles, HandleSettings settings) {
        ProxyInterface.check(type, handles);
        HandleGroup<Object> group = new HandleGroup<>(handles, settings);
        boolean taken = false;
        try {
            if (SeekableByteChannel.class.isAssignableFrom(type)) {
                checkState(group);
            }
            Object proxy = CallHandler.proxy(ResolvableType.forClass(type), group, settings.mayDiffer());
            taken = true;
            return type.cast(proxy);
        } finally {
            if (!taken) {
                group.release();
            }
        }
    }

    private static void checkState(HandleGroup<Object> group) {
        try {
            ChannelState.common(group.sharing(group.handles().stream()
                    .map(SeekableByteChannel.class::cast)
                    .toList()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
