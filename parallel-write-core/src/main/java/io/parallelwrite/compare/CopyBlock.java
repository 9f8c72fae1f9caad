package io.parallelwrite.compare;

import io.parallelwrite.stream.Await;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.RunningChecksum;
import java.io.IOException;
import java.util.ArrayDeque;
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
 * <p>While a block is used those after it are read into other memory, one after the other: whoever completes one asks for the
 * next, so that a worker does not wait for the reading thread to wake up. Checksums are computed on the worker that read the
 * bytes, so those of several copies side by side. Not thread-safe.
 */
final class CopyBlock {

    private static final byte[] NONE = new byte[0];

    /** A block that is to be filled when the one before has been. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asked(byte[] bytes, CompletableFuture<Integer> filled) {}

    private final CopyLane lane;
    private final List<RunningChecksum> checksums;
    private final ArrayDeque<Asked> ahead = new ArrayDeque<>();
    private byte[] bytes = NONE; // being used
    private byte[] spare = NONE; // used before
    private int count;
    private long byteCount;
    private boolean ended;
    private @Nullable IOException failure;

    CopyBlock(CopyLane lane, Set<ChecksumAlgorithm> algorithms) {
        this.lane = lane;
        this.checksums = algorithms.stream().map(RunningChecksum::of).toList();
    }

    /** Waits for the next block of all copies that go on, and makes it theirs. Those before must not be used any more. */
    static void advance(Collection<CopyBlock> blocks) throws IOException {
        Await.interruptibly(blocks.stream()
                .filter(block -> !block.ended)
                .map(block -> block.ahead.element().filled())
                .toList());
        blocks.forEach(CopyBlock::take);
    }

    /** Asks for one more block after those that were asked for, unless the copy has ended. */
    void ask(int size) {
        if (ended) {
            return;
        }
        byte[] block = spare.length == size ? spare : new byte[size];
        spare = NONE;
        Asked before = ahead.peekLast();
        ahead.add(new Asked(
                block,
                before == null
                        ? fill(block)
                        : before.filled()
                                .thenCompose(given -> given < before.bytes().length
                                        ? CompletableFuture.completedFuture(0)
                                        : fill(block))));
    }

    private CompletableFuture<Integer> fill(byte[] block) {
        CompletableFuture<Integer> filled = lane.fill(block);
        return checksums.isEmpty() ? filled : filled.thenApply(given -> digest(block, given));
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
        Asked next = ahead.remove();
        spare = bytes;
        bytes = next.bytes();
        try {
            count = Await.interruptibly(next.filled()); // has completed
            byteCount += count;
            ended = count < bytes.length;
        } catch (IOException ex) {
            failure = ex;
            ended = true;
            count = 0;
            bytes = NONE; // the call may still be writing to it
        }
        if (ended) {
            ahead.clear();
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
