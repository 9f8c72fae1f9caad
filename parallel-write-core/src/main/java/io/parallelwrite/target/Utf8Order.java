package io.parallelwrite.target;

/** The order of texts by their bytes in UTF-8, which is the order of their code points. */
final class Utf8Order {

    private Utf8Order() {}

    /** Compares two texts without encoding them: a surrogate belongs to a character beyond all that are one unit. */
    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                int bySurrogate = Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
                return bySurrogate != 0 ? bySurrogate : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
