package dev.simmer.tui.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who typed a word that there is not. */
final class Nearest {
    /** Letters that a mistake may have cost. */
    private static final int MOST = 2;

    private Nearest() {}

    /** The word that takes the fewest changes, if that is a typing mistake at all. */
    static Optional<String> of(String typed, List<String> words) {
        String small = typed.toLowerCase(Locale.ROOT);
        Optional<String> nearest = Optional.empty();
        int least = Math.min(MOST, small.length() / 2) + 1;
        for (String word : words) {
            int changes = changes(small, word);
            if (changes < least) {
                least = changes;
                nearest = Optional.of(word);
            }
        }
        return nearest;
    }

    /** Letters put in, left out, replaced, or swapped with the next one. */
    private static int changes(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                least = Math.min(least, cost[i - 1][j - 1] + same);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
