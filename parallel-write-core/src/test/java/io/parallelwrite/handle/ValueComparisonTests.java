package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two results are the same if they hold the same. */
class ValueComparisonTests {

    private record Point(int x, int y) {}

    static List<Arguments> same() {
        return List.of(
                Arguments.of(null, null),
                Arguments.of(1000, 1000),
                Arguments.of(Double.NaN, Double.NaN),
                Arguments.of(new Point(1, 2), new Point(1, 2)),
                Arguments.of(Duration.ofSeconds(60), Duration.ofMinutes(1)),
                Arguments.of("text", new StringBuilder("text")),
                Arguments.of(new StringBuilder("text"), CharBuffer.wrap("text")),
                Arguments.of(new int[] {1, 2}, new int[] {1, 2}),
                Arguments.of(new Object[] {new byte[] {1}, "a"}, new Object[] {new byte[] {1}, "a"}),
                Arguments.of(new Object[] {"a"}, new String[] {"a"}),
                Arguments.of(new int[][] {{1}, {}}, new int[][] {{1}, {}}),
                Arguments.of(ByteBuffer.wrap(new byte[] {0, 1, 2}).position(1), ByteBuffer.wrap(new byte[] {1, 2})),
                Arguments.of(Optional.of(new byte[] {1}), Optional.of(new byte[] {1})),
                Arguments.of(Optional.empty(), Optional.empty()),
                Arguments.of(List.of(new byte[] {1}), new LinkedList<>(List.of(new byte[] {1}))),
                Arguments.of(Set.of("a", "b"), new TreeSet<>(List.of("b", "a"))),
                Arguments.of(
                        new LinkedHashSet<>(List.of(new byte[] {1}, new byte[] {2})),
                        new LinkedHashSet<>(List.of(new byte[] {2}, new byte[] {1}))),
                Arguments.of(Map.of("a", new byte[] {1}), new TreeMap<>(Map.of("a", new byte[] {1}))),
                Arguments.of(Collections.singletonMap(null, "a"), new HashMap<>(Collections.singletonMap(null, "a"))),
                Arguments.of(Map.entry("a", new int[] {1}), Map.entry("a", new int[] {1})),
                Arguments.of(values("a", "b", "a"), values("b", "a", "a")),
                Arguments.of(new ArrayDeque<>(List.of(1, 2)), new ArrayDeque<>(List.of(1, 2))));
    }

    static List<Arguments> different() {
        return List.of(
                Arguments.of(null, "null"),
                Arguments.of("a", null),
                Arguments.of(1, 1L),
                Arguments.of(0.0, -0.0),
                Arguments.of(new Point(1, 2), new Point(2, 1)),
                Arguments.of("text", "texts"),
                Arguments.of("text", 'x'),
                Arguments.of(new int[] {1, 2}, new int[] {1, 3}),
                Arguments.of(new int[] {1}, new long[] {1}),
                Arguments.of(new int[] {1}, List.of(1)),
                Arguments.of(new Object[] {"a"}, new Object[] {"a", null}),
                Arguments.of(new Object[] {new byte[] {1}}, new Object[] {new byte[] {2}}),
                Arguments.of(
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        ByteBuffer.wrap(new byte[] {1, 2}).position(1)),
                Arguments.of(Optional.of(1), Optional.empty()),
                Arguments.of(Optional.of(new byte[] {1}), Optional.of(new byte[] {2})),
                Arguments.of(List.of(1, 2), List.of(2, 1)),
                Arguments.of(List.of(1, 2), List.of(1)),
                Arguments.of(List.of(1), List.of(1, 2)),
                Arguments.of(List.of(1), Set.of(1)),
                Arguments.of(Set.of(1), List.of(1)),
                Arguments.of(Set.of(1), Set.of(2)),
                Arguments.of(new HashSet<>(List.of(1)), new HashSet<>(List.of(1, 2))),
                Arguments.of(Map.of("a", 1), Map.of("b", 1)),
                Arguments.of(Map.of("a", 1), Map.of("a", 2)),
                Arguments.of(Map.of("a", 1), Map.of("a", 1, "b", 2)),
                Arguments.of(Collections.singletonMap("a", null), Collections.singletonMap("b", null)),
                Arguments.of(Map.entry("a", 1), Map.entry("a", 2)),
                Arguments.of(Map.of(), List.of()),
                Arguments.of(values("a", "a", "b"), values("a", "b", "b")),
                Arguments.of(values("a"), List.of("a")),
                Arguments.of(List.of("a"), values("a")),
                Arguments.of(new ArrayDeque<>(List.of(1, 2)), new ArrayDeque<>(List.of(2, 1))),
                Arguments.of(new Object(), new Object()));
    }

    /** A collection that is neither list, set nor queue. */
    private static Collection<String> values(String... values) {
        Map<Integer, String> map = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> map.put(map.size(), value));
        return map.values();
    }

    @ParameterizedTest
    @MethodSource
    void same(Object a, Object b) {
        assertThat(ValueComparison.same(a, b)).isTrue();
        assertThat(ValueComparison.same(b, a)).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void different(Object a, Object b) {
        assertThat(ValueComparison.same(a, b)).isFalse();
        assertThat(ValueComparison.same(b, a)).isFalse();
    }
}
