package io.parallelwrite.target;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sweep that records what it was told. */
public final class RecordedSweep implements StagedSweep {

    private final Instant before;
    private final boolean unmarked;
    public final List<String> discarded = new CopyOnWriteArrayList<>();
    public final List<Exception> failures = new CopyOnWriteArrayList<>();

    private final Runnable whenAsked;

    private RecordedSweep(Instant before, boolean unmarked, Runnable whenAsked) {
        this.before = before;
        this.unmarked = unmarked;
        this.whenAsked = whenAsked;
    }

    /** Returns a sweep of everything there is by now, clocks that differ included. */
    public static RecordedSweep ofAll() {
        return ofAll(() -> {});
    }

    /** Returns the same, in which something happens each time it is asked for the age. */
    public static RecordedSweep ofAll(Runnable whenAsked) {
        return new RecordedSweep(Instant.now().plusSeconds(86_400), true, whenAsked);
    }

    /** Returns a sweep of what is older than any test. */
    public static RecordedSweep ofOld() {
        return new RecordedSweep(Instant.now().minusSeconds(86_400), true, () -> {});
    }

    /** Returns a sweep of what is the target's own for certain. */
    public static RecordedSweep ofMarked() {
        return new RecordedSweep(Instant.now().plusSeconds(86_400), false, () -> {});
    }

    @Override
    public Instant before() {
        whenAsked.run();
        return before;
    }

    @Override
    public boolean includesUnmarked() {
        return unmarked;
    }

    @Override
    public boolean isStopped() {
        return false;
    }

    @Override
    public void discarded(String what) {
        discarded.add(what);
    }

    @Override
    public void failed(String what, Exception reason) {
        failures.add(reason);
    }
}
