package io.parallelwrite.target;

import java.util.List;
import java.util.Optional;

/**
 * The relative name of one object, the same on every target.
 *
 * <p>A path is a sequence of segments separated by {@code /}. It is validated and brought into Unicode normalization
 * form C once, here, so that no target has to: a path that exists means the same thing on a Linux, macOS or Windows disk
 * and as an S3 key. Percent signs are ordinary characters and are never decoded.
 *
 * <p>Refused are: the empty path; a leading or trailing {@code /}; empty segments, {@code .} and {@code ..}; backslashes,
 * control and direction-changing characters, unpaired surrogates and {@code : * ? " < > |}; segments that end in a dot or a space; the device
 * names of Windows ({@code CON}, {@code nul.txt} …); segments that begin with {@value #RESERVED_PREFIX}, which staged
 * writes use; segments over {@value #MAX_SEGMENT_BYTES} and paths over {@value #MAX_PATH_BYTES} bytes in UTF-8.
 *
 * <p>Paths are ordered by their bytes in UTF-8, as S3 lists keys and as every {@linkplain Target#list listing} does. That is
 * the order of code points, and not the one of {@link String#compareTo}, which puts characters beyond U+FFFF before the
 * last ones below.
 *
 * <p>Immutable and thread-safe.
 */
public final class TargetPath implements Comparable<TargetPath> {

    /** The prefix of the hidden names under which targets stage writes; no segment may begin with it. */
    public static final String RESERVED_PREFIX = ".pw-";

    /** The longest segment in UTF-8 bytes: below the 255 of common disks, with room for what a server appends. */
    public static final int MAX_SEGMENT_BYTES = 200;

    /** The longest path in UTF-8 bytes: below S3's limit of 1,024 for a key, with room for a prefix. */
    public static final int MAX_PATH_BYTES = 900;

    /**
     * The object by which a target that was taken out is tried: written, published and deleted. No caller can name it and no
     * listing shows it. It is the same for all: what a killed process left of it is replaced by whoever tries next, and two
     * that try at once write the same bytes.
     */
    public static final TargetPath PROBE = new TargetPath(RESERVED_PREFIX + "probe");

    private final String value;

    private TargetPath(String value) {
        this.value = value;
    }

    /**
     * Validates and normalises a path.
     *
     * @param path the path as the caller wrote it, for example {@code reports/2026/a.csv}
     * @return the path, in Unicode normalization form C
     * @throws InvalidTargetPathException if a rule is broken; its message names the path, the rule and the remedy
     */
    public static TargetPath of(String path) {
        return new TargetPath(new PathRules("path", path).path());
    }

    /**
     * Returns the path that a name found in a target is. For kinds of targets, to tell the objects of their
     * {@linkplain Target#list listing} from names that no path can have.
     *
     * @param name the name below the place of the target, with {@code /} between segments
     * @return the path, or empty if the name breaks a rule or is not in Unicode normalization form C, for then a look-up
     *     of the path would not find it
     */
    public static Optional<TargetPath> ofStored(String name) {
        try {
            TargetPath path = of(name);
            return path.value.equals(name) ? Optional.of(path) : Optional.empty();
        } catch (InvalidTargetPathException e) {
            return Optional.empty(); // that is the answer
        }
    }

    /**
     * Returns the path as text, with {@code /} between segments.
     *
     * @return the normalised text
     */
    public String value() {
        return value;
    }

    /**
     * Returns the segments in order.
     *
     * @return at least one segment
     */
    public List<String> segments() {
        return List.of(value.split("/"));
    }

    /**
     * Returns the last segment.
     *
     * @return the file name, for example {@code a.csv}
     */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /**
     * Compares the bytes of two paths in UTF-8, as unsigned numbers.
     *
     * @param other the other path
     * @return below, equal to or above zero
     */
    @Override
    public int compareTo(TargetPath other) {
        return Utf8Order.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TargetPath path && path.value.equals(value);
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
