package dev.simmer.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class DidYouMean {
    /** Longer words are not compared: nobody mistypes them, and the comparison is quadratic. */
    private static final int LONGEST = 64;

    private DidYouMean() {}

    /**
     * The candidate that is nearest to a word, the first of several that are; empty where none is
     * near: at most a third of the longer word may differ, and three letters.
     *
     * @param word as it was typed; upper and lower case are not told apart
     * @param candidates what would have been right
     */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int longer = Math.max(word.length(), candidate.length());
            if (longer > LONGEST || word.isEmpty() || candidate.isEmpty()) {
                continue;
            }
            int distance =
                    distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            int allowed = Math.clamp(longer / 3, 1, 3);
            if (distance <= allowed && distance < longer && distance < least) {
                best = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The Damerau-Levenshtein distance in its restricted form (optimal string alignment): letters
     * inserted, left out, replaced or swapped with their neighbour.
     *
     * <p>Source: F. J. Damerau, "A technique for computer detection and correction of spelling
     * errors", CACM 7(3), 1964.
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(d[i - 1][j], d[i][j - 1]) + 1;
                least = Math.min(least, d[i - 1][j - 1] + replaced);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, d[i - 2][j - 2] + 1);
                }
                d[i][j] = least;
            }
        }
        return d[a.length()][b.length()];
    }
}
