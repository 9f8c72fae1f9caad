package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The merged listings as they come: where they begin, and what is known when one of them fails. */
class ListedCopiesTests {

    private static final byte[] BYTES = EngineFixture.bytes(20, 34);

    private final ScriptedCopies one = new ScriptedCopies("one");
    private final ScriptedCopies two = new ScriptedCopies("two");

    private static List<ListedCopies.Entry> rest(ListedCopies listed) throws IOException {
        List<ListedCopies.Entry> entries = new ArrayList<>();
        for (ListedCopies.Entry next = listed.next(); next != null; next = listed.next()) {
            entries.add(next);
        }
        return entries;
    }

    private static ListedCopies open(CopiesFixture fixture, @Nullable TargetPath after) throws IOException {
        return ListedCopies.open(fixture.engine.calls(), TargetPrefix.of("p"), after);
    }

    private void putFourPaths() {
        one.with("p0", BYTES).with("p1", BYTES).with("p3", BYTES);
        two.with("p1", BYTES).with("p2", BYTES).with("p3", BYTES).with("q", BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 3})
    void goesOnAfterAnyPosition(int after) throws Exception {
        putFourPaths();
        try (CopiesFixture fixture = CopiesFixture.of(one, two);
                ListedCopies listed = open(fixture, after < 0 ? null : TargetPath.of("p" + after))) {
            List<String> expected = List.of("p0", "p1", "p2", "p3").subList(after + 1, 4);
            assertThat(rest(listed)).extracting(entry -> entry.path().value()).isEqualTo(expected);
            assertThat(listed.failures()).isEmpty();
        }
    }

    @Test
    void saysWhatEachTargetLists() throws Exception {
        putFourPaths();
        try (CopiesFixture fixture = CopiesFixture.of(one, two);
                ListedCopies listed = open(fixture, TargetPath.of("p1"))) {
            List<ListedCopies.Entry> entries = rest(listed);
            assertThat(entries.get(0).answers().get(0)).isEqualTo(new CopyAnswer.Missing("one"));
            assertThat(entries.get(0).answers().get(1)).isInstanceOf(CopyAnswer.Held.class);
            assertThat(entries.get(1).answers()).allMatch(CopyAnswer.Held.class::isInstance);
        }
    }

    @Test
    void namesTheTargetThatCannotBeListed() throws Exception {
        putFourPaths();
        two.failingBefore(ScriptedCopies.Call.LIST);
        try (CopiesFixture fixture = CopiesFixture.of(one, two);
                ListedCopies listed = open(fixture, null)) {
            assertThat(listed.failures()).extracting(CopyAnswer::target).containsExactly("two");
            assertThatThrownBy(listed::next).hasMessageContaining("'two' failed: scripted LIST");
        }
    }

    @Test
    void saysNothingIsMissingAfterAListingHasFailed() throws Exception {
        for (int i = 0; i < 600; i++) {
            String path = "p%03d".formatted(i);
            one.with(path, BYTES);
            two.with(path, BYTES);
        }
        two.atEntry(300, () -> {
            throw new IOException("scripted");
        });
        try (CopiesFixture fixture = CopiesFixture.of(one, two);
                ListedCopies listed = open(fixture, null)) {
            List<ListedCopies.Entry> before = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (ListedCopies.Entry next = listed.next(); next != null; next = listed.next()) {
                            before.add(next);
                        }
                    })
                    .hasMessageContaining("'two' failed: scripted");
            assertThat(before)
                    .hasSizeBetween(1, 300)
                    .allSatisfy(entry -> assertThat(entry.answers()).allMatch(CopyAnswer.Held.class::isInstance));
            assertThat(listed.failures()).extracting(CopyAnswer::target).containsExactly("two");
        }
    }
}
