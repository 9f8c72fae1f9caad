package io.parallelwrite.target;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes of what is staged, kept in memory. Thread-safe. */
public final class RecordedNotes implements StagingNotes {

    /** What became of something that was noted. */
    public enum State {
        INTENDED,
        STAGED,
        PUBLISHING,
        GONE,
        LEFT_BEHIND
    }

    /** One note. */
    public static final class Recorded implements StagingNote, StagingIntent {

        private final TargetPath path;
        private volatile String what;
        private volatile State state;

        private Recorded(TargetPath path, String what, State state) {
            this.path = path;
            this.what = what;
            this.state = state;
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
        public StagingNote staged(String name) {
            what = name;
            state = State.STAGED;
            return this;
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
        return add(new Recorded(path, what, State.STAGED));
    }

    @Override
    public StagingIntent intended(TargetPath path, String what) {
        return add(new Recorded(path, what, State.INTENDED));
    }

    private Recorded add(Recorded note) {
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
