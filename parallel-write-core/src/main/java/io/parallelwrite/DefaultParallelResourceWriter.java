package io.parallelwrite;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriterStatus;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.Sweeper;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

/** The writer: turns paths and options into requests, and content into streams of the engine. */
final class DefaultParallelResourceWriter implements ParallelResourceWriter {

    private final WriteEngine engine;
    private final List<Target> targets;
    private final ParallelResourceReader reader;
    private final WriterAssembly.Upkeep upkeep;
    private final AtomicBoolean closed = new AtomicBoolean();

    DefaultParallelResourceWriter(
            WriteEngine engine, List<Target> targets, ParallelResourceReader reader, WriterAssembly.Upkeep upkeep) {
        this.engine = engine;
        this.targets = List.copyOf(targets);
        this.reader = reader;
        this.upkeep = upkeep;
    }

    @Override
    public WriteResult write(String path, byte[] content, WriteOptions options) throws IOException {
        WriteOptions sized =
                options.expectedByteCount().isPresent() ? options : options.withExpectedByteCount(content.length);
        try (ParallelOutputStream out = open(path, sized)) {
            out.write(content);
            return out.commit();
        }
    }

    @Override
    public WriteResult write(String path, InputStream content, WriteOptions options) throws IOException {
        try (ParallelOutputStream out = open(path, options)) {
            out.transferFrom(content);
            return out.commit();
        }
    }

    @Override
    public WriteResult write(String path, Resource content, WriteOptions options) throws IOException {
        TargetPath.of(path); // before the resource is opened
        try (InputStream in = content.getInputStream()) {
            return write(path, in, options);
        }
    }

    @Override
    public WriteResult write(String path, WriteBody body, WriteOptions options) throws IOException {
        try (ParallelOutputStream out = open(path, options)) {
            try (BodyOutputStream lent = new BodyOutputStream(out)) {
                body.writeTo(lent);
            }
            return out.commit();
        }
    }

    @Override
    public ParallelOutputStream open(String path, WriteOptions options) throws IOException {
        TargetPath target = TargetPath.of(path);
        WriteRequest request = new WriteRequest(
                target,
                newToken(),
                options.attributes().withGuessedContentType(target),
                options.createOnly(),
                options.expectedByteCount().orElse(-1));
        return engine.open(request, options.expectedChecksum(), options.rule());
    }

    @Override
    public WritableResource resource(String path) {
        return new ParallelResource(this, TargetPath.of(path));
    }

    @Override
    public ParallelResourceReader reader() {
        return reader;
    }

    @Override
    public Optional<Repairer> repairer() {
        return Optional.ofNullable(upkeep.repairer());
    }

    @Override
    public Optional<Sweeper> sweeper() {
        return Optional.of(upkeep.sweeper());
    }

    @Override
    public Scrubber scrubber() {
        return upkeep.scrubber();
    }

    @Override
    public WriteResult delete(String path) throws IOException {
        return engine.delete(newToken(), TargetPath.of(path));
    }

    @Override
    public WriterStatus status() {
        return engine.states().status();
    }

    private static String newToken() {
        return UUID.randomUUID().toString();
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        engine.close();
        IOException first = null;
        for (Target target : targets) {
            try {
                target.close();
            } catch (IOException | RuntimeException ex) {
                if (first == null) {
                    first = new IOException(
                            "The writer was closed, but target '" + target.name() + "' was not: " + ex, ex);
                } else {
                    first.addSuppressed(ex);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
