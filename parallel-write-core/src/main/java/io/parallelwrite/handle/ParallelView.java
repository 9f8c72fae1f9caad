package io.parallelwrite.handle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one stream, reader, writer or channel of those the handles returned.
 *
 * @param <V> what they all are
 * @param kind of what they all are
 * @param maker makes one over all
 */
record ParallelView<V>(Class<V> kind, Maker<V> maker) {

    /** Makes one over all. */
    interface Maker<V> {

        V of(HandleGroup<?> owner, List<V> results) throws IOException;
    }

    private static final List<ParallelView<?>> ALL = List.of(
            new ParallelView<>(InputStream.class, (owner, results) -> new ParallelInputStream(owner.sharing(results))),
            new ParallelView<>(
                    OutputStream.class, (owner, results) -> new ParallelTeeOutputStream(owner.sharing(results))),
            new ParallelView<>(Reader.class, (owner, results) -> ParallelReader.ofReaders(results, owner)),
            new ParallelView<>(Writer.class, (owner, results) -> ParallelTextWriter.ofWriters(results, owner)),
            new ParallelView<>(
                    SeekableByteChannel.class, (owner, results) -> ParallelByteChannel.of(owner.sharing(results))));

    /**
     * Returns one thing over all results, or {@code null} if they are nothing of these, or the method is declared to return
     * something narrower.
     */
    static @Nullable Object of(Class<?> declared, HandleGroup<?> owner, List<?> results) throws IOException {
        for (ParallelView<?> view : ALL) {
            if (results.stream().allMatch(view.kind::isInstance)) {
                return view.over(declared, owner, results);
            }
        }
        return null;
    }

    private @Nullable Object over(Class<?> declared, HandleGroup<?> owner, List<?> results) throws IOException {
        boolean buffered = declared == BufferedReader.class;
        if (!buffered && !declared.isAssignableFrom(kind)) {
            return null;
        }
        V one = maker.of(owner, results.stream().<V>map(kind::cast).toList());
        return buffered ? new BufferedReader((Reader) one) : one;
    }
}
