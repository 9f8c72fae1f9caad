package io.parallelwrite.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a copy of {@link ScriptedCopies}, which hold its script and its counts. Not thread-safe: two calls at once fail. */
final class ScriptedStream extends InputStream {

    private final ScriptedCopies copies;
    private final byte[] bytes;
    private final AtomicInteger inside = new AtomicInteger();
    private int position;
    private final Set<byte[]> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
    private int held;
    private boolean closed;

    ScriptedStream(ScriptedCopies copies, byte[] bytes) {
        this.copies = copies;
        this.bytes = bytes;
        copies.openStreams.incrementAndGet();
    }

    @Override
    public int read() {
        throw new IllegalStateException("read byte by byte");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (inside.getAndIncrement() != 0 || closed) {
            throw new IllegalStateException("read while another call reads, or after closing");
        }
        try {
            hold(into);
            ScriptedCopies.Action action = copies.atByte.get((long) position);
            if (action != null) {
                action.run();
            }
            if (position == bytes.length) {
                return -1;
            }
            int count = Math.min(length, nextStop() - position);
            System.arraycopy(bytes, position, into, offset, count);
            position += count;
            copies.givenBytes.addAndGet(count);
            return count;
        } finally {
            inside.set(0);
        }
    }

    private int nextStop() {
        return copies.atByte.keySet().stream()
                .filter(offset -> offset > position && offset < bytes.length)
                .mapToInt(Long::intValue)
                .findFirst()
                .orElse(bytes.length);
    }

    /** Whoever reads may fill several blocks in turn; the small ones at the beginning are given up. */
    private void hold(byte[] into) {
        blocks.add(into);
        int largest = blocks.stream().mapToInt(block -> block.length).max().orElse(0);
        blocks.removeIf(block -> block.length < largest);
        measure(largest * blocks.size());
    }

    private void measure(int now) {
        long all = copies.blockBytes.addAndGet(now - held);
        held = now;
        copies.mostBlockBytes.accumulateAndGet(all, Math::max);
    }

    @Override
    public void close() {
        if (inside.get() != 0) {
            throw new IllegalStateException("closed while a call reads");
        }
        if (!closed) {
            closed = true;
            measure(0);
            copies.openStreams.decrementAndGet();
        }
    }
}
