package io.parallelwrite.target;

/**
 * A note of something that is staged, and takes what becomes of it: after {@link #publishing()}, or without it, one of the
 * others.
 *
 * <p>One thread at a time. Blocks and fails as {@link StagingNotes} does.
 */
public interface StagingNote {

    /** Is about nothing. */
    StagingNote NONE = new StagingNote() {
        @Override
        public void publishing() {}

        @Override
        public void gone() {}

        @Override
        public void leftBehind() {}
    };

    /**
     * A request that makes it visible is about to be sent, and may arrive although this process has died: it is not to be
     * discarded at once.
     */
    void publishing();

    /** It is staged no more: visible, or discarded. */
    void gone();

    /** The write has ended, and it may still be there: it is to be discarded. */
    void leftBehind();
}
