package io.parallelwrite.divergence;

import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Journal} remembers of one write or delete whose targets are, or may be, unequal.
 *
 * <p>It begins as the <em>decision record</em>: put before the first commit, with every member
 * {@link State#PENDING}. After the last commit it is removed if all have committed, or else put again with the states as
 * they are known then; it is then a divergence that waits for its repair.
 *
 * <p>Immutable.
 *
 * @param id the token of the write or delete
 * @param operation what was decided: {@link Operation#WRITE} or {@link Operation#DELETE}
 * @param path the path
 * @param digest what the path should hold, or {@code null} if nothing (a delete) or if not all bytes were seen
 * @param attributes what is kept beside the bytes where a target can: a repair needs it, and a disk does not keep it
 * @param members what is known about each target, in order, each once
 * @param since when it was decided
 * @param generation its place in the order of decisions: the later the greater. The journal gives it when it keeps the
 *     entry first and leaves it as it is from then on; {@link #UNNUMBERED} before
 */
public record JournalEntry(
        String id,
        Operation operation,
        TargetPath path,
        @Nullable ContentDigest digest,
        ContentAttributes attributes,
        List<JournalMember> members,
        Instant since,
        long generation) {

    /** The generation of an entry that no journal keeps yet. */
    public static final long UNNUMBERED = 0;

    /** The longest token in characters. */
    public static final int MAX_ID_CHARACTERS = 200;

    /**
     * Checks the entry.
     *
     * @throws IllegalArgumentException if the token is blank or too long, the operation is a repair, a delete has a
     *     digest or attributes, there is no target, or one is named twice
     */
    public JournalEntry {
        members = List.copyOf(members);
        require(!id.isBlank() && id.length() <= MAX_ID_CHARACTERS, "has a token of 1 to 200 characters", id);
        require(
                operation != Operation.REPAIR,
                "is of a write or a delete; a repair belongs to the entry it repairs",
                id);
        require(operation == Operation.WRITE || digest == null, "of a delete has no digest", id);
        require(
                operation == Operation.WRITE || attributes.equals(ContentAttributes.NONE),
                "of a delete has no attributes",
                id);
        require(!members.isEmpty(), "has at least one target", id);
        require(distinctTargets(members) == members.size(), "names each target once, not " + members, id);
    }

    /**
     * Returns the decision record of a write or delete: every target is {@link State#PENDING}.
     *
     * @param start the write or delete, with its targets
     * @param digest what is about to be committed; {@code null} for a delete
     * @param attributes what goes with it; none for a delete
     * @param now the time
     * @return the entry, without a generation
     */
    public static JournalEntry decision(
            WriteStart start, @Nullable ContentDigest digest, ContentAttributes attributes, Instant now) {
        List<JournalMember> members = start.targets().stream()
                .map(target -> JournalMember.of(target.name(), State.PENDING))
                .toList();
        TargetPath path = TargetPath.of(start.path());
        return new JournalEntry(start.id(), start.operation(), path, digest, attributes, members, now, UNNUMBERED);
    }

    /**
     * Returns this entry with other members.
     *
     * @param newMembers what is known now
     * @return the entry, with the same generation
     */
    public JournalEntry withMembers(List<JournalMember> newMembers) {
        return new JournalEntry(id, operation, path, digest, attributes, newMembers, since, generation);
    }

    /** Returns this entry as the journal keeps it. */
    JournalEntry withGeneration(long newGeneration) {
        return new JournalEntry(id, operation, path, digest, attributes, members, since, newGeneration);
    }

    /**
     * Returns what is known about one target.
     *
     * @param target the name of the target
     * @return the member
     * @throws NoSuchElementException if the entry has no target of that name
     */
    public JournalMember member(String target) {
        return members.stream()
                .filter(member -> member.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(
                        "Journal entry " + id + " of '" + path + "' has no target '" + target + "', only "
                                + members.stream().map(JournalMember::target).toList()));
    }

    /**
     * Tells whether this is a decision record: decided, and nothing known about any commit.
     *
     * @return {@code true} if every target is {@link State#PENDING}
     */
    public boolean isDecision() {
        return members.stream().allMatch(member -> member.state() == State.PENDING);
    }

    /**
     * Tells whether nothing is left to be done.
     *
     * @return {@code true} if every target is {@link State#COMMITTED}; such an entry is to be removed, not to be kept
     */
    public boolean isSettled() {
        return members.stream().allMatch(member -> member.state() == State.COMMITTED);
    }

    /** Returns the entry without the attributes, which may hold what is nobody's business. */
    @Override
    public String toString() {
        return operation + " of '" + path + "' (" + id + ", generation " + generation + ", since " + since + ", "
                + (digest == null ? "nothing" : digest) + "): " + members;
    }

    private static void require(boolean kept, String rule, String id) {
        if (!kept) {
            throw new IllegalArgumentException("A journal entry " + rule + " (token '" + id + "')");
        }
    }

    private static long distinctTargets(List<JournalMember> members) {
        return members.stream().map(JournalMember::target).distinct().count();
    }
}
