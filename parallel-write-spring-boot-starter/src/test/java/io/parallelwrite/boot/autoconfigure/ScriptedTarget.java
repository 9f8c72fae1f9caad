package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A memory target, served under {@code scripted:}, whose commit does what a test wants first. */
final class ScriptedTarget implements Target {

    /** What happens when a write is about to commit. */
    @FunctionalInterface
    interface BeforeCommit {

        void run() throws IOException;
    }

    private final MemoryTarget memory;
    private final BeforeCommit beforeCommit;

    private ScriptedTarget(String name, BeforeCommit beforeCommit) {
        this.memory = new MemoryTarget(name);
        this.beforeCommit = beforeCommit;
    }

    static TargetFactory factory(BeforeCommit beforeCommit) {
        return new TargetFactory() {
            @Override
            public boolean supports(TargetDefinition definition) {
                return definition.scheme().equals("scripted");
            }

            @Override
            public Target create(TargetDefinition definition) {
                return new ScriptedTarget(definition.name(), beforeCommit);
            }
        };
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        return memory.open(request).thenApply(ScriptedWrite::new);
    }

    @Override
    public String name() {
        return memory.name();
    }

    @Override
    public String scheme() {
        return "scripted";
    }

    @Override
    public String place() {
        return memory.place();
    }

    @Override
    public boolean staged() {
        return memory.staged();
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

    private final class ScriptedWrite implements TargetWrite {

        private final TargetWrite write;

        ScriptedWrite(TargetWrite write) {
            this.write = write;
        }

        @Override
        public CompletionStage<?> write(ByteBuffer bytes) throws IOException {
            return write.write(bytes);
        }

        @Override
        public CompletionStage<?> prepare(ContentDigest content) throws IOException {
            return write.prepare(content);
        }

        @Override
        public CompletionStage<Receipt> commit() throws IOException {
            beforeCommit.run();
            return write.commit();
        }

        @Override
        public CompletionStage<?> abort() throws IOException {
            return write.abort();
        }
    }
}
