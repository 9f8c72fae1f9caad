package io.parallelwrite.compare;

import io.parallelwrite.outcome.AnswerGroups;
import io.parallelwrite.target.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Several open copies, read block by block side by side, and compared up to the first byte in which they differ.
 *
 * <p>Memory is three blocks for each copy, small at first: while one is compared and used, workers read the next two. A copy
 * that fails is left out from there on; whoever reads decides what that means. Not thread-safe.
 */
final class CopiesInStep {

    /** One to be there when the reading thread asks for it, and one for the worker to go on with meanwhile. */
    private static final int AHEAD = 2;

    private final List<CopyBlock> blocks;
    private final int maxBlockBytes;
    private int nextBlockBytes;
    private long agreedBefore;
    private int agreed;
    private boolean begun;
    private boolean differ;

    CopiesInStep(List<CopyBlock> blocks, ReaderParts parts) {
        this.blocks = List.copyOf(blocks);
        this.maxBlockBytes = parts.maxBlockBytes();
        this.nextBlockBytes = parts.firstBlockBytes();
    }

    /** Reads what is open of these copies, each to its end; returns the first byte in which they differ. */
    static OptionalLong readToEnd(List<CopyEvidence> copies, ReaderParts parts) throws IOException {
        List<CopyBlock> blocks =
                copies.stream().map(CopyEvidence::read).filter(Objects::nonNull).toList();
        CopiesInStep inStep = new CopiesInStep(blocks, parts);
        try {
            while (!inStep.ended()) {
                inStep.advance();
            }
        } finally {
            inStep.close();
        }
        return inStep.firstDifference();
    }

    /** Gets the next block of every copy that goes on, waiting for all of them, and has those after it read. */
    void advance() throws IOException {
        if (!begun) {
            begun = true;
            for (int i = 0; i < AHEAD; i++) {
                askAll();
            }
        }
        CopyBlock.advance(blocks);
        askAll();
        if (!differ) {
            agreedBefore += agreed;
            compare();
        }
    }

    private void askAll() {
        for (CopyBlock block : blocks) {
            block.ask(nextBlockBytes);
        }
        nextBlockBytes = Math.min(2 * nextBlockBytes, maxBlockBytes);
    }

    private void compare() {
        List<CopyBlock> given =
                blocks.stream().filter(block -> block.failure() == null).toList();
        if (given.isEmpty()) {
            agreed = 0;
            return;
        }
        CopyBlock first = given.get(0);
        agreed = first.count();
        for (CopyBlock other : given.subList(1, given.size())) {
            int mismatch = Arrays.mismatch(first.bytes(), 0, first.count(), other.bytes(), 0, other.count());
            if (mismatch >= 0) {
                differ = true;
                agreed = Math.min(agreed, mismatch);
            }
        }
    }

    /** Tells whether no copy goes on. */
    boolean ended() {
        return blocks.stream().allMatch(CopyBlock::ended);
    }

    /** Returns the block of the first copy; if none failed, its first {@link #agreed()} bytes are those of all. */
    byte[] bytes() {
        return blocks.get(0).bytes();
    }

    /** Returns how many bytes at the beginning of the blocks all copies have in common. */
    int agreed() {
        return agreed;
    }

    /** Returns how many bytes all copies have in common from their beginning on. */
    long agreedCount() {
        return agreedBefore + agreed;
    }

    /** Returns the first byte in which copies differ, or where the first of them ended. */
    OptionalLong firstDifference() {
        return differ ? OptionalLong.of(agreedCount()) : OptionalLong.empty();
    }

    /** Returns the copies that could not be read to their end. */
    List<CopyAnswer.Unavailable> failures() {
        List<CopyAnswer.Unavailable> failures = new ArrayList<>();
        for (CopyBlock block : blocks) {
            IOException failure = block.failure();
            if (failure != null) {
                failures.add(new CopyAnswer.Unavailable(block.target(), failure));
            }
        }
        return failures;
    }

    /** Says who gave what where the blocks read last differ. */
    Comparison.Different difference(String path) {
        AnswerGroups groups = AnswerGroups.of(
                CopyAnswers.quoted(blocks.stream().map(CopyBlock::target).toList()),
                blocks.stream().map(this::given).toList(),
                String::equals,
                given -> given);
        return new Comparison.Different(
                path,
                blocks.stream().map(CopiesInStep::answer).toList(),
                OptionalLong.of(agreedCount()),
                CopyAnswers.unquoted(groups.minority()),
                "at byte " + agreedCount() + " " + groups.sentenceWithMinority());
    }

    private String given(CopyBlock block) {
        return agreed < block.count()
                ? "gave 0x%02x".formatted(block.bytes()[agreed])
                : "had ended after " + block.byteCount() + (block.byteCount() == 1 ? " byte" : " bytes");
    }

    /** What is known of a copy from reading it: its size, if it has ended. */
    private static CopyAnswer answer(CopyBlock block) {
        long size = block.ended() ? block.byteCount() : -1;
        return new CopyAnswer.Held(block.target(), new StoredObject(size, null, null, null), null);
    }

    void close() {
        blocks.forEach(CopyBlock::close);
    }
}
