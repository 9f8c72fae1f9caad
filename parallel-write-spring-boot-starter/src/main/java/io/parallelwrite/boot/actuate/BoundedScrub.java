package io.parallelwrite.boot.actuate;

import io.parallelwrite.boot.actuate.ScrubDescriptor.FoundDescriptor;
import io.parallelwrite.repair.RepairOptions;
import io.parallelwrite.repair.RepairedPath;
import io.parallelwrite.repair.ScrubListener;
import io.parallelwrite.repair.ScrubPass;
import io.parallelwrite.repair.ScrubPosition;
import io.parallelwrite.repair.ScrubSettings;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.VerifiedPath;
import io.parallelwrite.repair.VerifyDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A part of a scrub, as long as one request may take: it is stopped after a time, or when it has found enough, and says from
 * where to go on.
 *
 * <p>Blocks the thread of the request until then, and until what it is at has ended. Not thread-safe: used once.
 */
final class BoundedScrub implements ScrubListener {

    /** How long it goes on. */
    static final long LIMIT_SECONDS = 10;

    private final PlaceNames places;
    private final List<FoundDescriptor> found = new ArrayList<>();
    private @Nullable ScrubPass pass;

    BoundedScrub(PlaceNames places) {
        this.places = places;
    }

    ScrubDescriptor verify(Scrubber scrubber, ScrubPosition from, VerifyDepth depth) {
        return run(scrubber.scrub(from, scrubber.settings().withDepth(depth), this));
    }

    ScrubDescriptor repair(Scrubber scrubber, ScrubPosition from, RepairOptions options) {
        ScrubSettings settings = scrubber.settings();
        return run(scrubber.repair(from, options, settings, this));
    }

    private ScrubDescriptor run(ScrubPass begun) {
        pass = begun;
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(begun::stop);
        return ScrubDescriptor.of(begun.run(), found, places);
    }

    /** On the thread that runs the pass. */
    @Override
    public void found(VerifiedPath path) {
        found.add(FoundDescriptor.of(path, places));
        if (found.size() >= ParallelWriteEndpoint.MAX_PAGE && pass != null) {
            pass.stop(); // what it is at is still ended, and comes here
        }
    }

    /** On the thread that runs the pass, after {@link #found} of the same path. */
    @Override
    public void repaired(RepairedPath path) {
        int last = found.size() - 1;
        found.set(last, found.get(last).with(path, places));
    }
}
