package dev.simmer.tui.model;

import java.util.Comparator;

/**
 * Orders texts as people do: {@code task-9} before {@code task-10}, and capital letters among the
 * small ones.
 */
final class NaturalOrder {
    /** Texts that differ only in case, or in zeros before a number, are equal. */
    static final Comparator<String> IGNORING_CASE = NaturalOrder::compare;

    private NaturalOrder() {}

    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (digit(a.charAt(i)) && digit(b.charAt(j))) {
                int from = zeros(a, i);
                int other = zeros(b, j);
                i = digits(a, from);
                j = digits(b, other);
                int order = Integer.compare(i - from, j - other);
                for (int k = 0; order == 0 && k < i - from; k++) {
                    order = Character.compare(a.charAt(from + k), b.charAt(other + k));
                }
                if (order != 0) {
                    return order;
                }
                continue;
            }
            int order = Character.compare(fold(a.charAt(i++)), fold(b.charAt(j++)));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int zeros(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
