package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.DIGEST;
import static io.parallelwrite.divergence.JournalEntries.SINCE;
import static io.parallelwrite.divergence.JournalEntries.delete;
import static io.parallelwrite.divergence.JournalEntries.missed;
import static io.parallelwrite.divergence.JournalEntries.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalEntryTests {

    private static final JournalMember LOCAL = JournalMember.of("local", State.PENDING);

    @Test
    void isADecisionUntilSomethingIsKnown() {
        JournalEntry entry = write("1", "a");
        assertThat(entry.isDecision()).isTrue();
        assertThat(entry.isSettled()).isFalse();
        assertThat(missed(entry).isDecision()).isFalse();
        assertThat(missed(entry).isSettled()).isFalse();
        assertThat(entry.withMembers(List.of(JournalMember.of("local", State.COMMITTED)))
                        .isSettled())
                .isTrue();
    }

    @Test
    void knowsItsMembersByName() {
        assertThat(missed(write("1", "a")).member("s3").state()).isEqualTo(State.MISSED);
        assertThatThrownBy(() -> write("1", "a").member("s4"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("'s4'")
                .hasMessageContaining("[local, s3]");
    }

    @Test
    void refusesWhatCannotBe() {
        assertRefused("token", () -> write(" ", "a"));
        assertRefused("token", () -> write("x".repeat(JournalEntry.MAX_ID_CHARACTERS + 1), "a"));
        assertRefused("repair", () -> entry(Operation.REPAIR, DIGEST, List.of(LOCAL)));
        assertRefused("digest", () -> entry(Operation.DELETE, DIGEST, List.of(LOCAL)));
        assertRefused("at least one target", () -> entry(Operation.WRITE, DIGEST, List.of()));
        assertRefused("once", () -> entry(Operation.WRITE, DIGEST, List.of(LOCAL, LOCAL)));
        assertRefused("blank", () -> JournalMember.of("", State.PENDING));
    }

    @Test
    void keepsReasonsWithoutSecrets() {
        assertThat(reason("GET https://me:pw@host/b/k?X-Amz-Signature=secret failed"))
                .isEqualTo("GET https://host/b/k failed");
        assertThat(reason("line\nbreak")).isEqualTo("line\\u000abreak");
        assertThat(reason("x".repeat(1_000))).hasSize(JournalMember.REASON_CHARACTERS + 1);
        assertThat(reason(" ")).isNull();
    }

    @Test
    void isTheSameAfterTheWayThroughBytes() {
        for (JournalEntry entry : List.of(
                write("1", "reports/ä/😀.csv"),
                missed(write("2", "a")),
                delete("3", "b"),
                entry(Operation.WRITE, null))) {
            JournalEntry numbered = entry.withGeneration(42);
            assertThat(EntryFormat.decode(EntryFormat.encode(numbered))).isEqualTo(numbered);
        }
    }

    @Test
    void leavesReasonsOutWhereTheyDoNotFit() {
        JournalEntry long64 = write("1", "a").withMembers(members(100));
        assertThat(EntryFormat.encode(long64)).hasSizeGreaterThan(20_000);
        assertThat(EntryFormat.decode(EntryFormat.encode(long64))).isEqualTo(long64);
        JournalEntry tooLong = write("1", "a").withMembers(members(500));
        JournalEntry read = EntryFormat.decode(EntryFormat.encode(tooLong));
        assertThat(read).isNotNull();
        assertThat(read.members()).hasSize(500).allMatch(member -> member.reason() == null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryFormat.encode(write("1", "a").withMembers(members(5_000))))
                .withMessageContaining("fewer targets");
    }

    @Test
    void refusesAttributesThatDoNotFit() {
        JournalEntry entry = JournalEntries.write("1", "a");
        JournalEntry tooLong = new JournalEntry(
                entry.id(),
                entry.operation(),
                entry.path(),
                entry.digest(),
                ContentAttributes.NONE.withMetadata("essay", "x".repeat(LogRecord.MAX_BYTES)),
                entry.members(),
                entry.since(),
                entry.generation());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryFormat.encode(tooLong))
                .withMessageContaining("less metadata");
    }

    @Test
    void showsNoAttributes() {
        assertThat(write("1", "a").toString())
                .contains("WRITE of 'a'")
                .doesNotContain("author")
                .doesNotContain("Zoë");
    }

    @Test
    void isNoEntryWhenBytesAreMissingOrTooMany() {
        byte[] bytes = EntryFormat.encode(missed(write("1", "a")));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(EntryFormat.decode(Arrays.copyOf(bytes, length))).isNull();
        }
        assertThat(EntryFormat.decode(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
    }

    private static List<JournalMember> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new JournalMember("target " + i, State.IN_DOUBT, "r".repeat(200)))
                .toList();
    }

    private static @Nullable String reason(String reason) {
        return new JournalMember("s3", State.MISSED, reason).reason();
    }

    private static JournalEntry entry(Operation operation, @Nullable ContentDigest digest) {
        return entry(operation, digest, List.of(LOCAL));
    }

    private static JournalEntry entry(
            Operation operation, @Nullable ContentDigest digest, List<JournalMember> members) {
        ContentAttributes none = ContentAttributes.NONE;
        return new JournalEntry(
                "1", operation, TargetPath.of("a"), digest, none, members, SINCE, JournalEntry.UNNUMBERED);
    }

    private static void assertRefused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }
}
