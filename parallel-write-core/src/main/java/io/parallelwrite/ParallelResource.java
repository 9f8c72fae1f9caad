package io.parallelwrite;

import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
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

    private StoredObject require() throws IOException {
        return writer.reader().find(path.value()).orElseThrow(this::missing).object();
    }

    /** Opens the copy of the first target that holds one and can be read; another takes over if it fails. */
    @Override
    public InputStream getInputStream() throws IOException {
        return writer.reader().open(path.value());
    }

    private FileNotFoundException missing() {
        return new FileNotFoundException("No target holds '" + path + "'");
    }

    @Override
    public boolean exists() {
        try {
            return writer.reader().find(path.value()).isPresent();
        } catch (IOException ex) {
            return false;
        }
    }

    @Override
    public long contentLength() throws IOException {
        long size = require().size();
        return size >= 0 ? size : super.contentLength();
    }

    @Override
    public long lastModified() throws IOException {
        Instant lastModified = require().lastModified();
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
