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

    /**
     * Notes that something is about to be staged, before the request is sent whose answer tells its name.
     *
     * @param path the path of the write
     * @param what a name of the intent, which no other has
     * @return takes the name of what is staged; by default it is noted only then
     */
    default StagingIntent intended(TargetPath path, String what) {
        return new StagingIntent() {
            @Override
            public StagingNote staged(String name) {
                return StagingNotes.this.staged(path, name);
            }

            @Override
            public void gone() {}

            @Override
            public void leftBehind() {}
        };
    }
}
