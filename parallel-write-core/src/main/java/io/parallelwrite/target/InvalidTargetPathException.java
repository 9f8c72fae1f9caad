package io.parallelwrite.target;

/**
 * Thrown when a path breaks a rule of {@link TargetPath}, or a prefix one of {@link TargetPrefix}; nothing was opened or
 * changed.
 *
 * <p>The message is safe to log: control and direction-changing characters of the path are shown as escapes, and a long
 * path is cut.
 */
public class InvalidTargetPathException extends IllegalArgumentException {

    private static final int SHOWN_CHARACTERS = 256;

    private final String reason;

    /**
     * Creates the exception.
     *
     * @param path the path as the caller wrote it
     * @param reason which rule it breaks and what to do, as the end of a sentence
     */
    public InvalidTargetPathException(String path, String reason) {
        this("path", path, reason);
    }

    InvalidTargetPathException(String kind, String text, String reason) {
        super("The " + kind + " '" + printable(text) + "' cannot be used: " + printable(reason));
        this.reason = reason;
    }

    /**
     * Returns which rule the path or prefix breaks.
     *
     * @return the reason, without the text itself
     */
    public String reason() {
        return reason;
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN_CHARACTERS).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> shown.append(String.format("\\u%04x", c));
                default -> shown.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > SHOWN_CHARACTERS ? shown + "…" : shown.toString();
    }
}
