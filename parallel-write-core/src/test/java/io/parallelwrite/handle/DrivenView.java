package io.parallelwrite.handle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The ways to drive handles as one, for what must be true of all of them. */
enum DrivenView {
    CHANNEL(null) {
        @Override
        void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step) throws IOException {
            List<OutputChannel> channels =
                    places.stream().map(OutputChannel::new).toList();
            try (ParallelByteChannel all = ParallelByteChannel.of(channels, settings)) {
                for (int from = 0; from < content.length; from += step) {
                    all.write(ByteBuffer.wrap(content, from, Math.min(step, content.length - from)));
                }
            }
        }

        @Override
        byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try (ParallelByteChannel all = ParallelByteChannel.of(
                    copies.stream().map(ScriptedChannel::new).toList(), settings)) {
                ByteBuffer buffer = ByteBuffer.allocate(step);
                while (all.read(buffer) >= 0) {
                    read.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
            }
            return read.toByteArray();
        }
    },

    STREAM(null) {
        @Override
        void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step) throws IOException {
            try (OutputStream all = ParallelTeeOutputStream.of(places, settings)) {
                for (int from = 0; from < content.length; from += step) {
                    all.write(content, from, Math.min(step, content.length - from));
                }
            }
        }

        @Override
        byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try (ParallelInputStream all = ParallelInputStream.of(
                    copies.stream().map(ByteArrayInputStream::new).toList(), settings)) {
                byte[] buffer = new byte[step];
                for (int count = all.read(buffer); count >= 0; count = all.read(buffer)) {
                    read.write(buffer, 0, count);
                }
            }
            return read.toByteArray();
        }
    },

    TEXT_UTF_8(UTF_8) {
        @Override
        void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step) throws IOException {
            writeText(ParallelTextWriter.of(places, UTF_8, settings), content, step);
        }

        @Override
        byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException {
            return readText(
                    ParallelReader.of(
                            copies.stream().map(ByteArrayInputStream::new).toList(), UTF_8, settings),
                    step);
        }
    },

    TEXT_UTF_16(UTF_16) {
        @Override
        void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step) throws IOException {
            writeText(ParallelTextWriter.of(places, UTF_16, settings), content, step);
        }

        @Override
        byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException {
            return readText(
                    ParallelReader.of(
                            copies.stream().map(ByteArrayInputStream::new).toList(), UTF_16, settings),
                    step);
        }
    },

    READERS_AND_WRITERS(ISO_8859_1) {
        @Override
        void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step) throws IOException {
            List<Writer> writers = places.stream()
                    .<Writer>map(place -> new UnbufferedWriter(place, ISO_8859_1))
                    .toList();
            writeText(ParallelTextWriter.ofWriters(writers, settings), content, step);
        }

        @Override
        byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException {
            return readText(ParallelReader.ofReaders(readers(copies), settings), step);
        }
    },

    LINES(ISO_8859_1) {
        @Override
        void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step) throws IOException {
            writeText(ParallelTextWriter.of(places, ISO_8859_1, settings), content, step);
        }

        @Override
        byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException {
            StringWriter read = new StringWriter();
            try (ParallelReader all = ParallelReader.ofReaders(readers(copies), settings)) {
                for (String line = all.readLine(); line != null; line = all.readLine()) {
                    read.append(line).append('\n');
                }
            }
            return read.toString().getBytes(ISO_8859_1);
        }
    };

    private final Charset charset;

    DrivenView(Charset charset) {
        this.charset = charset;
    }

    /** Writes content to all places, some at a time, and closes them. */
    abstract void write(List<ScriptedOutput> places, HandleSettings settings, byte[] content, int step)
            throws IOException;

    /** Reads all copies to their end, some at a time, and closes them. */
    abstract byte[] read(List<byte[]> copies, HandleSettings settings, int step) throws IOException;

    /** Returns random content of about this many bytes that the view can carry. */
    byte[] content(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        if (charset == null) {
            return bytes;
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < size / 2) {
            text.append(charset == ISO_8859_1 ? "äb" : "a\u00e4\u20ac\ud83d\ude00")
                    .append(random.nextInt(1000));
            text.append(random.nextInt(20) == 0 ? "\n" : "");
        }
        return text.append("\n").toString().getBytes(charset);
    }

    /** Returns the content with one unit of it changed, far behind the beginning. */
    byte[] changed(byte[] content) {
        byte[] changed = content.clone();
        int at = charset == null ? content.length - 5 : lastDigit(content);
        changed[at] ^= 1; // another digit, in text
        return changed;
    }

    /** Returns the content without its last unit. */
    byte[] cut(byte[] content) {
        return charset == null
                ? Arrays.copyOf(content, content.length - 1)
                : new String(content, charset).replaceFirst("..?\\n\\z", "").getBytes(charset);
    }

    private static int lastDigit(byte[] content) {
        int at = content.length - 1;
        while (content[at] < '0' || content[at] > '9') {
            at--;
        }
        return at;
    }

    private static List<Reader> readers(List<byte[]> copies) {
        List<Reader> readers = new ArrayList<>();
        copies.forEach(copy -> readers.add(new InputStreamReader(new ByteArrayInputStream(copy), ISO_8859_1)));
        return readers;
    }

    void writeText(Writer all, byte[] content, int step) throws IOException {
        String text = new String(content, charset);
        try (all) {
            for (int from = 0; from < text.length(); from += step) {
                all.write(text, from, Math.min(step, text.length() - from));
            }
        }
    }

    byte[] readText(Reader all, int step) throws IOException {
        StringBuilder read = new StringBuilder();
        try (all) {
            char[] buffer = new char[step];
            for (int count = all.read(buffer); count >= 0; count = all.read(buffer)) {
                read.append(buffer, 0, count);
            }
        }
        return read.toString().getBytes(charset);
    }

    /** Passes each write on at once, as a test that counts writes needs it. */
    private static final class UnbufferedWriter extends OutputStreamWriter {

        UnbufferedWriter(OutputStream stream, Charset charset) {
            super(stream, charset);
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            super.write(text, from, length);
            flush();
        }
    }
}
