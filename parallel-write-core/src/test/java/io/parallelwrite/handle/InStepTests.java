package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Which failures put handles out of step, when all throw alike. */
class InStepTests {

    private final InStep<Closeable> handles = new InStep<>(
            new HandleGroup<>(List.of(() -> {}), HandleSettings.defaults()), () -> new IOException("closed"));

    @Test
    void staysInStepAfterAnArgumentThatIsNotAllowed() throws IOException {
        IllegalArgumentException failure = new IllegalArgumentException("negative");
        assertThatThrownBy(() -> callThatThrows(failure)).isSameAs(failure);
        int five = handles.call(() -> "five", (handle, index) -> 5);
        assertThat(five).isEqualTo(5);
    }

    @Test
    void isOutOfStepAfterAnIoFailure() {
        IOException failure = new IOException("disk full");
        assertThatThrownBy(() -> callThatThrows(failure)).isSameAs(failure);
        assertOutOfStep(failure);
    }

    @Test
    void isOutOfStepAfterAnIoFailureThatCameUnchecked() {
        IOException failure = new IOException("disk full");
        assertThatThrownBy(() -> callThatThrows(new UncheckedIOException(failure)))
                .isSameAs(failure);
        assertOutOfStep(failure);
    }

    @Test
    void isOutOfStepAfterAnError() {
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> callThatThrows(error)).isSameAs(error);
        assertThatIOException().isThrownBy(handles::check).withStackTraceContaining("StackOverflowError");
    }

    @Test
    void isOutOfStepAfterAnExceptionThatNobodyDeclared() {
        TimeoutException sneaked = new TimeoutException();
        assertThatThrownBy(() -> callThatThrows(sneaked))
                .isInstanceOf(IOException.class)
                .hasCause(sneaked);
        assertThatIOException().isThrownBy(handles::check).withStackTraceContaining("TimeoutException");
    }

    private void callThatThrows(Throwable failure) throws IOException {
        handles.run(() -> "call", (handle, index) -> {
            throw failure;
        });
    }

    private void assertOutOfStep(IOException failure) {
        assertThatIOException()
                .isThrownBy(() -> handles.call(() -> "five", (handle, index) -> 5))
                .withMessageEndingWith("disk full")
                .withCause(failure);
    }
}
