package io.parallelwrite;

import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

/** One path of a writer as a Spring resource; see {@link ParallelResourceWriter#resource(String)}. Thread-safe. */
final class ParallelResource extends AbstractResource implements WritableResource {

    private final ParallelResourceWriter writer;
    private final TargetPath path;

    ParallelResource(ParallelResourceWriter writer, TargetPath path) {
        this.writer = writer;
        this.path = path;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new PublishingOutputStream(writer.open(path.value()));
    }

    /** Asks the targets in their order; one that cannot be asked is passed over if a later one holds the object. */
    private Optional<Held> find() throws IOException {
        IOException failure = null;
        for (Target target : writer.targets()) {
            try {
                Optional<StoredObject> held = target.stat(path);
                if (held.isPresent()) {
                    return Optional.of(new Held(target, held.get()));
                }
            } catch (IOException ex) {
                if (failure == null) {
                    failure =
                            new IOException("Target '" + target.name() + "' could not be asked for '" + path + "'", ex);
                } else {
                    failure.addSuppressed(ex);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private record Held(Target target, StoredObject object) {}

    private Held require() throws IOException {
        return find().orElseThrow(this::missing);
    }

    /** Opens the copy of the first target that holds one and can be read. */
    @Override
    public InputStream getInputStream() throws IOException {
        IOException failure = null;
        for (Target target : writer.targets()) {
            try {
                return target.read(path);
            } catch (FileNotFoundException ex) {
                // The next target may hold it.
            } catch (IOException ex) {
                if (failure == null) {
                    failure = ex;
                } else {
                    failure.addSuppressed(ex);
                }
            }
        }
        throw failure != null ? failure : missing();
    }

    private FileNotFoundException missing() {
        return new FileNotFoundException("No target holds '" + path + "'");
    }

    @Override
    public boolean exists() {
        try {
            return find().isPresent();
        } catch (IOException ex) {
            return false;
        }
    }

    @Override
    public long contentLength() throws IOException {
        long size = require().object().size();
        return size >= 0 ? size : super.contentLength();
    }

    @Override
    public long lastModified() throws IOException {
        Instant lastModified = require().object().lastModified();
        return lastModified == null ? 0 : lastModified.toEpochMilli();
    }

    @Override
    public String getFilename() {
        return path.fileName();
    }

    @Override
    public Resource createRelative(String relativePath) {
        String base = path.value().substring(0, path.value().lastIndexOf('/') + 1);
        return writer.resource(base + relativePath);
    }

    @Override
    public String getDescription() {
        return "parallel resource [" + path + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParallelResource resource
                && resource.writer.equals(writer)
                && resource.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
