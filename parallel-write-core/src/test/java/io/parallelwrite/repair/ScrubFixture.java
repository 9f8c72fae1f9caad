package io.parallelwrite.repair;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.stream.EngineFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** Two targets, passes through all their objects, and what these reported, in order. Close it. */
final class ScrubFixture implements AutoCloseable, ScrubListener {

    static final byte[] BYTES = EngineFixture.bytes(40, 95);

    final ScriptedCopies local = new ScriptedCopies("local");
    final ScriptedCopies s3 = new ScriptedCopies("s3");
    final RepairFixture repairs = RepairFixture.of(local, s3);
    final List<String> found = new CopyOnWriteArrayList<>();
    final List<RepairedPath> repaired = new CopyOnWriteArrayList<>();

    /** Of every four paths one is equal, and the others differ each in its own way. */
    List<String> fill(int count) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = "p%04d".formatted(i);
            switch (i % 4) {
                case 0 -> local.with(path, BYTES);
                case 1 -> {
                    local.with(path, BYTES);
                    s3.with(path, BYTES);
                }
                case 2 -> s3.with(path, BYTES);
                default -> {
                    local.with(path, BYTES);
                    s3.with(path, ScriptedCopies.flipped(BYTES, 3));
                }
            }
            if (i % 4 != 1) {
                expected.add(List.of("=-", "", "-=", "**").get(i % 4) + " " + path);
            }
        }
        return expected;
    }

    static ScrubSettings settings(VerifyDepth depth, int concurrency) {
        return ScrubSettings.defaults().withDepth(depth).withConcurrency(concurrency);
    }

    ScrubPass scrub(ScrubPosition from, ScrubSettings settings) {
        return repairs.scrubber.scrub(from, settings, this);
    }

    ScrubPass scrub(ScrubSettings settings) {
        return scrub(ScrubPosition.start(""), settings);
    }

    @Override
    public void found(VerifiedPath path) {
        found.add(path.signs() + " " + path.path());
    }

    @Override
    public void repaired(RepairedPath path) {
        repaired.add(path);
    }

    @Override
    public void close() throws TimeoutException {
        repairs.close();
    }
}
