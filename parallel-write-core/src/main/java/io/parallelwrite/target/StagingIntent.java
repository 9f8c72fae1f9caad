package io.parallelwrite.target;

/**
 * A note that something is about to be staged under a name which only the answer to a request will tell, and takes what
 * becomes of that: exactly one of the methods.
 *
 * <p>One thread at a time. Blocks and fails as {@link StagingNotes} does.
 */
public interface StagingIntent {

    /**
     * It is staged, and its name is known: from now on this is a note of it.
     *
     * @param what what {@link Target#discardStaged} needs to find it again, beside the path
     * @return takes what becomes of it
     */
    StagingNote staged(String what);

    /** Nothing is staged, for certain. */
    void gone();

    /** It may be staged under a name that nobody knows: it is to be looked for. */
    void leftBehind();
}
