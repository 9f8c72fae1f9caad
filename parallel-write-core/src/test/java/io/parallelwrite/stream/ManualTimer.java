package io.parallelwrite.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that stands still until it is advanced; alarms then run on the advancing thread, in order. */
public final class ManualTimer implements DeadlineTimer {

    private record Alarm(long dueNanos, long number, Runnable action) {}

    // guarded by this
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::dueNanos).thenComparingLong(Alarm::number));
    private long nowNanos;
    private long count;

    @Override
    public synchronized long nanoTime() {
        return nowNanos;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime());
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable action) {
        Alarm alarm = new Alarm(nowNanos + delay.toNanos(), count++, action);
        alarms.add(alarm);
        return () -> {
            synchronized (this) {
                alarms.remove(alarm);
            }
        };
    }

    /** Moves the clock and runs the alarms that are due. */
    public void advance(Duration time) {
        long end = nanoTime() + time.toNanos();
        while (true) {
            List<Alarm> due = new ArrayList<>();
            synchronized (this) {
                if (alarms.isEmpty() || alarms.peek().dueNanos() > end) {
                    nowNanos = end;
                    return;
                }
                due.add(alarms.remove());
                nowNanos = Math.max(nowNanos, due.get(0).dueNanos());
            }
            due.forEach(alarm -> alarm.action().run());
        }
    }

    /** Returns how many alarms wait. */
    public synchronized int alarmCount() {
        return alarms.size();
    }

    /** Tells whether one alarm waits, and this long. */
    public synchronized boolean hasOnlyAlarmIn(Duration wait) {
        return alarms.size() == 1 && alarms.peek().dueNanos() - nowNanos == wait.toNanos();
    }

    @Override
    public synchronized void close() {
        alarms.clear();
    }
}
