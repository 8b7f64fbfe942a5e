package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A word that is looked for letter by letter: its letters must all be there in their order, with
 * others between them or not. Letters that stand together, and letters that begin a word, count for
 * more. Immutable, for any thread.
 *
 * <p>A small letter matches also the capital one, a capital one only itself; a letter without an
 * accent matches also the accented ones. A letter is a grapheme cluster, so an accent or a part of
 * an emoji is never found by itself. Of a text only the first {@link #LONGEST} letters are looked
 * at.
 *
 * <p>The best way to place the letters is found by the alignment of Smith and Waterman with affine
 * costs of gaps, in letters of the word times letters of the text; a text that does not hold them
 * in their order, which is most of them, costs one pass over its chars and allocates nothing where
 * both are ASCII.
 */
public final class Fuzzy {
    /** Letters of a text that are looked at. */
    public static final int LONGEST = 1_024;

    private static final int LETTER = 16;
    private static final int WORD_START = 12;
    private static final int TEXT_START = 13;
    private static final int HUMP = 8;
    private static final int TOGETHER = 12;
    private static final int EXACT_CASE = 1;
    private static final int GAP = 7;
    private static final int WIDER = 1;
    private static final int NEVER = Integer.MIN_VALUE / 2;

    /** Letters between two of one word that are still taken for an abbreviation. */
    private static final int ABBREVIATED = 2;

    private final String word;
    private final boolean ascii;
    private final List<Letter> letters;

    private Fuzzy(String word) {
        this.word = word;
        this.ascii = ascii(word);
        this.letters = letters(word, Integer.MAX_VALUE);
    }

    /** Looks for a word; the empty one is in every text. */
    public static Fuzzy of(String word) {
        return new Fuzzy(word);
    }

    /** The word that is looked for. */
    public String word() {
        return word;
    }

    /**
     * A piece of a text.
     *
     * @param from index of its first char
     * @param to index behind its last char
     */
    public record Span(int from, int to) {}

    /**
     * How well a text matches.
     *
     * @param score the more, the better; only to be compared with those of the same word
     * @param spans the letters that were found, those that stand together as one, in their order
     * @param tight whether each of them begins a word or stands near the one before it in the same
     *     word; else the letters are only strewn over the text
     */
    public record Match(int score, List<Span> spans, boolean tight) {
        public Match {
            spans = List.copyOf(spans);
        }
    }

    /** The best way in which a text matches; empty where it does not. */
    public Optional<Match> match(String text) {
        if (letters.isEmpty()) {
            return Optional.of(new Match(0, List.of(), true));
        }
        if (!possible(text)) {
            return Optional.empty();
        }
        List<Letter> found = letters(text, LONGEST);
        return found.size() < letters.size() ? Optional.empty() : aligned(text, found);
    }

    /** A quick look that never says no to a text that matches. */
    private boolean possible(String text) {
        if (!ascii || !ascii(text)) {
            return true;
        }
        int at = 0;
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < word.length(); i++) {
            char wanted = word.charAt(i);
            while (at < length && !same(wanted, text.charAt(at))) {
                at++;
            }
            if (at++ >= length) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(char wanted, char there) {
        return wanted == there || (there >= 'A' && there <= 'Z' && wanted == there + ('a' - 'A'));
    }

    /**
     * A letter.
     *
     * @param from index of its first char
     * @param to index behind its last char
     * @param exact the letter, composed
     * @param folded the same as a small one
     * @param bare the same without accents
     */
    private record Letter(int from, int to, String exact, String folded, String bare) {
        boolean plain() {
            return folded.equals(bare);
        }

        boolean small() {
            return exact.equals(folded);
        }

        boolean found(Letter there) {
            String other = small() ? there.folded : there.exact;
            return (small() ? folded : exact).equals(other)
                    || (plain() && small() && folded.equals(there.bare));
        }
    }

    private static final Letter[] ASCII = asciiLetters();

    private static Letter[] asciiLetters() {
        Letter[] all = new Letter[128];
        for (int c = 0; c < all.length; c++) {
            String exact = String.valueOf((char) c);
            String folded = exact.toLowerCase(Locale.ROOT);
            all[c] = new Letter(0, 1, exact, folded, folded);
        }
        return all;
    }

    private static List<Letter> letters(String text, int most) {
        List<Letter> all = new ArrayList<>(Math.min(text.length(), most));
        CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
        while (all.size() < most && graphemes.next()) {
            int from = graphemes.start();
            int to = graphemes.end();
            char first = text.charAt(from);
            if (to - from == 1 && first < ASCII.length) {
                Letter known = ASCII[first];
                all.add(new Letter(from, to, known.exact, known.folded, known.bare));
            } else {
                all.add(letter(from, to, text.substring(from, to)));
            }
        }
        return all;
    }

    private static Letter letter(int from, int to, String text) {
        String exact = Normalizer.normalize(text, Normalizer.Form.NFC);
        // By way of the capital one, so that all forms of a letter that has several are the same.
        String folded = exact.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder bare = new StringBuilder();
        Normalizer.normalize(folded, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(bare::appendCodePoint);
        boolean capital = !exact.equals(exact.toLowerCase(Locale.ROOT));
        return new Letter(
                from,
                to,
                capital ? exact : folded,
                folded,
                bare.isEmpty() ? folded : bare.toString());
    }

    /**
     * The best alignment. {@code best[i][j]} is the score of the first i+1 letters where the last
     * of them stands at j; {@code before[i][j]} is where the one before it stands then.
     */
    private Optional<Match> aligned(String text, List<Letter> there) {
        int rows = letters.size();
        int columns = there.size();
        int[][] best = new int[rows][columns];
        int[][] before = new int[rows][columns];
        int[] worth = worth(text, there);
        for (int i = 0; i < rows; i++) {
            Letter wanted = letters.get(i);
            int apart = NEVER;
            int apartAt = -1;
            for (int j = 0; j < columns; j++) {
                // What it takes to leave the letters between out: all but the nearest.
                if (i > 0 && j > 1) {
                    int fresh = best[i - 1][j - 2] - GAP;
                    apart = Math.max(NEVER, apart - WIDER);
                    if (fresh >= apart) {
                        apart = fresh;
                        apartAt = j - 2;
                    }
                }
                best[i][j] = NEVER;
                if (!wanted.found(there.get(j))) {
                    continue;
                }
                int here = LETTER + (wanted.exact.equals(there.get(j).exact) ? EXACT_CASE : 0);
                if (i == 0) {
                    best[i][j] = here + worth[j];
                    before[i][j] = -1;
                    continue;
                }
                int joined = j > 0 ? best[i - 1][j - 1] + Math.max(TOGETHER, worth[j]) : NEVER;
                int parted = apart + worth[j];
                int most = Math.max(joined, parted);
                if (most > NEVER / 2) {
                    best[i][j] = here + most;
                    before[i][j] = joined >= parted ? j - 1 : apartAt;
                }
            }
        }
        int end = 0;
        for (int j = 1; j < columns; j++) {
            end = best[rows - 1][j] > best[rows - 1][end] ? j : end;
        }
        if (best[rows - 1][end] <= NEVER / 2) {
            return Optional.empty();
        }
        int[] places = new int[rows];
        int at = end;
        for (int i = rows - 1; i >= 0; i--) {
            places[i] = at;
            at = before[i][at];
        }
        return Optional.of(
                new Match(best[rows - 1][end], spans(there, places), tight(there, worth, places)));
    }

    /** What the place of each letter is worth: most at the beginning of the text or of a word. */
    private static int[] worth(String text, List<Letter> there) {
        int[] worth = new int[there.size()];
        int last = ' ';
        for (int j = 0; j < worth.length; j++) {
            int c = text.codePointAt(there.get(j).from());
            if (Character.isLetterOrDigit(c)) {
                if (j == 0) {
                    worth[j] = TEXT_START;
                } else if (!Character.isLetterOrDigit(last)) {
                    worth[j] = WORD_START;
                } else if ((Character.isUpperCase(c) && !Character.isUpperCase(last))
                        || Character.isDigit(c) != Character.isDigit(last)) {
                    worth[j] = HUMP;
                }
            }
            last = c;
        }
        return worth;
    }

    private static List<Span> spans(List<Letter> there, int[] places) {
        List<Span> spans = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= places.length; i++) {
            if (i == places.length || places[i] != places[i - 1] + 1) {
                Letter first = there.get(places[from]);
                spans.add(new Span(first.from(), there.get(places[i - 1]).to()));
                from = i;
            }
        }
        return spans;
    }

    /** Whether no letter is far from the one before it, but where a word begins. */
    private static boolean tight(List<Letter> there, int[] worth, int[] places) {
        boolean together = places[places.length - 1] - places[0] == places.length - 1;
        if (together) {
            return true;
        }
        if (worth[places[0]] == 0) {
            return false;
        }
        for (int i = 1; i < places.length; i++) {
            int between = places[i] - places[i - 1] - 1;
            if (worth[places[i]] > 0 || between == 0) {
                continue;
            }
            if (between > ABBREVIATED) {
                return false;
            }
            for (int j = places[i - 1]; j < places[i]; j++) {
                if (!Character.isLetterOrDigit(there.get(j).exact().codePointAt(0))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
