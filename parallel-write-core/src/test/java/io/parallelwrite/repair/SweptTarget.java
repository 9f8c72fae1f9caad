package io.parallelwrite.repair;

import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.StagedSweep;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that can be away, or hang, when something left over is to be discarded. */
final class SweptTarget implements Target {

    final List<String> discarded = new CopyOnWriteArrayList<>();
    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger agedSweeps = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final Set<String> unnamed = ConcurrentHashMap.newKeySet();
    volatile Runnable whenDiscarded = () -> {};
    volatile boolean away;
    volatile CountDownLatch gate = new CountDownLatch(0);

    private final MemoryTarget memory;

    SweptTarget(String name) {
        this.memory = new MemoryTarget(name);
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

    @Override
    public String name() {
        return memory.name();
    }

    @Override
    public String scheme() {
        return memory.scheme();
    }

    @Override
    public String place() {
        return memory.place();
    }

    @Override
    public boolean staged() {
        return true;
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        return memory.open(request);
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        return memory.delete(path);
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) throws IOException {
        return memory.stat(path);
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        return memory.read(path);
    }
}
