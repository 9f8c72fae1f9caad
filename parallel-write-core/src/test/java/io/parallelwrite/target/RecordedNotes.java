package io.parallelwrite.target;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes of what is staged, kept in memory. Thread-safe. */
public final class RecordedNotes implements StagingNotes {

    /** What became of something that was noted. */
    public enum State {
        STAGED,
        PUBLISHING,
        GONE,
        LEFT_BEHIND
    }

    /** One note. */
    public static final class Recorded implements StagingNote {

        private final TargetPath path;
        private final String what;
        private volatile State state = State.STAGED;

        private Recorded(TargetPath path, String what) {
            this.path = path;
            this.what = what;
        }

        /** Returns the path it is about. */
        public TargetPath path() {
            return path;
        }

        /** Returns what was noted. */
        public String what() {
            return what;
        }

        /** Returns what became of it so far. */
        public State state() {
            return state;
        }

        @Override
        public void publishing() {
            state = State.PUBLISHING;
        }

        @Override
        public void gone() {
            state = State.GONE;
        }

        @Override
        public void leftBehind() {
            state = State.LEFT_BEHIND;
        }
    }

    private final List<Recorded> all = new CopyOnWriteArrayList<>();

    @Override
    public StagingNote staged(TargetPath path, String what) {
        Recorded note = new Recorded(path, what);
        all.add(note);
        return note;
    }

    /** Returns all notes, in order. */
    public List<Recorded> all() {
        return List.copyOf(all);
    }

    /** Returns what became of each, in order. */
    public List<State> states() {
        return all.stream().map(Recorded::state).toList();
    }
}
