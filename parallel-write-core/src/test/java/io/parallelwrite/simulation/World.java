package io.parallelwrite.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Time, tasks, and what goes wrong: one run of the simulation.
 *
 * <p>Time passes only when nothing else can be done. A seed chooses the next of the tasks that are ready; 0 takes the oldest.
 * Each {@linkplain Point operation} is counted, separately before and while recovering, and a plan says at which of them
 * what happens.
 *
 * <p>Used by one thread at a time.
 */
final class World {

    /** Longer than anything a run does at one time; who steps so often goes in circles. */
    private static final int MOST_STEPS = 20_000;

    private record Task(@Nullable SimulatedProcess process, Runnable action) {}

    private record Alarm(
            long dueNanos, long number, @Nullable SimulatedProcess process, Runnable action) {}

    private final Plan plan;
    private final ArrayDeque<Coroutine> spare;
    private final boolean threads;
    private final @Nullable Random random;
    private final List<Task> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::dueNanos).thenComparingLong(Alarm::number));
    private final Set<Coroutine> waiting = new HashSet<>();
    private final Map<Integer, Plan.Injection> injections = new HashMap<>();
    private final Map<String, Fault> lasting = new HashMap<>();
    private final List<CompletableFuture<Void>> untilRecovery = new ArrayList<>();
    private final List<Throwable> kept = new ArrayList<>();
    private List<Point> points = new ArrayList<>();
    private @Nullable String violation;
    private final Map<Fault, Runnable> besides = new HashMap<>();
    private Thread caller = Thread.currentThread();
    private boolean interrupted;
    private boolean journalFailed;
    private long nowNanos = 1_000_000_000L;
    private long count;
    private int steps;
    private Duration clockOffset = Duration.ZERO;

    World(Plan plan, ArrayDeque<Coroutine> spare) {
        this.plan = plan;
        this.spare = spare;
        this.threads = plan.needsThreads();
        this.random = plan.seed() == 0 ? null : new Random(plan.seed());
        beginPart(false);
    }

    /** Operations are counted anew, and what lasted has ended. */
    void beginPart(boolean recovery) {
        points = new ArrayList<>();
        heal();
        for (Plan.Injection injection : plan.injections()) {
            if (injection.recovery() == recovery) {
                injections.put(injection.number(), injection);
            }
        }
    }

    /** From here on nothing goes wrong. */
    void heal() {
        injections.clear();
        lasting.clear();
    }

    List<Point> points() {
        return points;
    }

    /** Says what is done beside the caller when a fault of that kind is met: once, and on a thread of its own. */
    void beside(Fault fault, Runnable task) {
        besides.put(fault, task);
    }

    /** Counts an operation, and says what goes wrong with it. */
    Fault at(SimulatedProcess process, Point point) {
        process.checkAlive();
        int number = points.size();
        points.add(point);
        Plan.Injection injection = injections.get(number);
        Fault fault = lasting.getOrDefault(point.place(), Fault.NONE);
        if (injection != null) {
            fault = injection.fault();
            if (injection.lasting()) {
                lasting.put(point.place(), fault);
            }
        }
        if (!fault.appliesTo(point)) {
            return Fault.NONE;
        }
        journalFailed |= point.place().equals(Point.JOURNAL) && fault != Fault.NONE;
        return fault.isOfTheWorld() ? happen(fault, process) : fault;
    }

    private Fault happen(Fault fault, SimulatedProcess process) {
        switch (fault) {
            case INTERRUPT -> {
                interrupted = true;
                caller.interrupt();
            }
            case CLOCK_AHEAD -> clockOffset = clockOffset.plusHours(1);
            case CLOCK_BACK -> clockOffset = clockOffset.minusHours(1);
            case SECOND_WRITER, OVERTAKEN, REPAIRER -> {
                Runnable task = besides.remove(fault == Fault.OVERTAKEN ? Fault.SECOND_WRITER : fault);
                CompletableFuture<Void> end = new CompletableFuture<>();
                if (task != null) {
                    begin(process, () -> {
                        task.run();
                        end.complete(null);
                    });
                }
                if (task != null && fault == Fault.OVERTAKEN) {
                    await(process, end, false);
                }
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        return Fault.NONE;
    }

    boolean someTravelled() {
        return plan.injections().stream()
                .anyMatch(injection -> injection.fault().travels());
    }

    boolean journalFailed() {
        return journalFailed;
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    void interruptWasSeen() {
        interrupted = false;
    }

    long nanoTime() {
        return nowNanos;
    }

    Duration sinceTheStart() {
        return Duration.ofNanos(nowNanos).plus(clockOffset);
    }

    void ready(@Nullable SimulatedProcess process, Runnable action) {
        ready.add(new Task(process, action));
    }

    /** Runs a task that may wait. */
    void readyToWait(SimulatedProcess process, Runnable action) {
        ready(process, threads ? () -> begin(process, action) : action);
    }

    Runnable schedule(@Nullable SimulatedProcess process, Duration delay, Runnable action) {
        Alarm alarm = new Alarm(nowNanos + delay.toNanos(), count++, process, action);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    CompletableFuture<Void> after(@Nullable SimulatedProcess process, Duration delay) {
        CompletableFuture<Void> time = new CompletableFuture<>();
        schedule(process, delay, () -> time.complete(null));
        return time;
    }

    CompletableFuture<Void> untilRecovery() {
        CompletableFuture<Void> time = new CompletableFuture<>();
        untilRecovery.add(time);
        return time;
    }

    /** Completes what was to be late for the recovery. */
    void recoveryWasTried() {
        List.copyOf(untilRecovery).forEach(time -> time.complete(null));
        untilRecovery.clear();
    }

    /** Does the next thing there is to do; returns whether there was one. */
    boolean step() {
        if (++steps > MOST_STEPS) {
            throw new IllegalStateException("it goes in circles: " + steps + " steps");
        }
        if (!ready.isEmpty()) {
            Task task = ready.remove(random == null ? 0 : random.nextInt(ready.size()));
            run(task.process(), task.action());
            return true;
        }
        Alarm alarm = alarms.poll();
        if (alarm == null) {
            return false;
        }
        if (isAlive(alarm.process())) {
            nowNanos = Math.max(nowNanos, alarm.dueNanos());
        }
        run(alarm.process(), alarm.action());
        return true;
    }

    private static void run(@Nullable SimulatedProcess process, Runnable action) {
        if (!isAlive(process)) {
            return;
        }
        try {
            action.run();
        } catch (ProcessDied died) {
            // who waits in that process finds it dead
        }
    }

    private static boolean isAlive(@Nullable SimulatedProcess process) {
        return process == null || !process.dead();
    }

    /** Lets time pass, and does what is due. */
    void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        steps = 0;
        while (!ready.isEmpty() || (!alarms.isEmpty() && alarms.element().dueNanos() <= end)) {
            step();
        }
        nowNanos = Math.max(nowNanos, end);
    }

    void await(SimulatedProcess process, CompletableFuture<?> future, boolean interruptibly) {
        if (Thread.currentThread() instanceof Coroutine coroutine) {
            coroutine.await(future, interruptibly);
            return;
        }
        while (true) {
            process.checkAlive();
            if (future.isDone() || (interruptibly && Thread.currentThread().isInterrupted())) {
                return;
            }
            if (!step()) {
                throw new IllegalStateException("the caller waits for ever");
            }
        }
    }

    private void begin(SimulatedProcess process, Runnable task) {
        Coroutine coroutine = spare.poll();
        if (coroutine == null) {
            coroutine = new Coroutine();
            coroutine.start();
        }
        if (coroutine.begin(this, process, task)) {
            spare.push(coroutine);
        }
    }

    void waits(Coroutine coroutine) {
        waiting.add(coroutine);
    }

    void resume(Coroutine coroutine) {
        if (waiting.remove(coroutine) && coroutine.goOn()) {
            spare.push(coroutine);
        }
    }

    /** Ends the threads of processes that have died. */
    void unwindDead() {
        boolean some = true;
        while (some) {
            some = false;
            for (Coroutine coroutine : List.copyOf(waiting)) {
                if (!isAlive(coroutine.process())) {
                    resume(coroutine);
                    some = true;
                }
            }
        }
    }

    int waitingCount() {
        return waiting.size();
    }

    /** Notes that a promise was broken; the first counts. */
    void violated(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    /** Keeps what was thrown, to be shown when the run is replayed. */
    void keep(Throwable thrown) {
        kept.add(thrown);
    }

    List<Throwable> kept() {
        return kept;
    }

    @Nullable
    String violation() {
        return violation;
    }
}
