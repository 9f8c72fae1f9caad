package io.parallelwrite.target;

/**
 * Takes notes of what a target stages, so that it is found and discarded when this process is killed.
 *
 * <p>A note outlives the process, not a power cut: it is handed to the system and not forced. Taking one never fails a write;
 * what goes wrong is logged, and {@link Target#sweepStaged} finds what no note names.
 *
 * <p>Thread-safe. Blocks for one short write to a disk, at most.
 */
@FunctionalInterface
public interface StagingNotes {

    /** Takes no notes. */
    StagingNotes NONE = (path, what) -> StagingNote.NONE;

    /**
     * Notes that something is staged from now on, or is about to be.
     *
     * @param path the path of the write
     * @param what what {@link Target#discardStaged} needs to find it again, beside the path
     * @return takes what becomes of it
     */
    StagingNote staged(TargetPath path, String what);
}
