package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * A target in memory that fails, hangs or lies where it is told to, and that is strict: it remembers which writes were
 * neither committed nor aborted, and refuses calls out of order or two at once.
 */
final class ScriptedTarget implements Target {

    /** What happens instead of, or before, a step. */
    interface Script {
        CompletionStage<?> before() throws IOException;
    }

    private final String name;
    private final Map<Phase, Script> scripts = new EnumMap<>(Phase.class);
    final Map<String, byte[]> visible = new ConcurrentHashMap<>();
    final AtomicInteger openWrites = new AtomicInteger();
    final AtomicInteger takenBytes = new AtomicInteger();
    final List<String> calls = new ArrayList<>();
    volatile boolean lies;
    volatile boolean staged = true;
    volatile boolean commitsFirst;

    ScriptedTarget(String name) {
        this.name = name;
    }

    ScriptedTarget on(Phase phase, Script script) {
        scripts.put(phase, script);
        return this;
    }

    ScriptedTarget failing(Phase phase) {
        return on(phase, () -> {
            throw new IOException("scripted " + phase);
        });
    }

    ScriptedTarget refusing(Phase phase) {
        return on(phase, () -> {
            throw new NotAppliedException("scripted refusal", null);
        });
    }

    /** Blocks the worker until the gate is opened. */
    ScriptedTarget blocking(Phase phase, CompletableFuture<?> gate) {
        return on(phase, () -> {
            gate.join();
            return TargetWrite.done();
        });
    }

    /** Gives the worker back and completes when the gate is opened. */
    ScriptedTarget pending(Phase phase, CompletableFuture<?> gate) {
        return on(phase, () -> gate);
    }

    private CompletionStage<?> run(Phase phase) throws IOException {
        synchronized (calls) {
            calls.add(phase.name());
        }
        Script script = scripts.get(phase);
        return script == null ? TargetWrite.done() : script.before();
    }

    void clearCalls() {
        synchronized (calls) {
            calls.clear();
        }
    }

    List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String scheme() {
        return "scripted";
    }

    @Override
    public String place() {
        return "scripted:" + name + "/";
    }

    @Override
    public boolean staged() {
        return staged;
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        return run(Phase.OPEN).thenApply(ready -> {
            openWrites.incrementAndGet();
            return new ScriptedWrite(request);
        });
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        return run(Phase.DELETE).thenRun(() -> visible.remove(path.value()));
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) {
        return Optional.ofNullable(visible.get(path.value()))
                .map(bytes -> new StoredObject(bytes.length, null, null, null));
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        byte[] bytes = visible.get(path.value());
        if (bytes == null) {
            throw new FileNotFoundException(path.value());
        }
        return new ByteArrayInputStream(bytes);
    }

    private final class ScriptedWrite implements TargetWrite {
        private final WriteRequest request;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final AtomicInteger inside = new AtomicInteger();
        private boolean closed;

        ScriptedWrite(WriteRequest request) {
            this.request = request;
        }

        private CompletionStage<?> step(Phase phase) throws IOException {
            if (inside.getAndIncrement() != 0 || closed) {
                throw new IllegalStateException(phase + " at '" + name + "' while another call runs, or after the end");
            }
            try {
                return run(phase).whenComplete((done, ex) -> inside.set(0));
            } catch (IOException | RuntimeException | Error ex) {
                inside.set(0);
                throw ex;
            }
        }

        @Override
        public CompletionStage<?> write(ByteBuffer chunk) throws IOException {
            return step(Phase.WRITE).thenRun(() -> {
                byte[] taken = new byte[chunk.remaining()];
                chunk.get(taken);
                bytes.writeBytes(taken);
                takenBytes.addAndGet(taken.length);
            });
        }

        @Override
        public CompletionStage<?> prepare(ContentDigest content) throws IOException {
            if (content.size() != bytes.size()) {
                throw new IOException("prepared with " + content.size() + " bytes, taken were " + bytes.size());
            }
            return step(Phase.PREPARE);
        }

        @Override
        public CompletionStage<Receipt> commit() throws IOException {
            return step(Phase.COMMIT).thenApply(ready -> {
                end();
                byte[] content = bytes.toByteArray();
                visible.put(request.path().value(), content);
                CRC32C crc = new CRC32C();
                crc.update(content);
                Checksum checksum = Checksum.crc32c(lies ? ~crc.getValue() : crc.getValue());
                return new Receipt(content.length, checksum, Strength.FULL_OBJECT, null);
            });
        }

        @Override
        public CompletionStage<?> abort() throws IOException {
            return step(Phase.ABORT).thenRun(this::end);
        }

        @Override
        public boolean commitsFirst() {
            return commitsFirst;
        }

        private void end() {
            closed = true;
            openWrites.decrementAndGet();
        }
    }
}
