package dev.simmer.tui.model;

/**
 * A key press as the terminal reports it.
 *
 * @param name which key
 * @param text the letter that was typed, one grapheme; empty unless {@code name} is CHAR
 * @param ctrl whether Ctrl was held
 * @param alt whether Alt was held
 */
public record Key(Name name, String text, boolean ctrl, boolean alt) {
    /** Keys that have names; CHAR is every key that types a letter. */
    public enum Name {
        CHAR,
        ENTER,
        ESCAPE,
        TAB,
        BACK_TAB,
        BACKSPACE,
        DELETE,
        INSERT,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        FUNCTION
    }

    /** A letter with no modifier. */
    public static Key typed(String text) {
        return new Key(Name.CHAR, text, false, false);
    }

    /** A letter with Ctrl. */
    public static Key ctrl(String text) {
        return new Key(Name.CHAR, text, true, false);
    }

    /** A named key with no modifier. */
    public static Key of(Name name) {
        return new Key(name, "", false, false);
    }

    /** Whether it puts its letter into a line of text. */
    public boolean types() {
        return name == Name.CHAR && !ctrl && !alt;
    }
}
