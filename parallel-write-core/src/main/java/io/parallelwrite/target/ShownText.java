package io.parallelwrite.target;

/** Foreign text as it is shown in messages: safe to log, and not too long. Thread-safe. */
public final class ShownText {

    private ShownText() {}

    /**
     * Makes text safe to log.
     *
     * @param text any text
     * @param maxCharacters how much of it to show at most
     * @return the text with control and direction-changing characters as escapes; what is cut ends in {@code …}
     */
    public static String of(String text, int maxCharacters) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(maxCharacters).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> shown.append(String.format("\\u%04x", c));
                default -> shown.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > maxCharacters ? shown + "…" : shown.toString();
    }
}
