package io.parallelwrite.divergence;

import io.parallelwrite.target.NotAppliedException;

/** Thrown by a {@link Journal} that has no room for a further entry. The entry is not kept, and those that are, stay. */
public final class JournalFullException extends NotAppliedException {

    private final int capacity;

    /**
     * Creates the exception.
     *
     * @param journal what the journal is called in messages, for example {@code The journal in '/var/lib/app/journal'}
     * @param capacity how many entries it can keep
     */
    public JournalFullException(String journal, int capacity) {
        super(
                journal + " is full: as many paths are diverged as it can keep (max-entries [" + capacity
                        + "]). Repair them, or raise the limit",
                null);
        this.capacity = capacity;
    }

    /**
     * Returns how many entries the journal can keep.
     *
     * @return the number
     */
    public int capacity() {
        return capacity;
    }
}
