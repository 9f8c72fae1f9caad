package io.parallelwrite.repair;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.compare.ReadSettings;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.JournaledDecisions;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.stream.EngineEnvironment;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Scripted copies that are written with decisions in a journal, and a repairer of them. Close it. */
final class RepairFixture implements AutoCloseable, RepairListener {

    static final String PATH = "reports/a.csv";
    static final Instant LONG_AGO = Instant.parse("2026-11-24T10:00:00Z");
    static final Clock NOW = Clock.fixed(LONG_AGO.plusSeconds(3600), ZoneOffset.UTC);
    static final ContentAttributes ATTRIBUTES = ContentAttributes.NONE.withMetadata("author", "me");

    final ManualTimer timer = new ManualTimer();
    final List<ScriptedCopies> targets;
    final JournaledDecisions decisions;
    final WriteEngine engine;
    final Repairer repairer;
    final Scrubber scrubber;
    final List<Comparison.Different> differences = new CopyOnWriteArrayList<>();
    final List<Comparison> agreements = new CopyOnWriteArrayList<>();
    final List<RepairedPath> copied = new CopyOnWriteArrayList<>();
    final List<RepairOutcome> told = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger unfinishedTasks = new AtomicInteger();

    private RepairFixture(Journal journal, Clock clock, RepairSettings settings, List<ScriptedCopies> targets) {
        this.targets = targets;
        this.decisions = new JournaledDecisions(journal, clock, timer, settings.lateness());
        timer.advance(Duration.between(LONG_AGO, clock.instant())); // so long ago this process began
        this.engine = new WriteEngine(
                List.copyOf(targets),
                EngineSettings.defaults().withRule((good, all) -> !good.isEmpty()),
                new EngineEnvironment(this::execute, timer, List.of(), decisions));
        ParallelResourceReader reader = ParallelResourceReader.of(engine, ReadSettings.defaults(), callers, List.of());
        this.repairer = new Repairer(engine, reader, decisions, settings);
        repairer.addListener(this);
        this.scrubber = new Scrubber(engine, reader, repairer, ScrubSettings.defaults(), new Comparisons());
        scrubber.addListener(this);
    }

    static RepairFixture of(ScriptedCopies... targets) {
        return of(new MemoryJournal(), NOW, targets);
    }

    static RepairFixture of(Journal journal, Clock clock, ScriptedCopies... targets) {
        return of(journal, clock, RepairSettings.defaults(), targets);
    }

    static RepairFixture of(Journal journal, Clock clock, RepairSettings settings, ScriptedCopies... targets) {
        return new RepairFixture(journal, clock, settings, Arrays.asList(targets));
    }

    private void execute(Runnable task) {
        unfinishedTasks.incrementAndGet();
        workers.execute(() -> {
            try {
                task.run();
            } finally {
                unfinishedTasks.decrementAndGet();
            }
        });
    }

    /** Waits until only calls that hang are left. */
    void awaitUnfinished(int hangingCalls) throws TimeoutException {
        EngineFixture.until(() -> unfinishedTasks.get() == hangingCalls);
    }

    Journal journal() {
        return decisions.journal();
    }

    List<String> ids() {
        return journal().entries().stream().map(JournalEntry::id).toList();
    }

    /** Leaves behind what a crash does: a decision record. */
    JournalEntry decided(String id, byte @Nullable [] bytes) throws IOException {
        return left(id, PATH, bytes, States.of(targets.size(), State.PENDING));
    }

    /** Leaves an entry behind, of a write or, without bytes, of a delete. */
    JournalEntry left(String id, String path, byte @Nullable [] bytes, List<State> states) throws IOException {
        List<JournalMember> members = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            members.add(JournalMember.of(name(i), states.get(i)));
        }
        return journal()
                .put(new JournalEntry(
                        id,
                        bytes == null ? Operation.DELETE : Operation.WRITE,
                        TargetPath.of(path),
                        bytes == null ? null : digest(bytes),
                        bytes == null ? ContentAttributes.NONE : ATTRIBUTES,
                        members,
                        LONG_AGO,
                        JournalEntry.UNNUMBERED));
    }

    /** Names a target, also one that is not configured any more. */
    private String name(int i) {
        return i < targets.size() ? targets.get(i).name() : "gone" + i;
    }

    /** Keeps what scrubs find. */
    private final class Comparisons implements ReadListener {

        @Override
        public void differed(Comparison.Different difference) {
            differences.add(difference);
        }

        @Override
        public void agreed(Comparison agreement) {
            agreements.add(agreement);
        }
    }

    /** States for tests. */
    static final class States {
        private States() {}

        static List<State> of(int count, State state) {
            return java.util.Collections.nCopies(count, state);
        }
    }

    static ContentDigest digest(byte[] bytes) {
        return new ContentDigest(bytes.length, ScriptedCopies.checksum(ChecksumAlgorithm.CRC32C, bytes));
    }

    /** Writes to all targets, as an application does; one is enough. */
    WriteResult write(String path, byte[] bytes) throws IOException {
        WriteRequest request =
                new WriteRequest(TargetPath.of(path), UUID.randomUUID().toString(), ATTRIBUTES, false, -1);
        try (ParallelOutputStream out = engine.open(request, null, null)) {
            out.write(bytes);
            return out.commit();
        }
    }

    WriteResult delete(String path) throws IOException {
        return engine.delete(UUID.randomUUID().toString(), TargetPath.of(path));
    }

    /** Returns what a target holds, beside all scripts. */
    static byte @Nullable [] bytes(ScriptedCopies target, String path) {
        try {
            return target.memory.read(TargetPath.of(path)).readAllBytes();
        } catch (FileNotFoundException ex) {
            return null;
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    <T> Future<T> asCaller(Callable<T> call) {
        return callers.submit(call);
    }

    @Override
    public void repaired(RepairOutcome.Settled repaired) {
        told.add(repaired);
    }

    @Override
    public void copied(RepairedPath path) {
        copied.add(path);
    }

    @Override
    public void rolledBack(RepairOutcome.RolledBack rolledBack) {
        told.add(rolledBack);
    }

    @Override
    public void givenUp(RepairOutcome.GivenUp givenUp) {
        told.add(givenUp);
    }

    @Override
    public void close() throws TimeoutException {
        targets.forEach(ScriptedCopies::openGates);
        engine.close();
        workers.shutdown();
        callers.shutdown();
        EngineFixture.until(() -> workers.isTerminated() && callers.isTerminated());
    }
}
