package io.parallelwrite.repair;

import io.parallelwrite.target.ForwardingTarget;
import io.parallelwrite.target.StagedSweep;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that can be away, or hang, when something left over is to be discarded. */
final class SweptTarget extends ForwardingTarget {

    final List<String> discarded = new CopyOnWriteArrayList<>();
    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger agedSweeps = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final Set<String> unnamed = ConcurrentHashMap.newKeySet();
    volatile Runnable whenDiscarded = () -> {};
    volatile boolean away;
    volatile CountDownLatch gate = new CountDownLatch(0);

    SweptTarget(String name) {
        super(name);
    }

    @Override
    public void discardStaged(TargetPath path, String what) throws IOException {
        attempts.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a call to a target", e);
        }
        if (away) {
            throw new IOException("away");
        }
        whenDiscarded.run();
        discarded.add(what);
        unnamed.remove(what);
    }

    @Override
    public Set<String> findIntended(TargetPath path, String what) throws IOException {
        looks.incrementAndGet();
        if (away) {
            throw new IOException("away");
        }
        return Set.copyOf(unnamed);
    }

    @Override
    public void sweepStaged(StagedSweep sweep) throws IOException {
        agedSweeps.incrementAndGet();
        if (away) {
            throw new IOException("away");
        }
        sweep.discarded("old at " + sweep.before() + (sweep.includesUnmarked() ? " of anybody" : ""));
    }
}
