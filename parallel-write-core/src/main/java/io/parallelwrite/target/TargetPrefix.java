package io.parallelwrite.target;

/**
 * What the paths of a {@linkplain Target#list listing} begin with: nothing, for all of them, or the beginning of a path.
 *
 * <p>A prefix is text, not a directory: it may end inside a segment, as {@code reports/2026-}, or in {@code /}, as
 * {@code reports/}. The prefix {@code reports} begins {@code reports/a.csv} and {@code reports.csv} alike.
 *
 * <p>It has the rules of {@link TargetPath} and is brought into the same normalization form. Refused is what no path can
 * begin with: every segment before the last {@code /} must be one that a path may have, and what follows it must be able
 * to go on to one. So {@code con} and {@code a.} are prefixes, for {@code console} and {@code a.csv} are paths;
 * {@code con.} and {@code ../a} are none.
 *
 * <p>Immutable and thread-safe.
 */
public final class TargetPrefix {

    /** The prefix of every path. */
    public static final TargetPrefix ALL = new TargetPrefix("");

    private final String value;

    private TargetPrefix(String value) {
        this.value = value;
    }

    /**
     * Validates and normalises a prefix.
     *
     * @param prefix the prefix as the caller wrote it, for example {@code reports/2026-}, or an empty text for all paths
     * @return the prefix, in Unicode normalization form C
     * @throws InvalidTargetPathException if no path can begin with it; its message names the prefix, the rule and the
     *     remedy
     */
    public static TargetPrefix of(String prefix) {
        return new TargetPrefix(new PathRules("prefix", prefix).prefix());
    }

    /**
     * Tells whether a path begins with this prefix.
     *
     * @param path the path
     * @return whether it does
     */
    public boolean matches(TargetPath path) {
        return path.value().startsWith(value);
    }

    /**
     * Returns the prefix as text.
     *
     * @return the normalised text, empty if it is the prefix of every path
     */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TargetPrefix prefix && prefix.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
