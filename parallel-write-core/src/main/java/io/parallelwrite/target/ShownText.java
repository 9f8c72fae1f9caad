package io.parallelwrite.target;

import java.util.regex.Pattern;

/** Foreign text as it is shown in messages: safe to log, and not too long. Thread-safe. */
public final class ShownText {

    private static final Pattern URL_USER = Pattern.compile("(://)[^\\s/?#]*@");
    private static final Pattern URL_QUERY = Pattern.compile("(://[^\\s?]*)\\?\\S*");

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

    /**
     * Makes text safe to log and to keep, as {@link #of} does, and leaves out what may be a secret in a URL: what follows its
     * {@code ?}, and the user before its {@code @}.
     *
     * @param text any text
     * @param maxCharacters how much of it to show at most
     * @return the text without those parts
     */
    public static String withoutSecrets(String text, int maxCharacters) {
        String noUser = URL_USER.matcher(text).replaceAll("$1");
        return of(URL_QUERY.matcher(noUser).replaceAll("$1"), maxCharacters);
    }
}
