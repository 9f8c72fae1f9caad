package io.parallelwrite.compare;

import io.parallelwrite.stream.Await;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.RunningChecksum;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The block one copy has given last, and what is known of all before: their number and, if wanted, their checksums.
 *
 * <p>While a block is used the next is read into other memory; the two then take turns. Checksums are computed on the worker
 * that read the bytes, so those of several copies side by side. Not thread-safe.
 */
final class CopyBlock {

    private static final byte[] NONE = new byte[0];
    private static final CompletableFuture<Integer> NOTHING = CompletableFuture.completedFuture(0);

    private final CopyLane lane;
    private final List<RunningChecksum> checksums;
    private CompletableFuture<Integer> filling = NOTHING;
    private byte[] ahead = NONE; // being filled
    private byte[] bytes = NONE; // being used
    private int count;
    private long byteCount;
    private boolean ended;
    private @Nullable IOException failure;

    CopyBlock(CopyLane lane, Set<ChecksumAlgorithm> algorithms) {
        this.lane = lane;
        this.checksums = algorithms.stream().map(RunningChecksum::of).toList();
    }

    /** Waits for what all copies were asked for, and makes it their blocks. Those before must not be used any more. */
    static void advance(Collection<CopyBlock> blocks) throws IOException {
        Await.interruptibly(blocks.stream().map(block -> block.filling).toList());
        blocks.forEach(CopyBlock::take);
    }

    /** Asks for the block after this one, unless the copy has ended. */
    void ask(int size) {
        if (ended) {
            filling = NOTHING;
            return;
        }
        if (ahead.length != size) {
            ahead = new byte[size];
        }
        byte[] asked = ahead;
        CompletableFuture<Integer> filled = lane.fill(asked);
        filling = checksums.isEmpty() ? filled : filled.thenApply(given -> digest(asked, given));
    }

    private int digest(byte[] given, int length) {
        checksums.forEach(checksum -> checksum.update(given, 0, length));
        return length;
    }

    private void take() {
        if (ended) {
            count = 0;
            return;
        }
        byte[] used = bytes;
        bytes = ahead;
        ahead = used;
        try {
            count = Await.interruptibly(filling); // has completed
            byteCount += count;
            ended = count < bytes.length;
        } catch (IOException ex) {
            failure = ex;
            ended = true;
            count = 0;
            bytes = NONE; // the call may still be writing to it
        }
        if (ended) {
            ahead = NONE;
            lane.close();
        }
    }

    String target() {
        return lane.target();
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns how many bytes of the block were given; 0 after the end. */
    int count() {
        return count;
    }

    /** Returns how many bytes were given from the beginning of the copy on. */
    long byteCount() {
        return byteCount;
    }

    /** Tells whether there is no block after this one. */
    boolean ended() {
        return ended;
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    /** Returns the checksums of all bytes given; asked for at the end. */
    Map<ChecksumAlgorithm, Checksum> checksums() {
        Map<ChecksumAlgorithm, Checksum> values = new LinkedHashMap<>();
        checksums.forEach(checksum -> values.put(checksum.algorithm(), checksum.value()));
        return values;
    }

    void close() {
        lane.close();
    }
}
