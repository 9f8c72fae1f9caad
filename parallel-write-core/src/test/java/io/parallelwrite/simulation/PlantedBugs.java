package io.parallelwrite.simulation;

import io.parallelwrite.compare.CopyTransfer;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournaledDecisions;
import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.ParallelOutputStream;
import java.util.List;

/** Mistakes in the engine, the journal and the repair that the simulation must find. */
final class PlantedBugs {

    private PlantedBugs() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    JournalMember.class,
                    "new JournalMember(target, State.IN_DOUBT, text(doubt.cause()))",
                    "of(target, State.MISSED)",
                    "what is in doubt, as after a time-out, is taken for missed, and the journal cleared"),
            bug(
                    JournaledDecisions.class,
                    "putStates(settled, late);",
                    "journal.remove(settled.id());",
                    "an entry is removed although a target missed the change"),
            bug(
                    JournaledDecisions.class,
                    "settled.isSettled() && late.isEmpty()",
                    "settled.isSettled()",
                    "an earlier request that may still arrive is forgotten"),
            bug(
                    JournaledDecisions.class,
                    "carriedOut.remove(entry.id()); // from here on it is to be repaired",
                    "",
                    "an entry counts as being carried out for ever, and is never repaired"),
            bug(
                    JournaledDecisions.class,
                    "journal.put(entry); if (states(entry).contains(State.COMMITTED)) {",
                    "journal.put(entry); if (true) {",
                    "a write that is not known to be visible supersedes what the path should hold"),
            bug(
                    JournalEntry.class,
                    "WriteStart start, @Nullable ContentDigest digest, ContentAttributes attributes, Instant now) {"
                            + " List<JournalMember> members = start.targets().stream()",
                    "WriteStart start, @Nullable ContentDigest digest, ContentAttributes attributes, Instant now) {"
                            + " List<JournalMember> members = start.targets().stream().skip(1)",
                    "an entry forgets its first target"),
            stream(
                    "OpenWrite",
                    "permit(content); round().run(Lane::commit, Phase.COMMIT, content);",
                    "round().run(Lane::commit, Phase.COMMIT, content); permit(content);",
                    "the decision is remembered after the commits"),
            stream("OpenWrite", "decide(content);", "", "no decision is remembered"),
            stream(
                    "OpenWrite",
                    "guard.check(); decide(content);",
                    "decide(content);",
                    "the guard of a repair is not asked"),
            stream(
                    "OpenWrite",
                    "permit(content); round().run(Lane::commit, Phase.COMMIT, content);",
                    "permit(content); pathHold.giveBack(); round().run(Lane::commit, Phase.COMMIT, content);",
                    "the path is unlocked before the commits"),
            stream(
                    "OpenWrite",
                    "awaitStep(lane -> lane.prepare(content));",
                    "lanes.forEach(lane -> lane.prepare(content));",
                    "targets are not waited for while they prepare"),
            stream(
                    "OpenWrite",
                    "chunk.share(lanes.size());",
                    "chunk.share(lanes.size() - 1);",
                    "memory is used again while a target reads it"),
            stream(
                    "OpenWrite",
                    "noteEndedInDoubt(); } lane.target()",
                    "} lane.target()",
                    "a request counts as gone because its call was given up long before it ended"),
            stream(
                    "CommitRound",
                    "if (cause instanceof NotAppliedException) {",
                    "if (cause != null) {",
                    "a commit in doubt counts as failed, and is aborted after it was sent"),
            stream(
                    "CommitRound",
                    "sent == null ? null : receipt.differenceFrom(sent).orElse(null)",
                    "null",
                    "receipts are not compared"),
            stream(
                    "CommitRound",
                    "if (lane.target().hasUnreturnedChange(path)) {",
                    "if (false) {",
                    "a commit overtakes one that has not returned"),
            stream("CommitRound", "Await.uninterruptibly(applied);", "", "the commits are not waited for"),
            stream(
                    "CommitRound",
                    "abortFailure != null && !lane.target().staged()",
                    "false",
                    "a target that does not stage and was neither committed nor aborted counts as failed"),
            stream(
                    "Settlement",
                    "!committed.isEmpty() && parts.isMet(committed, all)",
                    "!committed.isEmpty()",
                    "a write is a success although its rule is not met"),
            stream(
                    "Settlement",
                    "if (outcomes.putIfAbsent(outcome.target(), outcome) != null) { return; }",
                    "outcomes.put(outcome.target(), outcome);",
                    "a target is settled twice"),
            stream(
                    "LaneStep",
                    "void drop(Throwable reason) { releaseChunk();",
                    "void drop(Throwable reason) {",
                    "a failed lane keeps its memory"),
            stream(
                    "LaneStep",
                    "return view == null || !view.hasRemaining()",
                    "return true",
                    "a short write is ignored"),
            stream("LaneClock", "expired.run();", "", "deadlines are not enforced"),
            stream(
                    "GivenUp",
                    "abandoned.chunk.abandon();",
                    "abandoned.releaseChunk();",
                    "the memory of a call that hangs is used again"),
            stream("TargetWorkers", "turn.lost(", "new IOException(", "a refusal of the executor is ignored"),
            bug(
                    Await.class,
                    "private static InterruptedIOException interrupted() { Thread.currentThread().interrupt();",
                    "private static InterruptedIOException interrupted() {",
                    "the interrupt of the caller is lost"),
            bug(ParallelOutputStream.class, "digest.checkComplete();", "", "a source that ends early is committed"),
            bug(
                    CopyTransfer.class,
                    "expected != null ? expected.checksum() : from.object().checksum()",
                    "null",
                    "a repair does not check what it copies"),
            repair(
                    "RepairPlan",
                    "copies.entry().operation() == Operation.DELETE",
                    "false",
                    "a delete is repaired as if it were a write"),
            repair(
                    "RepairPlan",
                    "if (!good.isEmpty()) {",
                    "if (good.size() > 1) {",
                    "a write that one target shows is rolled back"),
            repair(
                    "RepairPlan",
                    "answer instanceof CopyAnswer.Held ? Action.DELETE : Action.NONE",
                    "answer instanceof CopyAnswer.Missing ? Action.COPY : Action.NONE",
                    "a repair brings back what was deleted"),
            repair(
                    "RepairParts",
                    "decisions.age(entry).compareTo(settings.lateness()) < 0",
                    "false",
                    "lateness is ignored"),
            repair(
                    "PathRepair",
                    "if (parts.engine().hasUnreturnedChange(path())) { // what returns later",
                    "if (false) { // asked",
                    "a repair does not wait for a change that has not returned"));

    private static PlantedBug bug(Class<?> type, String text, String replacement, String mistake) {
        return new PlantedBug(type, text, replacement, mistake);
    }

    private static PlantedBug stream(String type, String text, String replacement, String mistake) {
        return bug(hidden("io.parallelwrite.stream." + type), text, replacement, mistake);
    }

    private static PlantedBug repair(String type, String text, String replacement, String mistake) {
        return bug(hidden("io.parallelwrite.repair." + type), text, replacement, mistake);
    }

    private static Class<?> hidden(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
