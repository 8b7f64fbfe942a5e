package dev.simmer.tui.model;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * A line that is being typed. Immutable; holds no control character but the line breaks, each a
 * {@code \n}, of a command that was pasted.
 *
 * @param text what stands there
 * @param cursor index of the char that the cursor is on, from 0 to the text's length
 */
public record LineEdit(String text, int cursor) {
    /** Chars that a line holds at most; what is typed or pasted beyond them is dropped. */
    public static final int LONGEST = 8_192;

    /** Nothing typed yet. */
    public static final LineEdit EMPTY = new LineEdit("", 0);

    public LineEdit {
        if (cursor < 0 || cursor > text.length()) {
            throw new IllegalArgumentException("the cursor stands in the text, not at " + cursor);
        }
    }

    /** A text with the cursor behind it. */
    public static LineEdit of(String text) {
        return new LineEdit(text, text.length());
    }

    /** Puts text in at the cursor; line breaks and tabs become spaces, other controls go. */
    public LineEdit insert(String typed) {
        return insert(typed, ' ');
    }

    /**
     * Puts text of several lines in at the cursor. Line breaks stay, except at the text's end,
     * where they only say that its last line was copied whole; tabs become spaces, other controls
     * go.
     */
    public LineEdit insertLines(String pasted) {
        // Terminals paste a line break as the carriage return that Enter sends.
        String lines = pasted.replace("\r\n", "\n").replace('\r', '\n');
        int end = lines.length();
        while (end > 0 && lines.charAt(end - 1) == '\n') {
            end--;
        }
        return insert(lines.substring(0, end), '\n');
    }

    private LineEdit insert(String typed, char lineBreak) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == '\n' || c == '\r') {
                clean.append(lineBreak);
            } else if (c == '\t') {
                clean.append(' ');
            } else if (!Character.isISOControl(c)) {
                clean.append(c);
            }
        }
        if (text.length() + clean.length() > LONGEST) {
            clean.setLength(Math.max(0, LONGEST - text.length()));
        }
        String whole = text.substring(0, cursor) + clean + text.substring(cursor);
        return new LineEdit(whole, cursor + clean.length());
    }

    /** What an editing key does; the line itself where the key means nothing here. */
    public LineEdit press(Key key) {
        if (key.types()) {
            return insert(key.text());
        }
        return switch (key.name()) {
            case LEFT -> new LineEdit(text, key.ctrl() || key.alt() ? wordStart() : before());
            case RIGHT -> new LineEdit(text, after());
            case HOME -> new LineEdit(text, 0);
            case END -> new LineEdit(text, text.length());
            case BACKSPACE -> key.alt() ? cut(wordStart(), cursor) : cut(before(), cursor);
            case DELETE -> cut(cursor, after());
            case CHAR -> key.ctrl() ? control(key.text()) : this;
            case ENTER, ESCAPE, TAB, BACK_TAB, INSERT, UP, DOWN, PAGE_UP, PAGE_DOWN, FUNCTION ->
                    this;
        };
    }

    private LineEdit control(String letter) {
        return switch (letter) {
            case "a" -> new LineEdit(text, 0);
            case "e" -> new LineEdit(text, text.length());
            case "b" -> new LineEdit(text, before());
            case "f" -> new LineEdit(text, after());
            case "h" -> cut(before(), cursor);
            case "d" -> cut(cursor, after());
            case "u" -> cut(0, cursor);
            case "k" -> cut(cursor, text.length());
            case "w" -> cut(wordStart(), cursor);
            default -> this;
        };
    }

    private LineEdit cut(int from, int to) {
        return new LineEdit(text.substring(0, from) + text.substring(to), from);
    }

    private int before() {
        return cursor == 0 ? 0 : graphemes().preceding(cursor);
    }

    private int after() {
        return cursor == text.length() ? cursor : graphemes().following(cursor);
    }

    private int wordStart() {
        int at = cursor;
        while (at > 0 && blank(at - 1)) {
            at--;
        }
        while (at > 0 && !blank(at - 1)) {
            at--;
        }
        return at;
    }

    private boolean blank(int at) {
        return text.charAt(at) == ' ' || text.charAt(at) == '\n';
    }

    private BreakIterator graphemes() {
        BreakIterator iterator = BreakIterator.getCharacterInstance(Locale.ROOT);
        iterator.setText(text);
        return iterator;
    }
}
