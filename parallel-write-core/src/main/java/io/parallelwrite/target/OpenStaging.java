package io.parallelwrite.target;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a target has staged for writes that are open: all of it is noted, and none is to be swept, whatever its age.
 *
 * <p>Used by kinds of targets that stage. Thread-safe; blocks as {@link StagingNotes} does.
 */
public final class OpenStaging {

    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** Set before the first write, read by every one. */
    private volatile StagingNotes notes = StagingNotes.NONE;

    /** Creates it for a target without open writes. */
    public OpenStaging() {}

    /**
     * Sets where notes are kept from now on.
     *
     * @param notes takes the notes
     */
    public void keepNotes(StagingNotes notes) {
        this.notes = notes;
    }

    /**
     * Begins to stage something.
     *
     * @param path the path of the write
     * @param what its name, which nothing else has
     * @return its note; from its end on it counts as open no more
     */
    public StagingNote begin(TargetPath path, String what) {
        open.add(what);
        return new Open(notes.staged(path, what), what);
    }

    /**
     * Tells whether something is staged for a write that is open.
     *
     * @param what its name
     * @return {@code true} if nobody else may discard it
     */
    public boolean isOpen(String what) {
        return open.contains(what);
    }

    private final class Open implements StagingNote {

        private final StagingNote note;
        private final String what;

        Open(StagingNote note, String what) {
            this.note = note;
            this.what = what;
        }

        @Override
        public void publishing() {
            note.publishing();
        }

        @Override
        public void gone() {
            open.remove(what);
            note.gone();
        }

        @Override
        public void leftBehind() {
            open.remove(what);
            note.leftBehind();
        }
    }
}
