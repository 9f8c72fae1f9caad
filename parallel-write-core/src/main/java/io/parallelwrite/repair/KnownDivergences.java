package io.parallelwrite.repair;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The divergences that were reported and not seen to end: a pass that finds one of them again says nothing.
 *
 * <p>Only the last {@value #MOST} are kept in mind, so that memory does not grow with what is found; beyond that one may be
 * reported again. Thread-safe.
 */
final class KnownDivergences {

    private static final int MOST = 10_000;

    // guarded by this: signs by path, the one that was reported longest ago first
    private final Map<String, String> signs = new LinkedHashMap<>();

    /** Tells whether a path is diverged in a way that was not reported, and notes that it will be. */
    synchronized boolean isNew(VerifiedPath path) {
        if (path.isEqual()) {
            signs.remove(path.path());
            return false;
        }
        if (!path.isDiverged() || path.signs().equals(signs.get(path.path()))) {
            return false;
        }
        signs.remove(path.path()); // to its new place in the order
        signs.put(path.path(), path.signs());
        if (signs.size() > MOST) {
            signs.remove(signs.keySet().iterator().next());
        }
        return true;
    }

    /** Forgets a path that is equal by now. */
    synchronized void ended(String path) {
        signs.remove(path);
    }
}
