package io.parallelwrite.target;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of {@link TargetPath} and {@link TargetPrefix}, applied to one text.
 *
 * <p>Immutable and thread-safe.
 */
final class PathRules {

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

    private final String kind;
    private final String text;

    /**
     * Takes a text to check.
     *
     * @param kind what it should be, for messages: {@code path} or {@code prefix}
     * @param text the text as the caller wrote it
     */
    PathRules(String kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** Returns the text in normalization form C, if it is a path. */
    String path() {
        String normalised = normalised();
        if (normalised.isEmpty()) {
            throw broken("it is empty");
        }
        checkLength(normalised);
        for (String segment : normalised.split("/", -1)) {
            checkSegment(segment);
        }
        return normalised;
    }

    /** Returns the text in normalization form C, if it is empty or a path can begin with it. */
    String prefix() {
        String normalised = normalised();
        checkLength(normalised.endsWith("/") ? normalised + "a" : normalised);
        int last = normalised.lastIndexOf('/') + 1;
        if (last > 0) {
            for (String segment : normalised.substring(0, last - 1).split("/", -1)) {
                checkSegment(segment);
            }
        }
        checkBeginning(normalised.substring(last));
        return normalised;
    }

    // A caller without null checking may still pass null, and must be told what is wrong.
    @SuppressWarnings("ConstantValue")
    private String normalised() {
        if (text == null) {
            throw new InvalidTargetPathException(kind, "null", "it is null");
        }
        checkCharacters();
        String normalised = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (normalised.startsWith("/")) {
            throw broken("it is absolute; leave out the leading '/'");
        }
        return normalised;
    }

    private void checkCharacters() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw broken("it has a control character at index " + i);
            }
            if (DIRECTION_CHARACTERS.indexOf(c) >= 0) {
                throw broken("it has an invisible character at index " + i + " that changes the direction of text");
            }
            if (FORBIDDEN.indexOf(c) >= 0) {
                String remedy = c == '\\' ? "separate segments with '/'" : "it is not portable between file systems";
                throw broken("it has the character '" + c + "' at index " + i + "; " + remedy);
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw broken("it has an unpaired surrogate at index " + i);
            }
        }
    }

    private void checkLength(String normalised) {
        if (utf8Length(normalised) > TargetPath.MAX_PATH_BYTES) {
            throw broken("it is longer than " + TargetPath.MAX_PATH_BYTES + " bytes in UTF-8");
        }
    }

    private void checkSegment(String segment) {
        if (segment.isEmpty()) {
            throw broken("it has an empty segment; use single '/' between segments only");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw broken("it has the segment '" + segment + "'; name the object directly");
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            throw broken("the segment '" + segment + "' ends in a dot or a space, which some disks drop");
        }
        checkBeginning(segment);
        if (segment.indexOf('.') < 0) {
            checkDeviceName(segment, segment);
        }
    }

    /** Checks what no segment can begin with, however it goes on. */
    private void checkBeginning(String segment) {
        if (segment.toLowerCase(Locale.ROOT).startsWith(TargetPath.RESERVED_PREFIX)) {
            throw broken(
                    "segments that begin with '" + TargetPath.RESERVED_PREFIX + "' are reserved for staged writes");
        }
        int dot = segment.indexOf('.');
        if (dot >= 0) {
            checkDeviceName(
                    segment, segment.substring(0, dot)); // without a dot, more may follow that makes it another name
        }
        if (utf8Length(segment) > TargetPath.MAX_SEGMENT_BYTES) {
            throw broken("a segment is longer than " + TargetPath.MAX_SEGMENT_BYTES + " bytes in UTF-8");
        }
    }

    private void checkDeviceName(String segment, String stem) {
        if (DEVICE_NAMES.contains(stem.strip().toLowerCase(Locale.ROOT))) {
            throw broken("the segment '" + segment + "' is a device name on Windows");
        }
    }

    private InvalidTargetPathException broken(String reason) {
        return new InvalidTargetPathException(kind, text, reason);
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
