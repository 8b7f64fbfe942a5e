package dev.simmer.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a program under test has put on its terminal, as far as a benchmark must know it: letters
 * and colours of each cell. It takes the sequences that full-screen programs use to move, erase and
 * colour, and passes over all others. One thread.
 */
final class SeenScreen {
    private final int columns;
    private final int rows;
    private final String[][] letters;
    private final String[][] looks;
    private final StringBuilder sequence = new StringBuilder();
    private byte[] rest = new byte[0];
    private boolean inSequence;
    private int row;
    private int column;
    private String look = "";

    SeenScreen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        letters = new String[rows][columns];
        looks = new String[rows][columns];
        blank(0, 0, rows - 1, columns);
    }

    private void blank(int fromRow, int fromColumn, int toRow, int toColumn) {
        for (int y = fromRow; y <= toRow; y++) {
            int first = y == fromRow ? fromColumn : 0;
            int end = y == toRow ? toColumn : columns;
            Arrays.fill(letters[y], Math.min(first, columns), Math.min(end, columns), " ");
            Arrays.fill(looks[y], Math.min(first, columns), Math.min(end, columns), "");
        }
    }

    /** Takes in what the program wrote; a letter or sequence may be cut anywhere. */
    void feed(byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(bytes, 0, all, rest.length, length);
        int whole = wholeLetters(all);
        rest = Arrays.copyOfRange(all, whole, all.length);
        new String(all, 0, whole, StandardCharsets.UTF_8).codePoints().forEach(this::take);
    }

    /** Bytes before a letter that is not complete yet. */
    private static int wholeLetters(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int lead = bytes[bytes.length - back] & 0xff;
            if (lead >= 0xc0) {
                int needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return needs > back ? bytes.length - back : bytes.length;
            }
        }
        return bytes.length;
    }

    private void take(int letter) {
        if (inSequence) {
            sequence.appendCodePoint(letter);
            inSequence = !ended(letter);
            return;
        }
        switch (letter) {
            case 0x1b -> {
                sequence.setLength(0);
                inSequence = true;
            }
            case '\r' -> column = 0;
            case '\n' -> row = Math.min(rows - 1, row + 1);
            case '\b' -> column = Math.max(0, column - 1);
            default -> print(letter);
        }
    }

    private void print(int letter) {
        if (letter < 0x20) {
            return;
        }
        if (column < columns) {
            letters[row][column] = Character.toString(letter);
            looks[row][column] = look;
        }
        column++;
    }

    private boolean ended(int letter) {
        char kind = sequence.charAt(0);
        if (kind == ']' || kind == 'P' || kind == '_') {
            return letter == 7 || letter == '\\';
        }
        if (kind != '[') {
            return (kind != '(' && kind != ')') || sequence.length() == 2;
        }
        boolean last = sequence.length() > 1 && letter >= 0x40 && letter <= 0x7e;
        if (last) {
            act(sequence.substring(1, sequence.length() - 1), (char) letter);
        }
        return last;
    }

    private void act(String body, char last) {
        if (body.startsWith("?") || body.startsWith(">") || body.startsWith("=")) {
            return;
        }
        String[] parts = body.split(";", -1);
        int first = number(parts[0], 1);
        switch (last) {
            case 'H', 'f' -> {
                row = Math.clamp(first - 1L, 0, rows - 1);
                column = Math.max(0, (parts.length > 1 ? number(parts[1], 1) : 1) - 1);
            }
            case 'G', '`' -> column = first - 1;
            case 'd' -> row = Math.clamp(first - 1L, 0, rows - 1);
            case 'A' -> row = Math.max(0, row - first);
            case 'B' -> row = Math.min(rows - 1, row + first);
            case 'C' -> column += first;
            case 'D' -> column = Math.max(0, column - first);
            case 'J' -> {
                int mode = number(parts[0], 0);
                blank(mode == 0 ? row : 0, mode == 0 ? column : 0, rows - 1, columns);
            }
            case 'K' -> blank(row, number(parts[0], 0) == 0 ? column : 0, row, columns);
            case 'X' -> blank(row, column, row, column + first);
            case 'm' -> look = body.isEmpty() || body.equals("0") ? "" : look(body);
            default -> {}
        }
    }

    /** Enough to see that a cell looks different now. */
    private String look(String body) {
        String all = body.startsWith("0;") ? body : look + ";" + body;
        return all.length() > 64 ? all.substring(all.length() - 64) : all;
    }

    private static int number(String text, int otherwise) {
        return text.isEmpty() || !text.chars().allMatch(Character::isDigit)
                ? otherwise
                : Integer.parseInt(text);
    }

    /** Letters and colours of the first columns of all rows, to be compared. */
    String left(int width) {
        StringBuilder all = new StringBuilder();
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < width; x++) {
                all.append(letters[y][x]).append(looks[y][x]);
            }
        }
        return all.toString();
    }

    /** All letters, row by row. */
    String text() {
        StringBuilder all = new StringBuilder();
        for (String[] line : letters) {
            all.append(String.join("", line)).append('\n');
        }
        return all.toString();
    }
}
