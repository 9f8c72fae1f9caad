package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.HiddenElsewhere;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a proxy can be made of, and what it is. */
class ParallelCallsInputTests {

    sealed interface Closed permits Only {}

    record Only() implements Closed {}

    private final Supplier<?> one = () -> 1;
    private final Supplier<?> other = () -> 1;

    @Test
    void refusesWhatIsNoInterface() {
        assertThatThrownBy(() -> ParallelCalls.proxy(String.class, List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "java.lang.String cannot be driven through a proxy: it is not an interface; name one that all"
                                + " handles implement");
    }

    @Test
    void refusesAnAnnotation() {
        FunctionalInterface annotation = Supplier.class.getAnnotation(FunctionalInterface.class);
        assertThatThrownBy(() -> ParallelCalls.proxy(FunctionalInterface.class, List.of(annotation)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is an annotation");
    }

    @Test
    void refusesASealedInterface() {
        assertThatThrownBy(() -> ParallelCalls.proxy(Closed.class, List.of(new Only())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is sealed");
    }

    @Test
    void refusesAnEmptyList() {
        assertThatThrownBy(() -> ParallelCalls.proxy(Supplier.class, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void refusesNullAndNamesItsIndex() {
        assertThatThrownBy(() -> ParallelCalls.proxy(Supplier.class, Arrays.asList(one, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("#1 is null");
    }

    @Test
    void refusesAHandleThatIsThereTwice() {
        assertThatThrownBy(() -> ParallelCalls.proxy(Supplier.class, List.of(one, other, one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("#2 is the same object as #0");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesAHandleOfAnotherType() {
        assertThatThrownBy(() -> ParallelCalls.proxy(Supplier.class, (List) List.of(one, "text")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Handle #1 [a java.lang.String] does not implement java.util.function.Supplier");
    }

    @Test
    void refusesAChannelThatIsClosed() throws IOException {
        ReadableByteChannel open = Channels.newChannel(new ByteArrayInputStream(new byte[1]));
        ReadableByteChannel closed = Channels.newChannel(new ByteArrayInputStream(new byte[1]));
        closed.close();
        assertThatThrownBy(() -> ParallelCalls.proxy(ReadableByteChannel.class, List.of(open, closed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("#1 is closed");
    }

    @Test
    void refusesChannelsAtDifferentPositions() throws IOException {
        MemoryChannel moved = new MemoryChannel();
        moved.position(5);
        assertThatThrownBy(() -> ParallelCalls.proxy(SeekableByteChannel.class, List.of(new MemoryChannel(), moved)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("#1 is at position 5 and #0 at 0");
    }

    @Test
    void refusesAnInterfaceItsModuleKeepsToItself() throws ClassNotFoundException {
        Class<?> internal = Class.forName("sun.nio.ch.Interruptible");
        assertThatThrownBy(() -> ParallelCalls.proxy(internal, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its module java.base does not export the package sun.nio.ch");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void drivesAnInterfaceThatIsNotPublic() {
        Object both = ParallelCalls.proxy((Class) HiddenElsewhere.type(), (List) HiddenElsewhere.handles());
        assertThat(HiddenElsewhere.call(both)).containsExactly(1, 2);
    }

    @Test
    void isEqualToAnotherOverTheSameHandles() {
        Supplier<?> proxy = ParallelCalls.proxy(Supplier.class, List.of(one, other));
        Supplier<?> same = ParallelCalls.proxy(Supplier.class, List.of(one, other));
        Supplier<?> turned = ParallelCalls.proxy(Supplier.class, List.of(other, one));
        Supplier<?> shorter = ParallelCalls.proxy(Supplier.class, List.of(one));
        assertThat(proxy).isEqualTo(proxy).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(proxy)
                .isNotEqualTo(turned)
                .isNotEqualTo(shorter)
                .isNotEqualTo(one)
                .isNotEqualTo(null);
        assertThat(new HashSet<>(List.of(proxy, same))).hasSize(1);
    }

    @Test
    void isNotEqualToAProxyOfAnotherInterface() {
        Both first = new Both();
        Both second = new Both();
        Object supplier = ParallelCalls.proxy(Supplier.class, List.of(first, second));
        Object callable = ParallelCalls.proxy(Callable.class, List.of(first, second));
        assertThat(supplier).isNotEqualTo(callable);
    }

    private static final class Both implements Supplier<Object>, Callable<Object> {

        @Override
        public Object get() {
            return 1;
        }

        @Override
        public Object call() {
            return 1;
        }
    }

    @Test
    void saysWhatItIs() {
        assertThat(ParallelCalls.proxy(Supplier.class, List.of(one, other))).hasToString("Supplier over 2 handles");
    }

    @Test
    void namesDescriptorsHashCodesAndDisplayNamesByDefault() {
        assertThat(HandleSettings.defaults().mayDiffer())
                .isEqualTo(HandleSettings.DEFAULT_MAY_DIFFER)
                .contains("getFD", "hashCode", "getDescription")
                .doesNotContain("getName", "getURI", "toString");
        assertThat(HandleSettings.defaults().withMayDiffer(Set.of("x")).mayDiffer())
                .containsExactly("x");
    }
}
