package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Handles that give out other things: those are driven as one, too. */
class ParallelCallNestingTests {

    /** What a data source is. */
    interface Store {

        Session open() throws IOException;

        CompletionStage<Session> openLater();

        Supplier<Session> opener();

        Object openUntyped();

        Collection<String> names();
    }

    /** What a connection is. */
    interface Session extends AutoCloseable {

        void put(String key, String value);

        String get(String key);

        Session inTransaction();

        @Override
        void close();
    }

    private static final class MapStore implements Store {

        final Map<String, String> entries = new TreeMap<>();
        final List<MapSession> sessions = new ArrayList<>();

        @Override
        public Session open() {
            MapSession session = new MapSession(entries);
            sessions.add(session);
            return session;
        }

        @Override
        public CompletionStage<Session> openLater() {
            return CompletableFuture.completedStage(open());
        }

        @Override
        public Supplier<Session> opener() {
            return this::open;
        }

        @Override
        public Object openUntyped() {
            return open();
        }

        @Override
        public Collection<String> names() {
            return new ArrayDeque<>(entries.keySet());
        }
    }

    private static final class MapSession implements Session {

        private final Map<String, String> entries;
        boolean closed;

        MapSession(Map<String, String> entries) {
            this.entries = entries;
        }

        @Override
        public void put(String key, String value) {
            entries.put(key, value);
        }

        @Override
        public String get(String key) {
            return entries.get(key);
        }

        @Override
        public Session inTransaction() {
            return this;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final MapStore first = new MapStore();
    private final MapStore second = new MapStore();
    private final Store both = ParallelCalls.proxy(Store.class, List.of(first, second));

    @Test
    void drivesWhatTheHandlesGiveOut() throws IOException {
        try (Session session = both.open()) {
            session.inTransaction().put("a", "1");
            assertThat(session.inTransaction()).isSameAs(session);
            assertThat(session.get("a")).isEqualTo("1");
        }
        assertThat(first.entries).isEqualTo(Map.of("a", "1")).isEqualTo(second.entries);
        assertThat(first.sessions.get(0).closed).isTrue();
        assertThat(second.sessions.get(0).closed).isTrue();
    }

    @Test
    void noticesWhereWhatTheyGiveOutDiffers() throws IOException {
        first.entries.put("a", "1");
        second.entries.put("a", "2");
        Session session = both.open();
        assertThatThrownBy(() -> session.get("a"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("#0 returned \"1\"; #1 returned \"2\"");
    }

    @Test
    void keepsWorkingAfterWhatTheyGaveOutIsClosed() throws IOException {
        both.open().close();
        Session session = both.open();
        session.put("b", "1");
        assertThat(second.entries).containsEntry("b", "1");
    }

    @Test
    void drivesWhatAStageCompletesWith() {
        both.openLater().toCompletableFuture().join().put("a", "1");
        assertThat(second.entries).isEqualTo(Map.of("a", "1")).isEqualTo(first.entries);
    }

    @Test
    void knowsTypeArguments() {
        both.opener().get().put("a", "1");
        assertThat(second.entries).isEqualTo(Map.of("a", "1")).isEqualTo(first.entries);
    }

    @Test
    void failsWhereTheMethodIsNotDeclaredToReturnAnInterface() {
        assertThatThrownBy(both::openUntyped)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(HandlesDivergedException.class);
    }

    @Test
    void comparesCollectionsThoughTheyAreEqualOnlyToThemselves() {
        first.entries.put("a", "1");
        assertThatThrownBy(both::names).isInstanceOf(UncheckedIOException.class);
        second.entries.put("a", "2");
        assertThat(both.names()).containsExactly("a");
    }

    @Test
    void aSessionThatWaitsDoesNotHoldUpAnother() throws IOException {
        Gate gate = new Gate();
        Store waiting = ParallelCalls.proxy(Store.class, List.of(gated(first, gate), gated(second, gate)));
        Session stuck = waiting.open();
        Session other = waiting.open();
        Thread reader = new Thread(() -> stuck.get("a"));
        reader.start();
        gate.awaitArrival();
        other.put("a", "1"); // would wait for ever if sessions waited for each other
        gate.open();
        assertThat(second.entries).containsEntry("a", "1");
    }

    private static Store gated(MapStore store, Gate gate) {
        return new Store() {

            @Override
            public Session open() {
                return new Session() {

                    @Override
                    public void put(String key, String value) {
                        store.entries.put(key, value);
                    }

                    @Override
                    public String get(String key) {
                        gate.pass();
                        return "";
                    }

                    @Override
                    public Session inTransaction() {
                        return this;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public CompletionStage<Session> openLater() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Supplier<Session> opener() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Object openUntyped() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Collection<String> names() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
