package io.parallelwrite.simulation;

import io.parallelwrite.compare.CopyInputStream;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.stream.SimulatedThread;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Plan}: the scenario, what comes late, the recovery, and the recovery again. */
final class Run {

    /** Longer than all deadlines of a write in a row, and the waiting for locks. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(400);

    private static final Duration ALL_THAT_IS_LATE = Duration.ofSeconds(2_000);
    private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(31);
    private static final int REPAIRS = 8;
    private static final int BLOCK = 10;

    /**
     * What came of it.
     *
     * @param violation the promise that was broken first, or {@code null}
     * @param points the operations before the recovery
     * @param recoveryPoints the operations of the recovery
     */
    record Report(@Nullable String violation, List<Point> points, List<Point> recoveryPoints) {}

    /**
     * What is looked at.
     *
     * @param told what callers were told, in the order in which they began
     * @param divergences what was published
     */
    record Observed(World world, Scenario scenario, Disks disks, List<Told> told, List<JournalEntry> divergences) {}

    private final Plan plan;
    private final Scenario scenario;
    private final World world;
    private final Disks disks;
    private final List<Told> told = new ArrayList<>();
    private final List<JournalEntry> divergences = new ArrayList<>();
    private final Invariants invariants;
    private SimulatedProcess process;

    Run(Plan plan, ArrayDeque<Coroutine> spare) {
        this.plan = plan;
        this.scenario = Scenario.of(plan.scenario());
        this.world = new World(plan, spare);
        this.disks = scenario.disks();
        this.invariants = new Invariants(new Observed(world, scenario, disks, told, divergences));
        this.process = newProcess();
    }

    private SimulatedProcess newProcess() {
        return new SimulatedProcess(world, scenario, disks, divergences::add);
    }

    World world() {
        return world;
    }

    Report run() {
        List<Point> points = List.of();
        List<Point> recoveryPoints = List.of();
        try {
            Caller.world(world, process);
            act();
            points = world.points();
            invariants.checkAtAnyTime("at once", process);
            checkOutcomes("at once");
            if (!process.dead() && !world.someTravelled()) { // else it is recovered while requests travel
                waitForAllThatIsLate();
            }
            world.beginPart(true);
            recover();
            recoveryPoints = world.points();
            repairAll();
        } catch (RuntimeException | LinkageError | ProcessDied ex) {
            world.violated("stuck or broken: " + ex);
            world.keep(ex);
        } finally {
            process.kill();
            Thread.interrupted();
        }
        return new Report(world.violation(), points, recoveryPoints);
    }

    private void act() {
        if (!scenario.sequential()) {
            world.beside(
                    Fault.SECOND_WRITER,
                    () -> attempt("second", Scenario.OTHER, () -> write("second", Scenario.OTHER, false)));
        }
        world.beside(Fault.REPAIRER, () -> process.journal().entries().forEach(this::repair));
        try {
            switch (scenario.action()) {
                case WRITE -> attempt("t1", Scenario.NEW, () -> write("t1", Scenario.NEW, false));
                case WRITE_SMALL -> attempt("t1", Scenario.SMALL, () -> write("t1", Scenario.SMALL, false));
                case CREATE -> attempt("t1", Scenario.NEW, () -> write("t1", Scenario.NEW, true));
                case DELETE -> attempt("t1", null, () -> process.engine().delete("t1", Scenario.PATH));
                case READ -> read();
                case REPAIR -> foundUnfinished(Scenario.NEW);
                case REPAIR_DELETE -> foundUnfinished(null);
                case WRITE_TWICE -> {
                    attempt("t1", Scenario.NEW, () -> write("t1", Scenario.NEW, false));
                    attempt("t2", Scenario.OTHER, () -> write("t2", Scenario.OTHER, false));
                }
                case WRITE_AND_DELETE -> {
                    attempt("t1", Scenario.NEW, () -> write("t1", Scenario.NEW, false));
                    attempt("t2", null, () -> process.engine().delete("t2", Scenario.PATH));
                }
            }
        } catch (ProcessDied died) {
            world.unwindDead();
        }
    }

    private void foundUnfinished(byte @Nullable [] content) {
        told.add(new Told(content, null));
        repairSome(1);
    }

    /** What a caller does. */
    private interface Deed {
        WriteResult run() throws IOException;
    }

    /** Does it, and notes what the caller was told. */
    private void attempt(String id, byte @Nullable [] content, Deed deed) {
        boolean first = Thread.currentThread() instanceof Caller;
        if (first && world.wasInterrupted()) {
            Thread.interrupted();
        }
        int place = told.size();
        told.add(new Told(content, null));
        long start = world.nanoTime();
        WriteResult returned = null;
        Throwable thrown = null;
        try {
            returned = deed.run();
        } catch (IOException | RuntimeException | LinkageError ex) {
            thrown = ex;
        }
        process.checkAlive();
        WriteResult result = process.witness().result(id);
        if (result == null) {
            world.violated("nobody was told how it ended, but " + returned + ", " + thrown);
            return;
        }
        told.set(place, new Told(content, result));
        checkTruth(result, returned, thrown);
        if (thrown != null
                && plan.injections().size() == 1
                && plan.injections().get(0).fault().isThrown()) {
            checkReason(thrown);
        }
        if (first) {
            checkCaller(start);
        }
    }

    private void checkTruth(WriteResult result, @Nullable WriteResult returned, @Nullable Throwable thrown) {
        boolean returnedTruth = returned != null && returned.equals(result) && result.isSuccess();
        boolean threwTruth = thrown != null
                && !result.isSuccess()
                && (!(thrown instanceof ParallelWriteException write)
                        || write.result().equals(result));
        if (!returnedTruth && !threwTruth) {
            world.violated("the caller was told " + returned + " or " + thrown + ", the listeners " + result);
        }
    }

    /** The caller learns what went wrong, as the cause or beside it. */
    private void checkReason(Throwable thrown) {
        ArrayDeque<Throwable> left = new ArrayDeque<>(List.of(thrown));
        while (!left.isEmpty()) {
            Throwable next = left.pop();
            if (String.valueOf(next.getMessage()).contains("simulated")) {
                return;
            }
            left.addAll(List.of(next.getSuppressed()));
            if (next.getCause() != null) {
                left.add(next.getCause());
            }
        }
        world.violated("the caller was not told why: " + thrown);
    }

    private void checkCaller(long start) {
        Duration took = Duration.ofNanos(world.nanoTime() - start);
        if (took.compareTo(LONGEST_WRITE) > 0 && !plan.has(Fault.LATER)) {
            world.violated("it took " + took);
        }
        if (world.wasInterrupted() && !Thread.currentThread().isInterrupted()) {
            world.violated("the interrupt of the caller was lost");
        }
        world.interruptWasSeen();
        Thread.interrupted();
    }

    private WriteResult write(String id, byte[] content, boolean createOnly) throws IOException {
        WriteRequest request = new WriteRequest(Scenario.PATH, id, ContentAttributes.NONE, createOnly, content.length);
        try (ParallelOutputStream out = process.engine().open(request, null, null)) {
            for (int i = 0; i < content.length; i += BLOCK) {
                Fault fault = world.at(process, new Point(Point.SOURCE, "read", false));
                switch (fault) {
                    case FAIL_BEFORE -> throw new IOException("simulated: the source failed");
                    case RUNTIME -> throw new IllegalStateException("simulated: the source failed");
                    case ERROR -> throw new LinkageError("simulated: the source failed");
                    case CRASH_BEFORE -> process.die();
                    default -> {}
                }
                if (fault == Fault.SHORT) {
                    break;
                }
                out.write(content, i, Math.min(BLOCK, content.length - i));
            }
            return out.commit();
        }
    }

    private void read() {
        try (CopyInputStream in = process.reader().open(Scenario.PATH.value())) {
            byte[] bytes = in.readAllBytes();
            boolean expected =
                    Arrays.equals(bytes, Scenario.OLD) || (!told.isEmpty() && Arrays.equals(bytes, Scenario.OTHER));
            boolean damaged = disks.stores().stream().anyMatch(store -> store.wasDamaged(Scenario.PATH));
            if (!expected && !damaged && !plan.has(Fault.FLIPPED)) { // nobody can tell that a disk gives other bytes
                world.violated("it read something else: " + bytes.length + " bytes");
            }
        } catch (IOException | RuntimeException | LinkageError ex) {
            if (plan.injections().isEmpty()) {
                world.violated("it could not be read: " + ex);
            }
        }
        process.checkAlive();
        Thread.interrupted();
    }

    private void checkOutcomes(String moment) {
        if (!plan.has(Fault.REPAIRER)) {
            invariants.checkOutcomes(moment);
        }
    }

    private void waitForAllThatIsLate() {
        world.heal();
        world.pass(ALL_THAT_IS_LATE);
        Thread.interrupted();
        invariants.checkAtAnyTime("when all that was late had come", process);
        checkOutcomes("when all that was late had come");
        invariants.checkDecision(plan, world.points());
        boolean someHang = plan.has(Fault.HANG)
                || plan.has(Fault.APPLIED_HANG)
                || plan.has(Fault.LATEST)
                || plan.has(Fault.LATEST_TRAVELS);
        if (!process.dead() && !someHang) {
            checkNothingIsHeld();
        }
    }

    private void checkNothingIsHeld() {
        long bytes = SimulatedThread.usedBytes(process.engine());
        if (bytes != 0 || world.waitingCount() != 0 || process.witness().openCount() != 0) {
            world.violated("held when all had ended: " + bytes + " bytes, " + world.waitingCount() + " threads, "
                    + process.witness().openCount() + " writes");
        }
        boolean untouched = plan.injections().isEmpty();
        for (Store store : disks.stores()) {
            if (untouched && !store.staged().isEmpty()) {
                world.violated("'" + store.name() + "' was left with staged bytes");
            }
        }
    }

    private void recover() {
        if (process.dead()) {
            restart();
        }
        try {
            repairSome(3);
        } catch (ProcessDied died) {
            world.unwindDead();
        }
        Thread.interrupted();
        invariants.checkAtAnyTime("after the first recovery", process);
    }

    private void restart() {
        process.kill();
        process = newProcess();
        Caller.world(world, process);
    }

    /** Recovers with healthy targets, and then once more in another process, which must find nothing to do. */
    private void repairAll() {
        world.heal();
        world.recoveryWasTried();
        if (plan.has(Fault.LATEST_TRAVELS)) { // what its call sent last is under way when it is repaired
            world.pass(Duration.ofSeconds(1));
            repairSome(REPAIRS);
        }
        world.pass(ALL_THAT_IS_LATE);
        if (process.dead() || plan.has(Fault.HANG) || plan.has(Fault.APPLIED_HANG)) {
            restart();
        }
        repairSome(REPAIRS);
        invariants.checkAtAnyTime("repaired", process);
        invariants.checkRepaired("repaired", process);
        String shown = invariants.shown();
        restart();
        repairSome(REPAIRS);
        if (!shown.equals(invariants.shown())) {
            world.violated("repaired again: " + shown + " became " + invariants.shown());
        }
        invariants.checkRepaired("repaired again", process);
    }

    private void repairSome(int rounds) {
        for (int round = 0; round < rounds && process.journal().size() > 0; round++) {
            for (JournalEntry entry : process.journal().entries()) {
                repair(entry);
            }
            world.pass(BETWEEN_REPAIRS);
        }
    }

    private void repair(JournalEntry entry) {
        try {
            process.repairer().repair(entry);
        } catch (IOException | RuntimeException | LinkageError ex) {
            process.checkAlive(); // to try again is harmless
            world.keep(ex);
        }
        process.checkAlive();
        Thread.interrupted();
    }
}
