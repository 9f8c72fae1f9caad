package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every kind of target must do, as tests: extend this, give it a target over an empty place, and override the
 * {@linkplain TargetContractHooks hooks} for what the kind does otherwise.
 */
public abstract class TargetContract extends TargetLookupContract {

    private static final byte[] OLD = bytes(12_345);
    private static final byte[] NEW = bytes(23_456);

    @Test
    void namesItself() {
        assertThat(target.name()).isNotBlank();
        assertThat(target.scheme()).isNotBlank().doesNotContain(":");
        assertThat(target.place()).startsWith(target.scheme() + ":").endsWith("/");
    }

    // --- commit ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 7, 8191, 8192, 8193, 16_384, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1, (3 << 20) - 1})
    void makesExactlyTheWrittenBytesVisible(int size) throws Exception {
        Receipt receipt = driver.put("some/object.bin", bytes(size));

        assertThat(digestOf(driver.content("some/object.bin"))).isEqualTo(digestOf(bytes(size)));
        assertReceipt(receipt, bytes(size));
    }

    @Test
    void takesALargeObjectInChunksOfManySizes() throws Exception {
        byte[] all = bytes(largeSize());
        DrivenWrite write = driver.open("large.bin");
        int chunk = 1;
        for (int from = 0; from < all.length; chunk = Math.min(chunk * 3, 1 << 20)) {
            int size = Math.min(chunk, all.length - from);
            write.write(ByteBuffer.wrap(all, from, size));
            from += size;
        }
        assertReceipt(write.prepare().commit(), all);
        assertThat(digestOf(driver.content("large.bin"))).isEqualTo(digestOf(all));
    }

    @Test
    void takesManySmallWrites() throws Exception {
        byte[] all = bytes(10_000);
        DrivenWrite write = driver.open("small.bin");
        for (int from = 0; from < all.length; from += 5) {
            write.write(ByteBuffer.wrap(all, from, 5)).write(new byte[0]);
        }
        write.prepare().commit();
        assertThat(driver.content("small.bin")).isEqualTo(all);
    }

    @Test
    void showsNothingBeforeTheCommit() throws Exception {
        assumeTrue(staged(), "not staged");
        DrivenWrite write = driver.open("a/b.bin");
        assertThat(driver.shows("a/b.bin")).as("after open").isFalse();
        write.write(NEW);
        assertThat(driver.shows("a/b.bin")).as("after write").isFalse();
        write.prepare();
        assertThat(driver.shows("a/b.bin")).as("after prepare").isFalse();
        write.commit();
        assertThat(driver.content("a/b.bin")).isEqualTo(NEW);
    }

    @Test
    void keepsTheOldBytesUntilTheNewOnesAreCommitted() throws Exception {
        assumeTrue(staged(), "not staged");
        driver.put("a.bin", OLD);
        DrivenWrite write = driver.open("a.bin").write(NEW);
        assertThat(driver.content("a.bin")).as("after write").isEqualTo(OLD);
        write.prepare();
        assertThat(driver.content("a.bin")).as("after prepare").isEqualTo(OLD);
        write.commit();
        assertThat(driver.content("a.bin")).as("after commit").isEqualTo(NEW);
    }

    @Test
    void replacesALongObjectByAShortOne() throws Exception {
        driver.put("a.bin", NEW);
        driver.put("a.bin", new byte[] {42});
        assertThat(driver.content("a.bin")).containsExactly(42);
    }

    @Test
    void letsTheLastCommitOfTwoOpenWritesWinWhole() throws Exception {
        assumeTrue(staged(), "not staged");
        DrivenWrite first = driver.open("a.bin");
        DrivenWrite second = driver.open("a.bin");
        for (int i = 0; i < 10; i++) {
            first.write(OLD);
            second.write(NEW);
        }
        second.prepare().commit();
        first.prepare().commit();
        assertThat(driver.content("a.bin")).isEqualTo(repeated(OLD, 10));
    }

    @Test
    void writesManyPathsAtOnce() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Void>> writes = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                int size = 1_000 + i;
                writes.add(CompletableFuture.runAsync(() -> putUnchecked(pathOf(size), bytes(size)), workers));
            }
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } finally {
            workers.shutdown();
        }
        for (int size = 1_000; size < 1_048; size++) {
            assertThat(driver.content(pathOf(size))).isEqualTo(bytes(size));
        }
    }

    // --- abort -------------------------------------------------------------------------------------------------

    /** How far a write has come when it is aborted. */
    enum AbortPoint {
        BEFORE_ANY_WRITE,
        AFTER_ONE_BYTE,
        AFTER_MANY_BYTES,
        AFTER_PREPARE,
        AFTER_PREPARE_OF_NOTHING,
        AFTER_CANCEL
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingWhereNothingWasWhenAborted(AbortPoint point) throws Exception {
        assumeTrue(staged(), "not staged");
        abortAt(point, "some/where/a.bin");
        assertThat(driver.shows("some/where/a.bin")).isFalse();
        assertThatThrownBy(() -> driver.content("some/where/a.bin")).isInstanceOf(FileNotFoundException.class);

        driver.put("some/where/a.bin", NEW);
        assertThat(driver.content("some/where/a.bin")).isEqualTo(NEW);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOldBytesWhenAborted(AbortPoint point) throws Exception {
        assumeTrue(staged(), "not staged");
        driver.put("a.bin", OLD);
        abortAt(point, "a.bin");
        assertThat(driver.content("a.bin")).isEqualTo(OLD);
    }

    private void abortAt(AbortPoint point, String path) throws IOException {
        DrivenWrite write = driver.open(path);
        switch (point) {
            case BEFORE_ANY_WRITE -> {}
            case AFTER_ONE_BYTE -> write.write(new byte[1]);
            case AFTER_MANY_BYTES -> write.write(bytes(largeSize()));
            case AFTER_PREPARE -> write.write(NEW).prepare();
            case AFTER_PREPARE_OF_NOTHING -> write.prepare();
            case AFTER_CANCEL -> write.write(NEW).cancel();
        }
        write.abort();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void refusesToPrepareAnotherSizeThanWasWritten(int difference) throws Exception {
        assumeTrue(comparable(), "not comparable");
        ContentDigest right = digestOf(NEW);
        assertRefusesToPrepare(new ContentDigest(right.size() + difference, right.checksum()));
    }

    @Test
    void refusesToPrepareAnotherChecksumThanOfWhatWasWritten() throws Exception {
        assumeTrue(comparable(), "not comparable");
        assertRefusesToPrepare(new ContentDigest(NEW.length, digestOf(OLD).checksum()));
    }

    private void assertRefusesToPrepare(ContentDigest wrong) throws IOException {
        DrivenWrite write = driver.open("a.bin").write(NEW);
        assertThatThrownBy(() -> write.prepare(wrong)).isInstanceOf(IOException.class);
        write.abort();
        assertThat(driver.shows("a.bin")).isFalse();
    }

    // --- create only -------------------------------------------------------------------------------------------

    @Test
    void createsWhatDoesNotExist() throws Exception {
        assertReceipt(driver.openCreateOnly("new/a.bin").write(NEW).prepare().commit(), NEW);
        assertThat(driver.content("new/a.bin")).isEqualTo(NEW);
    }

    @Test
    void refusesToCreateWhatExists() throws Exception {
        driver.put("a.bin", OLD);
        try {
            DrivenWrite write = driver.openCreateOnly("a.bin").write(NEW).prepare();
            assertThatThrownBy(write::commit).isInstanceOf(NotAppliedException.class);
            write.abort();
        } catch (FileAlreadyExistsException e) {
            assertThat(e).as("told at open").hasMessageContaining("a.bin");
        }
        assertThat(driver.content("a.bin")).isEqualTo(OLD);
    }

    @Test
    void letsOneOfTwoPreparedCreateOnlyWritesWin() throws Exception {
        assumeTrue(createOnlySupported(), "create-only is not atomic");
        DrivenWrite first = driver.openCreateOnly("a.bin").write(OLD).prepare();
        DrivenWrite second = driver.openCreateOnly("a.bin").write(NEW).prepare();
        second.commit();
        assertThatThrownBy(first::commit).isInstanceOf(NotAppliedException.class);
        first.abort();
        assertThat(driver.content("a.bin")).isEqualTo(NEW);
    }

    // --- probe -------------------------------------------------------------------------------------------------

    @Test
    void takesAProbeAgainAndAgainAndShowsItToNobody() throws Exception {
        for (int i = 0; i < 2; i++) { // the second replaces what a killed process left of the first
            driver.openProbe().write(NEW).prepare().commit();
            if (listSupported()) {
                assertThat(driver.list("", null)).isEmpty();
                assertNothingIsSkipped();
            }
        }
        if (deleteSupported()) {
            driver.deleteProbe();
            driver.deleteProbe(); // another process may have been faster
        } else {
            assertThatThrownBy(driver::deleteProbe).isInstanceOf(NotAppliedException.class);
        }
    }

    private void assertNothingIsSkipped() throws IOException {
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            assertThat(listing.next()).isNull();
            assertThat(listing.skippedCount()).isZero();
        }
    }

    // --- buffers -----------------------------------------------------------------------------------------------

    @Test
    void leavesTheBufferToTheCallerOnceTheStageHasCompleted() throws Exception {
        byte[] reused = new byte[70_000];
        DrivenWrite write = driver.open("a.bin");
        for (byte value = 1; value <= 3; value++) {
            Arrays.fill(reused, value);
            write.write(reused);
        }
        Arrays.fill(reused, (byte) 99);
        write.prepare().commit();

        byte[] content = driver.content("a.bin");
        assertThat(content).hasSize(210_000);
        assertThat(new byte[] {content[0], content[69_999], content[70_000], content[140_000], content[209_999]})
                .containsExactly(1, 1, 2, 3, 3);
    }

    @Test
    void takesAllThatRemainsOfEveryKindOfBuffer() throws Exception {
        byte[] part = bytes(9_000);
        ByteBuffer heap =
                ByteBuffer.allocate(9_010).position(5).put(part).flip().position(5);
        ByteBuffer slice = ByteBuffer.allocate(9_010)
                .position(5)
                .put(part)
                .flip()
                .position(5)
                .slice();
        ByteBuffer direct =
                ByteBuffer.allocateDirect(9_010).position(5).put(part).flip().position(5);
        List<ByteBuffer> buffers =
                List.of(heap, slice, direct, heap.asReadOnlyBuffer(), direct.asReadOnlyBuffer(), direct.slice());
        DrivenWrite write = driver.open("a.bin");
        for (ByteBuffer buffer : buffers) {
            write.write(buffer);
            assertThat(buffer.hasRemaining()).as("%s", buffer).isFalse();
        }
        write.prepare().commit();
        assertThat(driver.content("a.bin")).isEqualTo(repeated(part, buffers.size()));
    }

    private void putUnchecked(String path, byte[] bytes) {
        try {
            driver.put(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pathOf(int size) {
        return "many/" + size % 5 + "/" + size % 3 + "/" + size + ".bin";
    }
}
