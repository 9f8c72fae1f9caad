package io.parallelwrite.target;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
 * <p>Immutable and thread-safe.
 */
public final class TargetPath {

    /** The prefix of the hidden names under which targets stage writes; no segment may begin with it. */
    public static final String RESERVED_PREFIX = ".pw-";

    /** The longest segment in UTF-8 bytes: below the 255 of common disks, with room for what a server appends. */
    public static final int MAX_SEGMENT_BYTES = 200;

    /** The longest path in UTF-8 bytes: below S3's limit of 1,024 for a key, with room for a prefix. */
    public static final int MAX_PATH_BYTES = 900;

    private static final String FORBIDDEN = "\\:*?\"<>|";

    /** They make a name look like another in logs and listings: the marks, embeddings and isolates of Unicode UAX #9. */
    private static final String DIRECTION_CHARACTERS =
            "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    /** The names Windows gives to devices, with or without an extension, in any case. */
    private static final Set<String> DEVICE_NAMES = Set.of(
            "con",
            "prn",
            "aux",
            "nul",
            "com0",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "lpt0",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9",
            "com\u00b9",
            "com\u00b2",
            "com\u00b3",
            "lpt\u00b9",
            "lpt\u00b2",
            "lpt\u00b3",
            "conin$",
            "conout$");

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
    // A caller without null checking may still pass null, and must be told what is wrong.
    @SuppressWarnings("ConstantValue")
    public static TargetPath of(String path) {
        if (path == null) {
            throw new InvalidTargetPathException("null", "it is null");
        }
        if (path.isEmpty()) {
            throw new InvalidTargetPathException(path, "it is empty");
        }
        checkCharacters(path);
        String normalised = Normalizer.normalize(path, Normalizer.Form.NFC);
        if (normalised.startsWith("/")) {
            throw new InvalidTargetPathException(path, "it is absolute; leave out the leading '/'");
        }
        if (utf8Length(normalised) > MAX_PATH_BYTES) {
            throw new InvalidTargetPathException(path, "it is longer than " + MAX_PATH_BYTES + " bytes in UTF-8");
        }
        for (String segment : normalised.split("/", -1)) {
            checkSegment(path, segment);
        }
        return new TargetPath(normalised);
    }

    private static void checkCharacters(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw new InvalidTargetPathException(path, "it has a control character at index " + i);
            }
            if (DIRECTION_CHARACTERS.indexOf(c) >= 0) {
                throw new InvalidTargetPathException(
                        path, "it has an invisible character at index " + i + " that changes the direction of text");
            }
            if (FORBIDDEN.indexOf(c) >= 0) {
                String remedy = c == '\\' ? "separate segments with '/'" : "it is not portable between file systems";
                throw new InvalidTargetPathException(
                        path, "it has the character '" + c + "' at index " + i + "; " + remedy);
            }
            if (Character.isHighSurrogate(c) && i + 1 < path.length() && Character.isLowSurrogate(path.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidTargetPathException(path, "it has an unpaired surrogate at index " + i);
            }
        }
    }

    private static void checkSegment(String path, String segment) {
        if (segment.isEmpty()) {
            throw new InvalidTargetPathException(path, "it has an empty segment; use single '/' between segments only");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new InvalidTargetPathException(
                    path, "it has the segment '" + segment + "'; name the object directly");
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            throw new InvalidTargetPathException(
                    path, "the segment '" + segment + "' ends in a dot or a space, which some disks drop");
        }
        if (segment.toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)) {
            throw new InvalidTargetPathException(
                    path, "segments that begin with '" + RESERVED_PREFIX + "' are reserved for staged writes");
        }
        int dot = segment.indexOf('.');
        String stem = (dot < 0 ? segment : segment.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        if (DEVICE_NAMES.contains(stem)) {
            throw new InvalidTargetPathException(path, "the segment '" + segment + "' is a device name on Windows");
        }
        if (utf8Length(segment) > MAX_SEGMENT_BYTES) {
            throw new InvalidTargetPathException(
                    path, "a segment is longer than " + MAX_SEGMENT_BYTES + " bytes in UTF-8");
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
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
