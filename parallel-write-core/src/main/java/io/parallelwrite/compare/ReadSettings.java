package io.parallelwrite.compare;

import org.springframework.util.unit.DataSize;

/**
 * How copies are read. Start from {@link #defaults()} and change what differs.
 *
 * @param chunk the largest block asked of a target at once; an open read holds one, and one that compares three for each
 *     copy, of which it reads one while it compares the other. Reads begin with small blocks, so those of small objects stay
 *     small
 * @param refill whether a copy that is missing at a target is brought back from the one that serves a read
 * @param maxRefills how many copies may be brought back at once or wait for it; what comes on top is left for the next read
 */
public record ReadSettings(DataSize chunk, boolean refill, int maxRefills) {

    private static final DataSize LARGEST_CHUNK = DataSize.ofMegabytes(64);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public ReadSettings {
        if (chunk.toBytes() < 1 || chunk.compareTo(LARGEST_CHUNK) > 0) {
            throw new IllegalArgumentException(
                    "The read chunk [" + chunk + "] must be positive and at most " + LARGEST_CHUNK);
        }
        if (maxRefills < 1) {
            throw new IllegalArgumentException("The number of refills [" + maxRefills + "] must be at least 1");
        }
    }

    /**
     * Returns the defaults: chunks of 512 KiB, no refill, 64 refills at most.
     *
     * @return the settings
     */
    public static ReadSettings defaults() {
        return new ReadSettings(DataSize.ofKilobytes(512), false, 64);
    }

    /**
     * Sets the largest block asked of a target at once.
     *
     * @param chunk at least one byte
     * @return new settings
     */
    public ReadSettings withChunk(DataSize chunk) {
        return new ReadSettings(chunk, refill, maxRefills);
    }

    /**
     * Sets whether missing copies are brought back.
     *
     * @param refill {@code true} to have earlier targets serve as a cache of later ones
     * @return new settings
     */
    public ReadSettings withRefill(boolean refill) {
        return new ReadSettings(chunk, refill, maxRefills);
    }

    /**
     * Sets how many copies may be brought back at once or wait for it.
     *
     * @param maxRefills at least 1
     * @return new settings
     */
    public ReadSettings withMaxRefills(int maxRefills) {
        return new ReadSettings(chunk, refill, maxRefills);
    }
}
