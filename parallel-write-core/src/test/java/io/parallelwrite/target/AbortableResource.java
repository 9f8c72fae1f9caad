package io.parallelwrite.target;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.WritableResource;

/** A resource like those of object stores: closing its stream publishes, and its stream has {@code abort()}. */
final class AbortableResource extends AbstractResource implements WritableResource {

    final Map<String, byte[]> objects;
    private final String key;

    AbortableResource() {
        this(new ConcurrentHashMap<>(), "");
    }

    private AbortableResource(Map<String, byte[]> objects, String key) {
        this.objects = objects;
        this.key = key;
    }

    @Override
    public AbortableResource createRelative(String path) {
        return new AbortableResource(objects, key + path);
    }

    @Override
    public boolean exists() {
        return objects.containsKey(key);
    }

    @Override
    public long contentLength() {
        return objects.get(key).length;
    }

    @Override
    public InputStream getInputStream() throws FileNotFoundException {
        return new ByteArrayInputStream(
                Optional.ofNullable(objects.get(key)).orElseThrow(() -> new FileNotFoundException(getDescription())));
    }

    @Override
    public OutputStream getOutputStream() {
        return new Stream();
    }

    @Override
    public String getDescription() {
        return "fake:" + key;
    }

    /** What a caller needs to abort; public, while the stream that implements it is not. */
    public interface Abortable {
        void abort();
    }

    private final class Stream extends ByteArrayOutputStream implements Abortable {

        private boolean aborted;

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public void close() {
            if (aborted) {
                throw new IllegalStateException("Closed after abort");
            }
            objects.put(key, toByteArray());
        }
    }
}
