package dev.simmer.terminal;

import dev.simmer.terminal.ScreenCells.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two pictures of the same scene have in common: the text and the looks of all cells, but for
 * those that show a moment of the machine (memory, CPU, times, graphs), which become {@code ~}.
 */
final class ScreenContent {
    private static final char HIDDEN = '~';

    /**
     * Figures with the blanks before them, which a longer figure takes; and the row of the task
     * whose next try comes after a time that is drawn by lot.
     */
    private static final List<Pattern> VOLATILE =
            List.of(
                    Pattern.compile(" *[0-9]+(\\.[0-9]+)? ?([%KMG]|ms|[smh])\\b?( [0-9]+[smh])*"),
                    Pattern.compile(" *[\\u2800-\\u28ff]+ *"),
                    Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}"),
                    Pattern.compile(" fetch .*"));

    /** They tell of the machine, and give room to the folder's path, which differs. */
    private static final int HEADER_ROWS = 2;

    /** A bar of the timeline, to the right border: all of it moves with the clock. */
    private static final Pattern BAR = Pattern.compile("[ ░▒▓█✗↻⚑‖]{3,}[^│]*(?=│)");

    private ScreenContent() {}

    /**
     * The content.
     *
     * @param bars whether rows with bars show time
     */
    static String of(ScreenCells screen, boolean bars) {
        StringBuilder text = new StringBuilder("\n");
        StringBuilder looks = new StringBuilder();
        Map<String, Character> letters = new LinkedHashMap<>();
        for (int row = 0; row < screen.rows(); row++) {
            boolean[] hidden = hidden(screen.row(row), row, bars);
            for (int column = 0; column < screen.columns(); column++) {
                Cell cell = screen.at(column, row);
                char next = letter(letters.size());
                text.append(hidden[column] ? "" + HIDDEN : cell.glyph());
                looks.append(
                        hidden[column]
                                ? HIDDEN
                                : letters.computeIfAbsent(look(cell), _ -> next).charValue());
            }
            text.append("|\n");
            looks.append('\n');
        }
        letters.forEach(
                (look, letter) -> looks.append(letter).append(' ').append(look).append('\n'));
        return text.append('\n').append(looks).toString();
    }

    private static char letter(int number) {
        return (char) (number < 26 ? 'a' + number : number < 52 ? 'A' + number - 26 : 256 + number);
    }

    private static boolean[] hidden(String row, int number, boolean bars) {
        boolean[] hidden = new boolean[row.length()];
        if (number < HEADER_ROWS) {
            java.util.Arrays.fill(hidden, true);
        }
        for (Pattern pattern : VOLATILE) {
            hide(pattern, row, hidden);
        }
        if (bars && row.matches(".*[░▒▓█✗↻⚑‖].*")) {
            hide(BAR, row, hidden);
        }
        return hidden;
    }

    private static void hide(Pattern pattern, String row, boolean[] hidden) {
        Matcher found = pattern.matcher(row);
        while (found.find()) {
            java.util.Arrays.fill(hidden, found.start(), found.end(), true);
        }
    }

    /** Blanks look alike whatever colour their letters would have. */
    private static String look(Cell cell) {
        String ground = String.format("%06x", cell.ground());
        return cell.glyph().isBlank()
                ? "on " + ground
                : String.format("%06x on ", cell.ink())
                        + ground
                        + (cell.bold() ? " bold" : "")
                        + (cell.italic() ? " italic" : "")
                        + (cell.underline() ? " underline" : "");
    }
}
