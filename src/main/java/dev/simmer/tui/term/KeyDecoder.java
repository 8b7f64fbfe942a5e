package dev.simmer.tui.term;

import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns what a terminal sends into messages. Bytes may come in pieces of any size; what cannot be
 * told yet is kept until more comes or {@link #flush} says that nothing will. Whatever is not
 * understood is dropped as a whole, so that the tail of an unknown sequence is never taken for
 * keys. For one thread.
 *
 * <p>Lanterna's own decoder knows neither SGR mouse reports nor pasted text, hands the rest of an
 * unknown sequence on as letters, and cuts letters beyond 16 bits in two.
 *
 * <p>Source: XTerm Control Sequences (ctlseqs), "PC-Style Function Keys", "Mouse Tracking",
 * "Bracketed Paste Mode"; the string and control sequences of ECMA-48.
 */
final class KeyDecoder {
    /** Pasted bytes that are kept; the rest of a longer paste is dropped. */
    static final int LONGEST_PASTE = 64 * 1024;

    private static final int LONGEST_SEQUENCE = 4 * 1024;
    private static final byte ESC = 0x1b;
    private static final byte[] PASTE_END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);

    /** A larger number is no set of modifiers: the sequence reports something else. */
    private static final int MOST_MODIFIERS = 16;

    private static final int KITTY_RELEASE = 3;

    /** Kitty's codes for keys that type nothing: Unicode's private use area. */
    private static final int KITTY_KEYS = 0xe000;

    private static final int KITTY_KEYS_END = 0xf8ff;

    /** A network may part Escape from the rest of a sequence; more would be felt as a delay. */
    private static final int ESCAPE_PATIENCE = 25;

    /** What has begun as an answer of the terminal may come in pieces; nobody types it. */
    private static final int ANSWER_PATIENCE = 1_000;

    private static final int PASTE_PATIENCE = 1_000;

    /** As many bytes at once are no keys but the rest of a paste that has stalled. */
    private static final int MOST_TYPED = 8;

    private final Consumer<Msg> out;
    private byte[] waiting = new byte[0];
    private boolean pasting;
    private boolean stalled;
    private final ByteArrayOutputStream pasted = new ByteArrayOutputStream();

    KeyDecoder(Consumer<Msg> out) {
        this.out = out;
    }

    /** Takes bytes in. */
    void feed(byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(waiting, waiting.length + length);
        System.arraycopy(bytes, 0, all, waiting.length, length);
        int at = stalled ? rest(all) : 0;
        if (stalled) {
            waiting = Arrays.copyOfRange(all, at, all.length);
            return;
        }
        while (at < all.length) {
            int used = pasting ? paste(all, at) : key(all, at);
            if (used == 0) {
                break;
            }
            at += used;
        }
        waiting = Arrays.copyOfRange(all, at, all.length);
        if (waiting.length > LONGEST_SEQUENCE) {
            waiting = new byte[0];
        }
    }

    /** Milliseconds to wait for more before {@link #flush}; 0 when nothing is kept. */
    int patienceMillis() {
        if (pasting) {
            return PASTE_PATIENCE;
        }
        if (waiting.length > 2 && waiting[0] == ESC && isIntroducer(waiting[1])) {
            return ANSWER_PATIENCE;
        }
        return waiting.length > 0 ? ESCAPE_PATIENCE : 0;
    }

    /** Decides about what is kept: nothing more is coming. */
    void flush() {
        byte[] rest = waiting;
        waiting = new byte[0];
        if (pasting) {
            keep(rest, 0, rest.length);
            endPaste();
            stalled = true;
        } else if (rest.length == 1 && rest[0] == ESC) {
            press(Key.of(Name.ESCAPE));
        } else if (rest.length == 2 && rest[0] == ESC && rest[1] > ' ') {
            press(new Key(Name.CHAR, String.valueOf((char) rest[1]), false, true));
        }
    }

    private static boolean isIntroducer(byte second) {
        return second == '[' || second == ']' || second == 'P' || second == '_' || second == '^';
    }

    /**
     * How much at the beginning belongs to a paste that had stalled and was taken for complete: it
     * must not be taken for keys.
     */
    private int rest(byte[] all) {
        int end = indexOf(all, PASTE_END, 0);
        if (end >= 0) {
            stalled = false;
            return end + PASTE_END.length;
        }
        if (all.length <= MOST_TYPED) {
            stalled = false;
            return 0;
        }
        for (int from = Math.max(0, all.length - PASTE_END.length + 1); from < all.length; from++) {
            int length = all.length - from;
            if (Arrays.equals(all, from, all.length, PASTE_END, 0, length)) {
                return from;
            }
        }
        return all.length;
    }

    private void press(Key key) {
        out.accept(new Msg.KeyPressed(key));
    }

    /** Takes pasted bytes; returns how many, 0 when more are needed. */
    private int paste(byte[] all, int at) {
        int end = indexOf(all, PASTE_END, at);
        if (end >= 0) {
            keep(all, at, end);
            endPaste();
            return end - at + PASTE_END.length;
        }
        int safe = Math.max(0, all.length - at - PASTE_END.length + 1);
        keep(all, at, at + safe);
        return safe;
    }

    private void keep(byte[] bytes, int from, int to) {
        pasted.write(bytes, from, Math.clamp((long) to - from, 0, LONGEST_PASTE - pasted.size()));
    }

    private void endPaste() {
        pasting = false;
        out.accept(new Msg.Pasted(pasted.toString(StandardCharsets.UTF_8)));
        pasted.reset();
    }

    private static int indexOf(byte[] all, byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Takes one key; returns how many bytes it has, 0 when more are needed. */
    private int key(byte[] all, int at) {
        byte first = all[at];
        if (first == ESC) {
            return escape(all, at);
        }
        if (isControl(first)) {
            control(first, false);
            return 1;
        }
        return letter(all, at, false);
    }

    private void control(byte code, boolean alt) {
        switch (code) {
            case '\r', '\n' -> press(new Key(Name.ENTER, "", false, alt));
            case '\t' -> press(new Key(Name.TAB, "", false, alt));
            case 0x08, 0x7f -> press(new Key(Name.BACKSPACE, "", false, alt));
            case 0 -> press(new Key(Name.CHAR, " ", true, alt));
            default -> {
                String letter = String.valueOf((char) (code + 0x60));
                press(new Key(Name.CHAR, letter, true, alt));
            }
        }
    }

    private int letter(byte[] all, int at, boolean alt) {
        int length = utf8Length(all[at]);
        if (length == 0) {
            return 1;
        }
        for (int i = 1; i < length; i++) {
            if (at + i >= all.length) {
                return 0;
            }
            if ((all[at + i] & 0xc0) != 0x80) {
                return i;
            }
        }
        String text = new String(all, at, length, StandardCharsets.UTF_8);
        if (!text.equals("\ufffd") && !Character.isISOControl(text.codePointAt(0))) {
            press(new Key(Name.CHAR, text, false, alt));
        }
        return length;
    }

    /** Bytes of the letter that begins with this one; 0 where none begins so. */
    private static int utf8Length(byte first) {
        if (first >= 0) {
            return 1;
        }
        int bits = first & 0xff;
        if (bits >= 0xc2 && bits < 0xe0) {
            return 2;
        }
        if (bits >= 0xe0 && bits < 0xf0) {
            return 3;
        }
        return bits >= 0xf0 && bits < 0xf5 ? 4 : 0;
    }

    private int escape(byte[] all, int at) {
        if (at + 1 >= all.length) {
            return 0;
        }
        byte second = all[at + 1];
        return switch (second) {
            case '[' -> controlSequence(all, at);
            case 'O' -> singleShift(all, at);
            case ']', 'P', '_', '^', 'X' -> string(all, at);
            case ESC -> {
                press(Key.of(Name.ESCAPE));
                yield 1;
            }
            default -> {
                if (isControl(second)) {
                    control(second, true);
                    yield 2;
                }
                int used = letter(all, at + 1, true);
                yield used == 0 ? 0 : used + 1;
            }
        };
    }

    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ') || b == 0x7f;
    }

    private int singleShift(byte[] all, int at) {
        if (at + 2 >= all.length) {
            return 0;
        }
        named((char) all[at + 2], 0, 0).ifPresent(this::press);
        return all[at + 2] >= ' ' ? 3 : 2;
    }

    /** Takes a string that the terminal sends, up to its end. */
    private int string(byte[] all, int at) {
        for (int i = at + 2; i < all.length; i++) {
            if (all[i] == 0x07) {
                told(all, at, i);
                return i - at + 1;
            }
            if (all[i] == ESC) {
                if (i + 1 >= all.length) {
                    return 0;
                }
                if (all[i + 1] != '\\') {
                    return i - at;
                }
                told(all, at, i);
                return i - at + 2;
            }
        }
        return 0;
    }

    private void told(byte[] all, int at, int end) {
        if (all[at + 1] == ']') {
            String body = new String(all, at + 2, end - at - 2, StandardCharsets.ISO_8859_1);
            Background.colour(body).ifPresent(rgb -> out.accept(new Msg.Background(rgb)));
        }
    }

    private int controlSequence(byte[] all, int at) {
        int end = at + 2;
        if (end < all.length && all[end] == '[') {
            return end + 1 < all.length ? 4 : 0;
        }
        while (end < all.length && all[end] >= 0x20 && all[end] < 0x40) {
            end++;
        }
        if (end >= all.length) {
            return 0;
        }
        int length = end - at + 1;
        char last = (char) all[end];
        if (last < 0x40 || last > 0x7e) {
            return length - 1;
        }
        String body = new String(all, at + 2, end - at - 2, StandardCharsets.US_ASCII);
        if (last == 'M' && body.isEmpty()) {
            return end + 3 < all.length ? length + 3 : 0;
        }
        if (body.isEmpty() && (last == 'I' || last == 'O')) {
            out.accept(new Msg.FocusChanged(last == 'I'));
        } else if (body.startsWith("<")) {
            mouse(numbers(body.substring(1)), last == 'M');
        } else if (last == '~' && body.equals("200")) {
            pasting = true;
        } else if (last == 'u') {
            kitty(body).ifPresent(this::press);
        } else if (body.isEmpty() || Character.isDigit(body.charAt(0))) {
            int[] numbers = numbers(body);
            named(last, numbers[0], numbers[1]).ifPresent(this::press);
        }
        return length;
    }

    /**
     * A key as kitty's protocol tells it: {@code code:shifted:base;modifiers:event;text}, where a
     * terminal leaves out what is not asked for.
     *
     * <p>Source: kitty, "Comprehensive keyboard handling in terminals".
     */
    private static Optional<Key> kitty(String body) {
        String[] fields = body.split(";", -1);
        int[] codes = numbers(fields[0].replace(':', ';'));
        int[] held = fields.length > 1 ? numbers(fields[1].replace(':', ';')) : new int[3];
        int bits = Math.max(0, held[0] - 1);
        boolean ctrl = (bits & 4) != 0;
        boolean alt = (bits & 2) != 0;
        boolean shift = (bits & 1) != 0;
        if (held[1] == KITTY_RELEASE) {
            return Optional.empty();
        }
        Name name =
                switch (codes[0]) {
                    case 27 -> Name.ESCAPE;
                    case 13 -> Name.ENTER;
                    case 9 -> shift ? Name.BACK_TAB : Name.TAB;
                    case 127 -> Name.BACKSPACE;
                    default -> Name.CHAR;
                };
        if (name != Name.CHAR) {
            return Optional.of(new Key(name, "", ctrl, alt));
        }
        // With another alphabet the key's place on the keyboard says what Ctrl means.
        int code = codes[0] > 127 && codes[2] > 0 && (ctrl || alt) ? codes[2] : codes[0];
        boolean letter = code >= ' ' && (code < KITTY_KEYS || code > KITTY_KEYS_END);
        if (!letter) {
            return Optional.empty();
        }
        String text = Character.toString(shift && codes[1] > 0 ? codes[1] : code);
        return Optional.of(new Key(Name.CHAR, text, ctrl, alt));
    }

    /** The first three numbers; 0 for one that is missing or too large. */
    private static int[] numbers(String body) {
        int[] numbers = new int[3];
        String[] parts = body.split(";", -1);
        for (int i = 0; i < Math.min(3, parts.length); i++) {
            String part = parts[i];
            if (!part.isEmpty() && part.length() < 6 && part.chars().allMatch(Character::isDigit)) {
                numbers[i] = Integer.parseInt(part);
            }
        }
        return numbers;
    }

    private void mouse(int[] numbers, boolean pressed) {
        int button = numbers[0] & ~0x1c;
        int column = numbers[1] - 1;
        int row = numbers[2] - 1;
        if (column < 0 || row < 0) {
            return;
        }
        if (!pressed) {
            if (button == 0) {
                out.accept(new Msg.Released());
            }
            return;
        }
        switch (button) {
            case 32 -> out.accept(new Msg.Dragged(column, row));
            case 0 -> out.accept(new Msg.Clicked(column, row));
            case 64 -> out.accept(new Msg.Wheeled(column, row, -1));
            case 65 -> out.accept(new Msg.Wheeled(column, row, 1));
            default -> {}
        }
    }

    private static Optional<Key> named(char last, int number, int modifiers) {
        Name name =
                switch (last) {
                    case 'A' -> Name.UP;
                    case 'B' -> Name.DOWN;
                    case 'C' -> Name.RIGHT;
                    case 'D' -> Name.LEFT;
                    case 'H' -> Name.HOME;
                    case 'F' -> Name.END;
                    case 'Z' -> Name.BACK_TAB;
                    case 'M' -> Name.ENTER;
                    case 'P', 'Q', 'R', 'S' -> Name.FUNCTION;
                    case '~' -> tilde(number);
                    default -> null;
                };
        if (name == null || modifiers > MOST_MODIFIERS) {
            return Optional.empty();
        }
        int bits = Math.max(0, modifiers - 1);
        return Optional.of(new Key(name, "", (bits & 4) != 0, (bits & 2) != 0));
    }

    private static Name tilde(int number) {
        return switch (number) {
            case 1, 7 -> Name.HOME;
            case 2 -> Name.INSERT;
            case 3 -> Name.DELETE;
            case 4, 8 -> Name.END;
            case 5 -> Name.PAGE_UP;
            case 6 -> Name.PAGE_DOWN;
            default -> Name.FUNCTION;
        };
    }
}
