package io.parallelwrite.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A target that hands each call to one in memory, for fakes that change a few of them. */
public abstract class ForwardingTarget implements Target {

    public final MemoryTarget memory;

    protected ForwardingTarget(String name) {
        this.memory = new MemoryTarget(name);
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
        return memory.staged();
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

    /** One write of such a target. */
    public abstract static class Write implements TargetWrite {

        private final TargetWrite write;

        protected Write(TargetWrite write) {
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
            return write.commit();
        }

        @Override
        public CompletionStage<?> abort() throws IOException {
            return write.abort();
        }
    }
}
