package io.parallelwrite.repair;

/** What the copy of one target is to what its path should hold. */
public enum CopySign {
    /** It is as it should be; or, where nobody can tell how that is, it contradicts no other copy. */
    EQUAL('='),
    /** It is there, and should not be. */
    EXTRA('+'),
    /** It is not there, and should be. */
    MISSING('-'),
    /** It is another than it should be, or not what its own target says of it; or copies differ and nobody can tell which is right. */
    DIFFERS('*'),
    /** The target could not be asked, or could not give its copy to the end: it may hold anything, or nothing. */
    UNREADABLE('!');

    private final char symbol;

    CopySign(char symbol) {
        this.symbol = symbol;
    }

    /**
     * Returns the sign as one character.
     *
     * @return {@code =}, {@code +}, {@code -}, {@code *} or {@code !}
     */
    public char symbol() {
        return symbol;
    }
}
