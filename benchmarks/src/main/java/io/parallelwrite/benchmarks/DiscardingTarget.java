package io.parallelwrite.benchmarks;

import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * A target in memory that counts and checksums what it is given and keeps none of it.
 *
 * <p>Nothing here blocks but the pace, if there is one. Thread-safe.
 */
final class DiscardingTarget implements Target {

    private final String name;
    private final LongConsumer pace;

    DiscardingTarget(String name) {
        this(name, byteCount -> {});
    }

    /**
     * Makes a target that takes its time.
     *
     * @param pace is told how many bytes came, and blocks until they have been taken
     */
    DiscardingTarget(String name, LongConsumer pace) {
        this.name = name;
        this.pace = pace;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String scheme() {
        return "discard";
    }

    @Override
    public String place() {
        return scheme() + ":" + name + "/";
    }

    @Override
    public boolean staged() {
        return true;
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) {
        return CompletableFuture.completedStage(new DiscardingWrite(pace));
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) {
        return TargetWrite.done();
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) {
        return Optional.empty();
    }

    @Override
    public InputStream read(TargetPath path) throws FileNotFoundException {
        throw new FileNotFoundException("Target '" + name + "' keeps nothing, not '" + path + "' either");
    }
}
