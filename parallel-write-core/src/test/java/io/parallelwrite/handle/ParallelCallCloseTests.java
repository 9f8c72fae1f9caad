package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;

/** Closing through a proxy, and what is left after it or after a deadline. */
class ParallelCallCloseTests {

    /** Closes with a checked exception. */
    interface Door extends AutoCloseable {

        boolean isOpen();

        void pass();

        @Override
        void close() throws IOException;
    }

    /** Closes without one. */
    interface QuietDoor extends Door {

        @Override
        void close();
    }

    private static class OneDoor implements Door {

        private final List<String> events = Collections.synchronizedList(new ArrayList<>());
        private final IOException failure;
        private final Gate gate;
        private boolean open = true;

        OneDoor(IOException failure, Gate gate) {
            this.failure = failure;
            this.gate = gate;
        }

        OneDoor(IOException failure) {
            this(failure, null);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void pass() {
            if (gate != null) {
                gate.pass();
            }
        }

        @Override
        public void close() throws IOException {
            events.add("close");
            open = false;
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Test
    void closesEveryHandleOnce() throws IOException {
        List<OneDoor> doors = doors(null, null, null);
        Door all = ParallelCalls.proxy(Door.class, doors);
        all.close();
        all.close();
        assertThat(doors).allSatisfy(door -> assertThat(door.events).containsExactly("close"));
    }

    @Test
    void asksTheHandlesAlsoAfterwards() throws IOException {
        Door all = ParallelCalls.proxy(Door.class, doors(null, null));
        assertThat(all.isOpen()).isTrue();
        all.close();
        assertThat(all.isOpen()).isFalse();
    }

    @Test
    void closesTheOthersWhenOneCannotBe() {
        List<OneDoor> doors = doors(new IOException("stuck"), null, null);
        Door all = ParallelCalls.proxy(Door.class, doors);
        assertThatThrownBy(all::close)
                .isInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#0 threw java.io.IOException: stuck")
                .hasMessageContaining("#0 is in the minority");
        assertThat(doors).allSatisfy(door -> assertThat(door.events).containsExactly("close"));
        assertThatCode(all::close).doesNotThrowAnyException();
    }

    @Test
    void throwsWhatAllThrew() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        Door all = ParallelCalls.proxy(Door.class, doors(first, second));
        assertThatThrownBy(all::close).isSameAs(first).hasSuppressedException(second);
    }

    @Test
    void wrapsWhatItMayNotThrow() {
        List<QuietDoor> doors = IntStream.range(0, 2)
                .mapToObj(QuietOne::new)
                .<QuietDoor>map(door -> door)
                .toList();
        QuietDoor all = ParallelCalls.proxy(QuietDoor.class, doors);
        assertThatThrownBy(all::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(HandlesDivergedException.class)
                .hasMessageContaining("#1 threw java.lang.IllegalStateException: stuck");
    }

    private static final class QuietOne extends OneDoor implements QuietDoor {

        private final int number;

        QuietOne(int number) {
            super(null);
            this.number = number;
        }

        @Override
        public void close() {
            if (number == 1) {
                throw new IllegalStateException("stuck");
            }
        }
    }

    @Test
    void saysWhoWasNotBackInTimeAndRefusesToGoOn() throws IOException {
        Gate gate = new Gate();
        HandAlarm timer = new HandAlarm();
        Duration deadline = Duration.ofSeconds(5);
        HandleSettings settings =
                HandleSettings.defaults().withDeadline(deadline).withMaxWorkers(1); // so #0 is called before #1
        HandleGroup<Object> group =
                new HandleGroup<>(List.of(new OneDoor(null), new OneDoor(null, gate)), settings, timer);
        Door all = (Door) CallHandler.proxy(ResolvableType.forClass(Door.class), group, settings.mayDiffer());
        CompletableFuture<Void> passed = CompletableFuture.runAsync(all::pass);
        gate.awaitArrival();
        timer.ring();
        assertThatThrownBy(passed::join)
                .hasCauseInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("#0 returned null; #1 did not return within PT5S");
        assertThatThrownBy(all::isOpen).isInstanceOf(UncheckedIOException.class).hasMessageContaining("#1 has not");
        gate.open();
        all.close();
    }

    /** A timer whose alarm rings by hand. */
    private static final class HandAlarm implements DeadlineTimer {

        private final AtomicReference<Runnable> alarm = new AtomicReference<>();

        void ring() {
            alarm.get().run();
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Runnable schedule(Duration delay, Runnable action) {
            alarm.set(action);
            return () -> alarm.set(null);
        }

        @Override
        public void close() {}
    }

    private static List<OneDoor> doors(IOException... failures) {
        List<OneDoor> doors = new ArrayList<>();
        for (IOException failure : failures) {
            doors.add(new OneDoor(failure));
        }
        return doors;
    }
}
