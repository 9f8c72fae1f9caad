package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each handle gets of the arguments, and what the caller gets back of them. */
class ParallelCallArgumentTests {

    /** Does something to an argument. */
    interface Task<A> {

        Object on(A argument) throws IOException;
    }

    private static <A> Task<A> all(Task<A> first) {
        return all(List.of(first));
    }

    private static <A> Task<A> all(Task<A> first, Task<A> second) {
        return all(List.of(first, second));
    }

    private static <A> Task<A> all(Task<A> first, Task<A> second, Task<A> third) {
        return all(List.of(first, second, third));
    }

    @SuppressWarnings("unchecked")
    private static <A> Task<A> all(List<Task<A>> tasks) {
        return ParallelCalls.proxy(Task.class, tasks);
    }

    @Test
    void givesEachHandleAnArrayOfItsOwnAndTheCallerWhatTheyAgreeOn() throws IOException {
        List<byte[]> seen = Collections.synchronizedList(new ArrayList<>());
        Task<byte[]> add = bytes -> {
            seen.add(bytes);
            return ++bytes[1];
        };
        byte[] given = {1, 2, 3};
        assertThat(all(add, add::on).on(given)).isEqualTo((byte) 3);
        assertThat(given).containsExactly(1, 3, 3);
        assertThat(seen).hasSize(2).noneMatch(bytes -> bytes == given);
        assertThat(seen.get(0)).isNotSameAs(seen.get(1));
    }

    @Test
    void leavesTheCallersArrayAsItWasWhenTheHandlesDisagreeAboutIt() {
        byte[] given = {1, 2, 3};
        Task<byte[]> one = bytes -> bytes[1] = 0;
        Task<byte[]> other = bytes -> bytes[2] = 0;
        assertThatThrownBy(() -> all(one, other).on(given))
                .isInstanceOf(HandlesDivergedException.class)
                .hasMessage("The handles disagree about what on does to argument 0, for #0 and #1 first at index 1:"
                        + " #0 left {010003}; #1 left {010200}");
        assertThat(given).containsExactly(1, 2, 3);
    }

    @Test
    void leavesTheCallersArrayAsItWasWhenAllFail() {
        byte[] given = {1};
        Task<byte[]> failing = bytes -> {
            bytes[0] = 9;
            throw new IOException("no");
        };
        assertThatThrownBy(() -> all(failing, failing::on).on(given)).hasMessage("no");
        assertThat(given).containsExactly(1);
    }

    @Test
    void fillsABufferAsOneHandleWould() throws IOException {
        Task<ByteBuffer> fill = buffer -> buffer.put((byte) 7).put((byte) 8) == buffer;
        ByteBuffer given = ByteBuffer.wrap(new byte[5]).position(1).limit(4);
        assertThat(all(fill, fill::on).on(given)).isEqualTo(true);
        assertThat(given.array()).containsExactly(0, 7, 8, 0, 0);
        assertThat(given.position()).isEqualTo(3);
        assertThat(given.limit()).isEqualTo(4);
    }

    @Test
    void comparesThePositionsOfBuffers() {
        Task<ByteBuffer> one = buffer -> buffer.get() == 0;
        Task<ByteBuffer> two = buffer -> buffer.get() == 0 && buffer.get() == 0;
        ByteBuffer given = ByteBuffer.allocate(4);
        assertThatThrownBy(() -> all(one, two, one::on).on(given))
                .isInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#0 and #2 left position 1 and limit 4; #1 left position 2 and limit 4");
        assertThat(given.position()).isZero();
    }

    @Test
    void saysWhereBuffersFirstDiffer() {
        assertThatThrownBy(() -> all(
                                (Task<ByteBuffer>)
                                        buffer -> buffer.put(2, (byte) 1).isDirect(),
                                buffer -> buffer.put(3, (byte) 1).isDirect())
                        .on(ByteBuffer.allocate(4)))
                .hasMessageContaining("for #0 and #1 first at index 2");
        assertThatThrownBy(() -> all(
                                (Task<CharBuffer>) buffer -> buffer.put(1, 'x').isDirect(),
                                buffer -> buffer.put(1, 'y').isDirect())
                        .on(CharBuffer.allocate(4)))
                .hasMessageContaining("for #0 and #1 first at index 1");
    }

    @Test
    void keepsAReadOnlyBufferReadOnly() throws IOException {
        Task<ByteBuffer> read = buffer -> buffer.isReadOnly() && buffer.get() == 5;
        ByteBuffer given = ByteBuffer.wrap(new byte[] {5}).asReadOnlyBuffer();
        assertThat(all(read, read::on).on(given)).isEqualTo(true);
        assertThat(given.hasRemaining()).isFalse();
    }

    @Test
    void keepsTheOrderOfBytesAndTheKindOfMemory() throws IOException {
        Task<ByteBuffer> look = buffer -> buffer.order() + " " + buffer.isDirect() + " " + buffer.capacity();
        ByteBuffer given = ByteBuffer.allocateDirect(3).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(all(look, look::on).on(given)).isEqualTo("LITTLE_ENDIAN true 3");
        assertThat(all(look, look::on)
                        .on(ByteBuffer.allocate(2).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN)))
                .isEqualTo("LITTLE_ENDIAN false 2");
    }

    static List<Buffer> buffers() {
        return List.of(
                CharBuffer.wrap(new char[] {'a', 'b'}),
                ShortBuffer.wrap(new short[] {1, 2}),
                IntBuffer.wrap(new int[] {1, 2}),
                LongBuffer.wrap(new long[] {1, 2}),
                FloatBuffer.wrap(new float[] {1, 2}),
                DoubleBuffer.wrap(new double[] {1, 2}));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void copiesBuffersOfEveryKind(Buffer given) throws IOException {
        Object before = given.duplicate();
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        Task<Buffer> look = buffer -> {
            seen.add(buffer.duplicate());
            buffer.position(1);
            return buffer.array() != given.array();
        };
        assertThat(all(look, look::on).on(given)).isEqualTo(true);
        assertThat(seen).containsExactly(before, before);
        assertThat(given.position()).isOne();
    }

    @Test
    void copiesWhatIsInsideArrays() throws IOException {
        ByteBuffer[] given = {ByteBuffer.allocate(2), ByteBuffer.allocate(2).asReadOnlyBuffer()};
        ByteBuffer first = given[0];
        Task<ByteBuffer[]> put =
                buffers -> buffers[0] != first && buffers[0].put((byte) 1).hasRemaining();
        assertThat(all(put, put::on).on(given)).isEqualTo(true);
        assertThat(given[0]).isSameAs(first);
        assertThat(first.get(0)).isEqualTo((byte) 1);
        assertThat(first.position()).isOne();
    }

    @Test
    void comparesWhatIsInsideArrays() {
        Task<Object[]> one = elements -> ((int[]) elements[0])[0] = 1;
        Task<Object[]> two = elements -> {
            ((int[]) elements[0])[0] = 2;
            return 1;
        };
        assertThatThrownBy(() -> all(one, two).on(new Object[] {new int[1]}))
                .isInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void storesWhatTheHandlesPutIntoAnArray() throws IOException {
        Task<Object[]> put = elements -> {
            elements[0] = "new";
            elements[1] = new int[] {4};
            elements[2] = null;
            return elements.length;
        };
        Object[] given = {null, new int[] {1, 2}, "old"};
        all(put, put::on).on(given);
        assertThat(given).containsExactly("new", new int[] {4}, null);
    }

    @Test
    void returnsTheCallersArgumentWhereEachHandleReturnsItsOwn() throws IOException {
        byte[] given = {1};
        Task<byte[]> same = bytes -> bytes;
        assertThat(all(same, same::on).on(given)).isSameAs(given);
    }

    @Test
    void sharesEverythingElse() throws IOException {
        List<Integer> given = new ArrayList<>();
        Task<List<Integer>> look = System::identityHashCode;
        assertThat(all(look, look::on).on(given)).isEqualTo(System.identityHashCode(given));
        assertThat(all((Task<Object>) String::valueOf, String::valueOf).on(null))
                .isEqualTo("null");
    }

    static List<Object> readUp() {
        return List.of(
                new ByteArrayInputStream(new byte[1]),
                new StringReader("text"),
                Channels.newChannel(new ByteArrayInputStream(new byte[1])),
                List.of(1).iterator(),
                Collections.enumeration(List.of(1)),
                List.of(1).spliterator(),
                Stream.of(1),
                IntStream.of(1),
                new Scanner("text"));
    }

    @ParameterizedTest
    @MethodSource("readUp")
    void refusesWhatTheFirstHandleWouldReadUp(Object given) {
        List<Object> called = new ArrayList<>();
        Task<Object> task = called::add;
        assertThatThrownBy(() -> all(task, task::on).on(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Argument 0 of on [a "
                        + given.getClass().getName() + "] cannot be given to 2 handles: the first would read it up")
                .hasMessageContaining("Pass what is in it");
        assertThatThrownBy(() -> all(task, task::on).on(new Object[] {given}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(called).isEmpty();
    }

    static List<Object> writtenTo() {
        return List.of(
                new ByteArrayOutputStream(),
                new StringWriter(),
                new PrintStream(new ByteArrayOutputStream()),
                Channels.newChannel(new ByteArrayOutputStream()));
    }

    @ParameterizedTest
    @MethodSource("writtenTo")
    void refusesWhatAllWouldWriteTo(Object given) {
        Task<Object> task = Object::hashCode;
        assertThatThrownBy(() -> all(task, task::on).on(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all would write to it");
    }

    @Test
    void givesTheOnlyHandleWhatItCouldNotGiveToTwo() throws IOException {
        Task<ByteArrayInputStream> read = in -> in.read();
        assertThat(all(read).on(new ByteArrayInputStream(new byte[] {5}))).isEqualTo(5);
    }

    @Test
    void givesEachHandleItsMemberOfAnotherProxy() throws IOException {
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        Appendable both = ParallelCalls.proxy(Appendable.class, List.of(first, second));
        Task<Appendable> greet = out -> out.append("hello").toString();
        assertThat(all(greet, greet::on).on(both)).isEqualTo("hello");
        assertThat(first).hasToString("hello");
        assertThat(second).hasToString("hello");
        Task<Object[]> inArray =
                elements -> ((Appendable) elements[0]).append("!").toString();
        assertThat(all(inArray, inArray::on).on(new Object[] {both})).isEqualTo("hello!");
    }

    @Test
    void refusesAProxyOverAnotherNumberOfHandles() {
        Function<?, ?> three = ParallelCalls.proxy(
                Function.class, List.of((Function<?, ?>) x -> 1, (Function<?, ?>) x -> 2, (Function<?, ?>) x -> 3));
        Task<Object> task = Object::hashCode;
        assertThatThrownBy(() -> all(task, task::on).on(three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Argument 0 of on is driven as one over 3 handles, but is passed to 2: it needs a member for"
                                + " each of them");
    }
}
