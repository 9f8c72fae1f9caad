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
        super("The " + kind + " '" + ShownText.of(text, SHOWN_CHARACTERS) + "' cannot be used: "
                + ShownText.of(reason, SHOWN_CHARACTERS));
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
}
