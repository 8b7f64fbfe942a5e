package dev.simmer.tui.model;

import dev.simmer.tui.model.Key.Name;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Keys in words: as help and footer print them, and as a user writes them in a file. */
public final class KeyText {
    private static final Map<String, Key> NAMED = named();

    /** Keys that a terminal cannot tell from others, and as which it sends them. */
    private static final Map<String, String> SAME =
            Map.of("i", "Tab", "m", "Enter", "j", "Enter", "[", "Esc", "h", "Backspace");

    private KeyText() {}

    /** What came of reading a key. */
    public sealed interface Read {}

    /** A key. */
    public record Known(Key key) implements Read {}

    /**
     * No key.
     *
     * @param wrong what is wrong with it; the sentence goes on after the key's name
     * @param right what could stand instead
     */
    public record Unknown(String wrong, String right) implements Read {}

    private static Map<String, Key> named() {
        Map<String, Key> all = new TreeMap<>();
        all.put("enter", Key.of(Name.ENTER));
        all.put("return", Key.of(Name.ENTER));
        all.put("esc", Key.of(Name.ESCAPE));
        all.put("escape", Key.of(Name.ESCAPE));
        all.put("tab", Key.of(Name.TAB));
        all.put("shift+tab", Key.of(Name.BACK_TAB));
        all.put("backspace", Key.of(Name.BACKSPACE));
        all.put("del", Key.of(Name.DELETE));
        all.put("delete", Key.of(Name.DELETE));
        all.put("ins", Key.of(Name.INSERT));
        all.put("insert", Key.of(Name.INSERT));
        all.put("up", Key.of(Name.UP));
        all.put("down", Key.of(Name.DOWN));
        all.put("left", Key.of(Name.LEFT));
        all.put("right", Key.of(Name.RIGHT));
        all.put("↑", Key.of(Name.UP));
        all.put("↓", Key.of(Name.DOWN));
        all.put("←", Key.of(Name.LEFT));
        all.put("→", Key.of(Name.RIGHT));
        all.put("home", Key.of(Name.HOME));
        all.put("end", Key.of(Name.END));
        all.put("pgup", Key.of(Name.PAGE_UP));
        all.put("pageup", Key.of(Name.PAGE_UP));
        all.put("pgdn", Key.of(Name.PAGE_DOWN));
        all.put("pagedown", Key.of(Name.PAGE_DOWN));
        all.put("space", Key.typed(" "));
        return all;
    }

    /** The names of keys that are written out, for a hint. */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /** How a key is called, such as {@code x}, {@code Ctrl+K}, {@code PgUp}. */
    public static String of(Key key) {
        String name =
                switch (key.name()) {
                    case CHAR -> letter(key);
                    case ENTER -> "Enter";
                    case ESCAPE -> "Esc";
                    case TAB -> "Tab";
                    case BACK_TAB -> "Shift+Tab";
                    case BACKSPACE -> "Backspace";
                    case DELETE -> "Del";
                    case INSERT -> "Ins";
                    case UP -> "↑";
                    case DOWN -> "↓";
                    case LEFT -> "←";
                    case RIGHT -> "→";
                    case HOME -> "Home";
                    case END -> "End";
                    case PAGE_UP -> "PgUp";
                    case PAGE_DOWN -> "PgDn";
                    case FUNCTION -> "F" + key.text();
                };
        return (key.ctrl() ? "Ctrl+" : "") + (key.alt() ? "Alt+" : "") + name;
    }

    private static String letter(Key key) {
        if (key.text().equals(" ")) {
            return "Space";
        }
        return key.ctrl() ? key.text().toUpperCase(Locale.ROOT) : key.text();
    }

    /**
     * Reads a key as a user writes it: a letter as it is typed, or a name, with Ctrl+, Alt+ or both
     * before it. Names are the same in upper and lower case; of Ctrl with a letter too, as
     * terminals send it so.
     */
    public static Read read(String text) {
        String rest = text.strip();
        boolean ctrl = false;
        boolean alt = false;
        while (true) {
            String lower = rest.toLowerCase(Locale.ROOT);
            if (lower.startsWith("ctrl+") && rest.length() > 5) {
                ctrl = true;
                rest = rest.substring(5);
            } else if (lower.startsWith("alt+") && rest.length() > 4) {
                alt = true;
                rest = rest.substring(4);
            } else {
                break;
            }
        }
        Key named = NAMED.get(rest.toLowerCase(Locale.ROOT));
        if (named != null) {
            return new Known(new Key(named.name(), named.text(), ctrl, alt));
        }
        if (graphemes(rest) != 1 || rest.isBlank() || Character.isISOControl(rest.charAt(0))) {
            return new Unknown(
                    "is no key",
                    "write a letter as it is typed, or a name such as `Enter`, `Space`, `PgUp` or"
                            + " `Ctrl+K`");
        }
        if (!ctrl) {
            return new Known(new Key(Name.CHAR, rest, false, alt));
        }
        String lower = rest.toLowerCase(Locale.ROOT);
        String same = SAME.get(lower);
        if (same != null) {
            return new Unknown("is the same as " + same + " on a terminal", "take another key");
        }
        boolean sent = lower.length() == 1 && lower.charAt(0) >= 'a' && lower.charAt(0) <= 'z';
        return sent
                ? new Known(new Key(Name.CHAR, lower, true, alt))
                : new Unknown("is sent by no terminal", "take Ctrl with a letter from A to Z");
    }

    private static int graphemes(String text) {
        BreakIterator iterator = BreakIterator.getCharacterInstance(Locale.ROOT);
        iterator.setText(text);
        int count = 0;
        while (iterator.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }
}
