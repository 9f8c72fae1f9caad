package io.parallelwrite.target;

import org.jspecify.annotations.Nullable;

/**
 * What a listing is asked for: the names that begin with a prefix and come after a position.
 *
 * @param prefix what the names begin with
 * @param after the position, or {@code null} for none
 */
record ListingRange(TargetPrefix prefix, @Nullable TargetPath after) {

    /** Tells whether a name is asked for. */
    boolean contains(String name) {
        return name.startsWith(prefix.value()) && isAfter(name);
    }

    /**
     * Tells whether a name below a directory may be asked for.
     *
     * @param directory empty for the base, or a name that ends in {@code /}
     */
    boolean reachesInto(String directory) {
        boolean matches = directory.startsWith(prefix.value()) || prefix.value().startsWith(directory);
        return matches && (isAfter(directory) || (after != null && after.value().startsWith(directory)));
    }

    /** Returns the directory in which all names that match are: empty for the base, or ends in {@code /}. */
    String directory() {
        return prefix.value().substring(0, prefix.value().lastIndexOf('/') + 1);
    }

    private boolean isAfter(String name) {
        return after == null || Utf8Order.compare(name, after.value()) > 0;
    }
}
