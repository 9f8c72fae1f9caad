package io.parallelwrite.target;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a target has staged for writes that are open: all of it is noted, and none is to be swept, whatever its age.
 *
 * <p>Used by kinds of targets that stage. Thread-safe; blocks as {@link StagingNotes} does.
 */
public final class OpenStaging {

    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Set<Intended> intended = ConcurrentHashMap.newKeySet();

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

    /**
     * Begins to stage something whose name only the answer to a request will tell. From its name on it counts as open.
     *
     * @param path the path of the write
     * @param what a name of the intent, which no other has
     * @return its note
     */
    public StagingIntent intend(TargetPath path, String what) {
        Intended begun = new Intended(path, notes.intended(path, what));
        intended.add(begun);
        return begun;
    }

    /**
     * Waits until the names are known of all that is about to be staged for a path now; blocks as long as the requests take
     * that were sent for that. What {@link #isOpen} denies after that, no write of this process stages that began before.
     *
     * @param path the path of the writes
     */
    public void awaitNames(TargetPath path) {
        intended.stream().filter(begun -> begun.path.equals(path)).forEach(begun -> begun.known.join());
    }

    /** Waits as {@link #awaitNames(TargetPath)} does, for all paths. */
    public void awaitNames() {
        intended.forEach(begun -> begun.known.join());
    }

    private final class Intended implements StagingIntent {

        private final TargetPath path;
        private final StagingIntent note;
        private final CompletableFuture<Void> known = new CompletableFuture<>();

        Intended(TargetPath path, StagingIntent note) {
            this.path = path;
            this.note = note;
        }

        @Override
        public StagingNote staged(String what) {
            open.add(what);
            known();
            return new Open(note.staged(what), what);
        }

        @Override
        public void gone() {
            known();
            note.gone();
        }

        @Override
        public void leftBehind() {
            known();
            note.leftBehind();
        }

        private void known() {
            intended.remove(this);
            known.complete(null); // wakes awaitNames
        }
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
