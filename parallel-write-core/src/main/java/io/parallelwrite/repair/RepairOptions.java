package io.parallelwrite.repair;

import org.jspecify.annotations.Nullable;

/**
 * What a repair may do about paths the journal does not remember, beyond what is proven. Start from {@link #proven()}.
 *
 * @param dryRun whether to look and change nothing
 * @param fillMissing whether targets that hold no copy get one if all copies there are are the same. That a copy is missing
 *     proves nothing: it may have been deleted from outside, and then comes back
 * @param source the target whose copies are right, because somebody who knows it chose it; {@code null} to go by proof
 * @param deleteExtra whether copies of other targets are deleted where the source holds none
 */
public record RepairOptions(
        boolean dryRun, boolean fillMissing, @Nullable String source, boolean deleteExtra) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if copies are to be deleted without a source: nobody could tell which are extra
     */
    public RepairOptions {
        if (deleteExtra && source == null) {
            throw new IllegalArgumentException(
                    "deleteExtra [true] needs a source: a copy is extra only against a target that"
                            + " is known to be right; name it, or leave deleteExtra");
        }
    }

    /**
     * Returns the options that go by proof alone.
     *
     * @return nothing is filled, chosen or deleted
     */
    public static RepairOptions proven() {
        return new RepairOptions(false, false, null, false);
    }

    /**
     * Sets whether to look only.
     *
     * @param dryRun {@code true} to change nothing
     * @return new options
     */
    public RepairOptions withDryRun(boolean dryRun) {
        return new RepairOptions(dryRun, fillMissing, source, deleteExtra);
    }

    /**
     * Sets whether targets that hold no copy get one, if all copies there are are the same.
     *
     * @param fillMissing {@code true} to backfill a new target
     * @return new options
     */
    public RepairOptions withFillMissing(boolean fillMissing) {
        return new RepairOptions(dryRun, fillMissing, source, deleteExtra);
    }

    /**
     * Sets the target whose copies are right.
     *
     * @param source the name of a target; {@code null} to go by proof
     * @return new options
     */
    public RepairOptions withSource(@Nullable String source) {
        return new RepairOptions(dryRun, fillMissing, source, deleteExtra);
    }

    /**
     * Sets whether copies are deleted where the source holds none.
     *
     * @param deleteExtra {@code true} to make other targets like the source in this, too
     * @return new options
     */
    public RepairOptions withDeleteExtra(boolean deleteExtra) {
        return new RepairOptions(dryRun, fillMissing, source, deleteExtra);
    }
}
