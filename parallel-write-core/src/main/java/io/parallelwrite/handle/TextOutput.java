package io.parallelwrite.handle;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** One of those that take a text. */
sealed interface TextOutput extends Closeable {

    /** Returns who encodes the text for it, or {@code null} if it takes characters. */
    @Nullable
    TextEncoder encoder();

    /** Writes a piece of the text, which its encoder has encoded. */
    void write(char[] text, int from, int length) throws IOException;

    void flush() throws IOException;

    /** Writes what its encoder has encoded to end the text. */
    void end() throws IOException;

    /**
     * Takes bytes.
     *
     * @param stream takes them
     * @param encoder makes them
     */
    record OfStream(OutputStream stream, TextEncoder encoder) implements TextOutput {

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            stream.write(encoder.array(), 0, encoder.count());
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void end() throws IOException {
            if (encoder.count() > 0) {
                stream.write(encoder.array(), 0, encoder.count());
            }
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /**
     * Takes characters.
     *
     * @param writer takes them
     */
    record OfWriter(Writer writer) implements TextOutput {

        @Override
        public @Nullable TextEncoder encoder() {
            return null;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            writer.write(text, from, length);
        }

        @Override
        public void flush() throws IOException {
            writer.flush();
        }

        @Override
        public void end() {
            // It ends the text when it is closed.
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
