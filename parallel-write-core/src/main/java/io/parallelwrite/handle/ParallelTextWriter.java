package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * N texts written as one: every call goes to all of them before the next.
 *
 * <p>Over streams, a call checks that all charsets have all its characters before it writes to any. If one has not, or a
 * surrogate pair is incomplete, the call fails with nothing written anywhere by it, and the writer can be used on. The halves
 * of a pair may come in two calls. Nothing else is buffered; wrap the writer in a {@link java.io.BufferedWriter} if calls are
 * small.
 *
 * <p>When some texts fail and others do not, the call throws {@link HandlesDivergedException} with everyone's answer; if all
 * threw the same, it throws what the first of them threw. From then on they are out of step, and every call but
 * {@link #close()} throws an {@link IOException} with the first failure as its cause.
 *
 * <p>Thread-safe: calls follow one another, the same way on every text. A call blocks until all have answered or its deadline
 * has passed. An interrupt is kept for later, unless it
 * comes while the caller's own thread is inside a handle, where it does what it does there; with a deadline it never is.
 */
public final class ParallelTextWriter extends Writer {

    // immutable
    private final InStep<TextOutput> outputs;
    private final boolean mayBeLate;

    // mutable, guarded by the outputs' turn
    private final TextPieces pieces;

    private ParallelTextWriter(HandleGroup<TextOutput> group) {
        this.outputs = new InStep<>(group, () -> new IOException("The writers were closed"));
        this.pieces = new TextPieces(group.handles());
        this.mayBeLate = group.hasDeadline();
    }

    /**
     * Writes streams as one text, as {@link #of(List, Charset, HandleSettings)} with the default settings.
     *
     * @param streams at least one
     * @param charset of all
     * @return a writer that closes all of them
     */
    public static ParallelTextWriter of(List<? extends OutputStream> streams, Charset charset) {
        return of(streams, charset, HandleSettings.defaults());
    }

    /**
     * Writes streams as one text. The text is encoded once.
     *
     * @param streams at least one
     * @param charset of all
     * @param settings workers and deadline
     * @return a writer that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice (its index is named), or the
     *     charset cannot encode
     */
    public static ParallelTextWriter of(
            List<? extends OutputStream> streams, Charset charset, HandleSettings settings) {
        return ofEncoded(
                HandleGroup.<OutputStream>checked(streams).stream()
                        .map(stream -> new EncodedOutput(stream, charset))
                        .toList(),
                settings);
    }

    /**
     * Writes streams as one text, each in a charset of its own. The text is encoded once for each charset.
     *
     * @param outputs at least one
     * @param settings workers and deadline
     * @return a writer that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null}, a stream is there twice, or a charset cannot
     *     encode; its index is named
     */
    public static ParallelTextWriter ofEncoded(List<EncodedOutput> outputs, HandleSettings settings) {
        return ofEncoded(outputs, settings, HandleGroup.timerFor(settings));
    }

    static ParallelTextWriter ofEncoded(
            List<EncodedOutput> outputs, HandleSettings settings, @Nullable DeadlineTimer timer) {
        HandleGroup.checked(HandleGroup.<EncodedOutput>checked(outputs).stream()
                .map(EncodedOutput::stream)
                .toList());
        Map<Charset, TextEncoder> encoders = new HashMap<>();
        List<TextOutput> taking = new ArrayList<>();
        for (EncodedOutput output : outputs) {
            if (!output.charset().canEncode()) {
                throw new IllegalArgumentException("The charset of #" + taking.size() + " [" + output.charset()
                        + "] can only be read; choose another to write in");
            }
            TextEncoder encoder = encoders.computeIfAbsent(output.charset(), TextEncoder::new);
            taking.add(new TextOutput.OfStream(output.stream(), encoder));
        }
        return new ParallelTextWriter(new HandleGroup<>(taking, settings, timer));
    }

    /**
     * Writes writers as one text. What they do with characters they cannot encode is up to them; many replace them.
     *
     * @param writers at least one
     * @param settings workers and deadline
     * @return a writer that closes all of them
     * @throws IllegalArgumentException if there is none, one is {@code null} or there twice; its index is named
     */
    public static ParallelTextWriter ofWriters(List<? extends Writer> writers, HandleSettings settings) {
        return ofWriters(writers, settings, HandleGroup.timerFor(settings));
    }

    static ParallelTextWriter ofWriters(
            List<? extends Writer> writers, HandleSettings settings, @Nullable DeadlineTimer timer) {
        return new ParallelTextWriter(new HandleGroup<>(outputs(writers), settings, timer));
    }

    static ParallelTextWriter ofWriters(List<? extends Writer> writers, HandleGroup<?> owner) {
        return new ParallelTextWriter(owner.sharing(outputs(writers)));
    }

    private static List<TextOutput> outputs(List<? extends Writer> writers) {
        return HandleGroup.<Writer>checked(writers).stream()
                .<TextOutput>map(TextOutput.OfWriter::new)
                .toList();
    }

    /**
     * Writes characters to every text. If a charset has not all of them, nothing is written anywhere. If one fails while it
     * is written to, others have taken them: the call fails, and the texts are out of step.
     *
     * @param text no writer may change it
     * @param from the first character
     * @param length how many
     * @throws IOException if the charsets or the texts disagree, now or before, or fail
     */
    @Override
    public void write(char[] text, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, text.length);
        outputs.turn.lock();
        try {
            outputs.check();
            CharBuffer left = pieces.checked(text, from, length);
            while (left.hasRemaining()) {
                writePiece(left, pieces.encodeNext(left));
            }
            pieces.keepHalf(text, from, length);
        } finally {
            outputs.turn.unlock();
        }
    }

    private void writePiece(CharBuffer left, int length) throws IOException {
        // One that is late goes on reading after the caller has its array back.
        char[] piece = mayBeLate ? new char[length] : left.array();
        int first = mayBeLate ? 0 : left.arrayOffset() + left.position();
        if (mayBeLate) {
            left.duplicate().get(piece);
        }
        outputs.run(() -> "a write of " + length + " characters", (output, index) -> {
            output.write(piece, first, length);
            return null;
        });
        left.position(left.position() + length);
    }

    /**
     * Flushes every text. If one fails and others do not, the call fails. So it does, before it flushes any, if half of a
     * surrogate pair waits for the other.
     *
     * @throws IOException if the texts disagree, now or before, or fail
     */
    @Override
    public void flush() throws IOException {
        outputs.turn.lock();
        try {
            outputs.check();
            IOException cut = pieces.cut();
            if (cut != null) {
                throw cut;
            }
            outputs.run(() -> "flush", (output, index) -> {
                output.flush();
                return null;
            });
        } finally {
            outputs.turn.unlock();
        }
    }

    /**
     * Closes every text, whatever the others do, also when they are out of step; what some charsets need at the end of a text
     * is written only if they are in step. Waits for the call in progress, or its deadline. Does nothing the second time.
     *
     * @throws IOException if texts could not be closed, naming each, with the first failure as the cause and the others
     *     suppressed; if half of a surrogate pair waits for the other, in which case all are closed too
     */
    @Override
    public void close() throws IOException {
        outputs.turn.lock();
        try {
            IOException cut = outputs.isInStep() ? pieces.cut() : null;
            try {
                closeOutputs();
            } catch (IOException ex) {
                if (cut == null) {
                    throw ex;
                }
                cut.addSuppressed(ex);
            }
            if (cut != null) {
                throw cut;
            }
        } finally {
            outputs.turn.unlock();
        }
    }

    private void closeOutputs() throws IOException {
        boolean ends = outputs.isInStep();
        if (ends) {
            pieces.encodeEnd();
        }
        outputs.close((output, index) -> {
            try (output) {
                if (ends) {
                    output.end();
                }
            }
            return null;
        });
    }
}
