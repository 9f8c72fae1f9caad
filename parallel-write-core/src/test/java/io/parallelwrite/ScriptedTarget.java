package io.parallelwrite;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.ForwardingTarget;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A memory target that remembers every call and does beforehand what a test tells it: throw, or wait at a gate.
 *
 * <p>Thread-safe.
 */
final class ScriptedTarget extends ForwardingTarget {

    /** What happens when a phase begins. */
    interface Action {
        void run() throws IOException;
    }

    private final Map<Phase, Action> script = new ConcurrentHashMap<>();
    private final List<Phase> calls = new CopyOnWriteArrayList<>();
    private final List<String> lifeCycle = new CopyOnWriteArrayList<>();
    private volatile Action onInitialize = () -> {};
    private volatile Action onClose = () -> {};
    private volatile Runnable onCancel = () -> {};
    private volatile String place;
    private volatile boolean staged = true;

    ScriptedTarget(String name) {
        super(name);
        place = memory.place();
    }

    ScriptedTarget placedAt(String other) {
        place = other;
        return this;
    }

    /** It shows bytes as they are written; what a test makes of that is its own affair. */
    ScriptedTarget unstaged() {
        staged = false;
        return this;
    }

    ScriptedTarget at(Phase phase, Action action) {
        script.put(phase, action);
        return this;
    }

    ScriptedTarget failingAt(Phase phase, String message) {
        return at(phase, () -> {
            throw new IOException(message);
        });
    }

    ScriptedTarget onInitialize(Action action) {
        onInitialize = action;
        return this;
    }

    ScriptedTarget onClose(Action action) {
        onClose = action;
        return this;
    }

    ScriptedTarget onCancel(Runnable action) {
        onCancel = action;
        return this;
    }

    /** Every call of every write so far, but for WRITE only the first in a row. */
    List<Phase> calls() {
        return calls;
    }

    List<String> lifeCycle() {
        return lifeCycle;
    }

    MemoryTarget memory() {
        return memory;
    }

    private void begin(Phase phase) throws IOException {
        if (phase != Phase.WRITE || calls.isEmpty() || calls.get(calls.size() - 1) != Phase.WRITE) {
            calls.add(phase);
        }
        script.getOrDefault(phase, () -> {}).run();
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public boolean staged() {
        return staged;
    }

    @Override
    public void initialize() throws IOException {
        lifeCycle.add("initialized");
        onInitialize.run();
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        begin(Phase.OPEN);
        return memory.open(request).thenApply(ScriptedWrite::new);
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        begin(Phase.DELETE);
        return memory.delete(path);
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) {
        return memory.stat(path);
    }

    @Override
    public void close() throws IOException {
        lifeCycle.add("closed");
        onClose.run();
    }

    private final class ScriptedWrite extends Write {

        ScriptedWrite(TargetWrite write) {
            super(write);
        }

        @Override
        public CompletionStage<?> write(ByteBuffer bytes) throws IOException {
            begin(Phase.WRITE);
            return super.write(bytes);
        }

        @Override
        public CompletionStage<?> prepare(ContentDigest content) throws IOException {
            begin(Phase.PREPARE);
            return super.prepare(content);
        }

        @Override
        public CompletionStage<Receipt> commit() throws IOException {
            begin(Phase.COMMIT);
            return super.commit();
        }

        @Override
        public CompletionStage<?> abort() throws IOException {
            begin(Phase.ABORT);
            return super.abort();
        }

        @Override
        public void cancel() {
            onCancel.run();
        }
    }
}
