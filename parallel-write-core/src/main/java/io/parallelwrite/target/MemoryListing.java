package io.parallelwrite.target;

import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The objects of a {@link MemoryTarget}, one by one; nothing else can be in it. Not thread-safe. */
final class MemoryListing implements TargetListing {

    private final Iterator<ListedObject> objects;
    private boolean closed;

    MemoryListing(Iterator<ListedObject> objects) {
        this.objects = objects;
    }

    @Override
    public @Nullable ListedObject next() throws IOException {
        if (closed) {
            throw new IOException("The listing is closed; open another");
        }
        return objects.hasNext() ? objects.next() : null;
    }

    @Override
    public long skippedCount() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
