package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a proxy returns or throws, by what the handles return or throw. */
class ParallelCallResultTests {

    /** A method for each kind of result that needs care. */
    interface Clerk {

        int count();

        boolean isReady();

        char letter();

        Optional<byte[]> find();

        void greet();

        String getDescription();

        Clerk self();
    }

    private static final class FixedClerk implements Clerk {

        private final int number;
        private int greetings;

        FixedClerk(int number) {
            this.number = number;
        }

        @Override
        public int count() {
            return 42;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public char letter() {
            return (char) ('a' + number);
        }

        @Override
        public Optional<byte[]> find() {
            return Optional.of(new byte[] {1, 2});
        }

        @Override
        public void greet() {
            greetings++;
        }

        @Override
        public String getDescription() {
            return "clerk " + number;
        }

        @Override
        public Clerk self() {
            return this;
        }
    }

    private final List<FixedClerk> clerks = List.of(new FixedClerk(0), new FixedClerk(1), new FixedClerk(2));
    private final Clerk all = ParallelCalls.proxy(Clerk.class, clerks);

    @Test
    void returnsWhatAllReturned() {
        assertThat(all.count()).isEqualTo(42);
        assertThat(all.isReady()).isTrue();
        assertThat(all.find().orElseThrow()).containsExactly(1, 2);
    }

    @Test
    void callsEveryHandleWhenThereIsNothingToReturn() {
        all.greet();
        all.greet();
        assertThat(clerks).extracting(clerk -> clerk.greetings).containsExactly(2, 2, 2);
    }

    @Test
    void returnsItselfWhereEachHandleReturnsItself() {
        assertThat(all.self()).isSameAs(all);
    }

    @Test
    void failsWhereAHandleReturnsAnotherOfThem() throws Exception {
        List<Callable<Object>> handles = new ArrayList<>();
        handles.add(() -> handles.get(0));
        handles.add(() -> handles.get(0));
        Callable<?> proxy = ParallelCalls.proxy(Callable.class, handles);
        assertThat(proxy.call()).isSameAs(handles.get(0)); // a value like any other: both said the same
    }

    @Test
    void saysWhoReturnedWhat() {
        assertThatThrownBy(Answering.with("a", "b", "a")::call)
                .isInstanceOf(HandlesDivergedException.class)
                .hasMessage("The handles disagree about call: #0 and #2 returned \"a\"; #1 returned \"b\". #1 is in the"
                        + " minority")
                .asInstanceOf(InstanceOfAssertFactories.type(HandlesDivergedException.class))
                .extracting(HandlesDivergedException::answers)
                .isEqualTo(List.of(
                        new HandleAnswer.Returned(0, "a"),
                        new HandleAnswer.Returned(1, "b"),
                        new HandleAnswer.Returned(2, "a")));
    }

    @Test
    void wrapsADivergenceWhereTheMethodDeclaresNone() {
        assertThatThrownBy(all::letter)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#1 returned b");
    }

    @Test
    void agreesOnNull() throws Exception {
        Callable<Object> nothing = () -> null;
        Callable<Object> alsoNothing = () -> null;
        assertThat(Answering.of(List.of(nothing, alsoNothing)).call()).isNull();
        assertThatThrownBy(Answering.of(List.of(nothing, Optional::empty))::call)
                .isInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void returnsTheFirstValueWhereTheyMayDiffer() {
        assertThat(all.getDescription()).isEqualTo("clerk 0");
    }

    @Test
    void comparesDescriptionsToo() {
        Clerk strict = ParallelCalls.proxy(
                Clerk.class, clerks, HandleSettings.defaults().withMayDiffer(Set.of()));
        assertThatThrownBy(strict::getDescription).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void failsWhereOneFailsThoughTheyMayDiffer() {
        HandleSettings settings = HandleSettings.defaults().withMayDiffer(Set.of("call"));
        Callable<Object> failing = () -> {
            throw new FileNotFoundException("gone");
        };
        Callable<Object> answering = () -> "here";
        Callable<?> proxy = ParallelCalls.proxy(Callable.class, List.of(answering, failing), settings);
        assertThatThrownBy(proxy::call)
                .isInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#0 returned \"here\"")
                .hasMessageContaining("#1 threw java.io.FileNotFoundException: gone")
                .hasCauseInstanceOf(FileNotFoundException.class);
    }

    @Test
    void throwsTheFirstExceptionWhenAllThrewItsLike() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        assertThatThrownBy(Answering.of(List.of(failing(first), failing(second)))::call)
                .isSameAs(first)
                .hasSuppressedException(second);
    }

    @Test
    void failsWhenTheExceptionsAreNotAlike() {
        FileNotFoundException first = new FileNotFoundException("gone");
        IOException second = new IOException("denied");
        assertThatThrownBy(Answering.of(List.of(failing(first), failing(second)))::call)
                .isInstanceOf(HandlesDivergedException.class)
                .hasCause(first)
                .hasSuppressedException(second)
                .hasMessageContaining("gone")
                .hasMessageContaining("denied");
    }

    @Test
    void throwsWhatAllThrewThoughTheMethodDeclaresNothing() {
        Supplier<Object> failing = () -> {
            throw new IllegalStateException("no");
        };
        Supplier<Object> alsoFailing = () -> {
            throw new IllegalStateException("neither");
        };
        Supplier<?> proxy = ParallelCalls.proxy(Supplier.class, List.of(failing, alsoFailing));
        assertThatThrownBy(proxy::get)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no");
    }

    @Test
    void comparesBuffersAndArrays() throws Exception {
        assertThat(Answering.with(new byte[] {1}, new byte[] {1}).call()).isEqualTo(new byte[] {1});
        assertThat(Answering.with(
                                ByteBuffer.wrap(new byte[] {1}),
                                ByteBuffer.wrap(new byte[] {0, 1}).position(1))
                        .call())
                .isEqualTo(ByteBuffer.wrap(new byte[] {1}));
        assertThatThrownBy(Answering.with(new byte[] {1}, new byte[] {2})::call)
                .isInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void failsWhereObjectsCanOnlyBeToldApart() {
        assertThatThrownBy(Answering.with(new Object(), new Object())::call)
                .isInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void returnsTheOneObjectThatAllReturned() throws Exception {
        Object shared = new Object();
        assertThat(Answering.with(shared, shared).call()).isSameAs(shared);
    }

    private static Callable<Object> failing(Exception exception) {
        return () -> {
            throw exception;
        };
    }
}
