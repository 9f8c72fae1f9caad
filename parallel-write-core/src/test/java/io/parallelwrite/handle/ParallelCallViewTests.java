package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams, readers, writers and channels that handles give out: each kind is driven by what drives it best. */
class ParallelCallViewTests {

    /** A place that can be opened in many ways. */
    interface Place {

        InputStream in() throws IOException;

        FilterInputStream filtered() throws IOException;

        OutputStream out() throws IOException;

        Reader reader() throws IOException;

        BufferedReader bufferedReader() throws IOException;

        Writer writer() throws IOException;

        ByteChannel channel() throws IOException;

        ReadableByteChannel readable() throws IOException;

        String readAll(InputStream from) throws IOException;

        String readText(Reader from) throws IOException;

        void writeTo(OutputStream to) throws IOException;
    }

    private static final class TextPlace implements Place {

        private final String text;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final StringWriter written = new StringWriter();
        private final MemoryChannel channel = new MemoryChannel();
        private final InputStream in;

        TextPlace(String text) {
            this.text = text;
            this.in = new ByteArrayInputStream(text.getBytes());
        }

        @Override
        public InputStream in() {
            return in;
        }

        @Override
        public FilterInputStream filtered() {
            return new FilterInputStream(in) {};
        }

        @Override
        public OutputStream out() {
            return bytes;
        }

        @Override
        public Reader reader() {
            return new StringReader(text);
        }

        @Override
        public BufferedReader bufferedReader() {
            return new BufferedReader(reader());
        }

        @Override
        public Writer writer() {
            return written;
        }

        @Override
        public ByteChannel channel() {
            return channel;
        }

        @Override
        public ReadableByteChannel readable() {
            return Channels.newChannel(in);
        }

        @Override
        public String readAll(InputStream from) throws IOException {
            return new String(from.readAllBytes());
        }

        @Override
        public String readText(Reader from) throws IOException {
            char[] one = new char[1];
            return from.read(one) + new String(one);
        }

        @Override
        public void writeTo(OutputStream to) throws IOException {
            to.write(text.getBytes());
        }
    }

    private final TextPlace first = new TextPlace("text");
    private final TextPlace second = new TextPlace("text");
    private final TextPlace other = new TextPlace("test");
    private final Place both = ParallelCalls.proxy(Place.class, List.of(first, second));
    private final Place unlike = ParallelCalls.proxy(Place.class, List.of(first, other));

    @Test
    void readsStreams() throws IOException {
        assertThat(both.in()).isInstanceOf(ParallelInputStream.class).hasContent("text");
    }

    @Test
    void comparesStreams() throws IOException {
        InputStream in = unlike.in();
        assertThatThrownBy(in::readAllBytes)
                .isInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("2");
    }

    @Test
    void writesStreams() throws IOException {
        both.out().write(new byte[] {1, 2});
        assertThat(first.bytes.toByteArray()).containsExactly(1, 2);
        assertThat(second.bytes.toByteArray()).containsExactly(1, 2);
    }

    @Test
    void readsReaders() throws IOException {
        assertThat(both.reader()).isInstanceOf(ParallelReader.class);
        assertThat(both.bufferedReader().readLine()).isEqualTo("text");
        assertThatThrownBy(unlike.bufferedReader()::readLine).isInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void writesWriters() throws IOException {
        both.writer().append("grün");
        assertThat(first.written).hasToString("grün");
        assertThat(second.written).hasToString("grün");
    }

    @Test
    void drivesChannels() throws IOException {
        ByteChannel channel = both.channel();
        assertThat(channel).isInstanceOf(ParallelByteChannel.class);
        channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(first.channel.content()).containsExactly(1, 2, 3);
        assertThat(second.channel.content()).containsExactly(1, 2, 3);
    }

    @Test
    void refusesChannelsThatAreNotInStep() throws IOException {
        second.channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThatThrownBy(both::channel)
                .isInstanceOf(HandlesDivergedException.class)
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()[0]).hasMessageContaining("#1 is at position 3 and #0 at 0"));
    }

    @Test
    void drivesAChannelWithoutAPositionThroughAProxy() throws IOException {
        ReadableByteChannel readable = both.readable();
        ByteBuffer read = ByteBuffer.allocate(2);
        assertThat(readable.read(read)).isEqualTo(2);
        assertThat(read.array()).containsExactly('t', 'e');
        assertThat(readable).isNotInstanceOf(SeekableByteChannel.class);
        readable.close();
        assertThat(readable.isOpen()).isFalse();
    }

    @Test
    void failsWhereTheMethodIsDeclaredToReturnANarrowerStream() {
        assertThatThrownBy(both::filtered).isInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void givesEachHandleItsMemberOfAStream() throws IOException {
        List<InputStream> streams =
                List.of(new ByteArrayInputStream("abc".getBytes()), new ByteArrayInputStream("abc".getBytes()));
        assertThat(both.readAll(ParallelInputStream.of(streams))).isEqualTo("abc");
        assertThat(both.readText(ParallelReader.ofReaders(List.of(new StringReader("x"), new StringReader("x")))))
                .isEqualTo("1x");
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        both.writeTo(ParallelTeeOutputStream.of(List.of(one, two)));
        assertThat(one.toString()).isEqualTo("text").isEqualTo(two.toString());
    }

    @Test
    void sharesAWorkerWithWhatItGivesOut() throws IOException {
        Place alone = ParallelCalls.proxy(
                Place.class, List.of(first, second), HandleSettings.defaults().withMaxWorkers(1));
        assertThat(alone.in()).hasContent("text");
    }
}
