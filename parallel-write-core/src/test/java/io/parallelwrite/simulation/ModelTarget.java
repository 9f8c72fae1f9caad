package io.parallelwrite.simulation;

import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A target of one process, over a store that outlives it. */
final class ModelTarget implements Target {

    private final World world;
    private final Store store;
    private final ModelCalls calls;

    ModelTarget(World world, SimulatedProcess process, Store store) {
        this.world = world;
        this.store = store;
        this.calls = new ModelCalls(world, process, store);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public String scheme() {
        return "model";
    }

    @Override
    public String place() {
        return "model:" + store.name() + "/";
    }

    @Override
    public boolean staged() {
        return store.kind() != Store.Kind.PLAIN;
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        return calls.stage("open", fault -> {
            if (request.createOnly() && store.get(request.path()) != null) {
                throw new FileAlreadyExistsException(request.path().value());
            }
            ModelWrite write = new ModelWrite(world, store, calls, request);
            write.begin();
            return write;
        });
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        return calls.stage("delete", fault -> {
            store.remove(path);
            return "deleted";
        });
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) throws IOException {
        return calls.block(
                "stat",
                fault -> Optional.ofNullable(store.get(path))
                        .map(stored -> new StoredObject(
                                stored.bytes().length,
                                Instant.ofEpochMilli(stored.version()),
                                store.kind() == Store.Kind.REMOTE ? stored.checksum() : null,
                                null)));
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        Store.Stored stored = calls.block("read", fault -> {
            Store.Stored found = store.get(path);
            if (found == null) {
                throw new FileNotFoundException(path.value());
            }
            return found;
        });
        return new ModelStream(calls, stored.bytes());
    }
}
