package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Text that Simmer did not write (logs, names, the words of agents), made safe to print: the one
 * way for such text to a terminal.
 *
 * <p>What comes out holds letters and spaces only, and what a terminal's row would show after it:
 *
 * <ul>
 *   <li>Bytes are UTF-8; what is none becomes U+FFFD.
 *   <li>Bold, dim, italic, underline, inverse and colours (16, 256 and 24 bits, by semicolons and
 *       by colons) are kept as runs. A line starts plain: what the line before has set does not go
 *       on, since a reader may start anywhere in a file.
 *   <li>Carriage return, backspace, tab (8 columns), moves and erasures within the row do what they
 *       do on a terminal without a right edge, so that a progress bar shows its last state.
 *   <li>Every other control sequence is removed with all its parameters, in 7- and 8-bit form, and
 *       so is every control character. A command string (OSC, DCS, APC, PM, SOS) without an end
 *       takes the rest of the line when it starts with an escape; an 8-bit start without an end may
 *       be any letter of an old character set, so only itself is removed.
 *   <li>Marks of direction and invisible letters are removed, but for the joiners and selectors
 *       within emoji; line breaks of all kinds become a space; a letter has at most 15 marks.
 * </ul>
 *
 * <p>A line of a log may move within its row; a name or a message may not, see {@link #plain}.
 *
 * <p>For any thread. Plain ASCII is copied once and nothing else is allocated.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">
 *     ECMA-48</a>
 */
public final class TerminalText {
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_VALUE = 100_000;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int ESCAPE = 0x1b;
    private static final int C1_CSI = 0x9b;
    private static final int STRING_TERMINATOR = 0x9c;

    private final byte[] bytes;
    private final int to;
    private int at;
    private final Row row;
    private final SgrState sgr = new SgrState();

    private final int[] values = new int[MAX_PARAMETERS];
    private final boolean[] sub = new boolean[MAX_PARAMETERS];
    private int parameters;

    /** Set when a search has found no end of a command string in the rest of the line. */
    private boolean noTerminatorAhead;

    private TerminalText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
        this.row = new Row(to - from);
    }

    /**
     * A line of a log.
     *
     * @param bytes that hold it
     * @param from index of its first byte
     * @param to index after its last byte; the line break may be within or not
     */
    public static StyledLine line(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        int start = from;
        while (start < end && bytes[start] == 0) {
            start++;
        }
        if (start == end) {
            return StyledLine.EMPTY;
        }
        if (isPlain(bytes, start, end)) {
            return new StyledLine(new String(bytes, start, end - start, ISO_8859_1), List.of());
        }
        return new TerminalText(bytes, start, end).run();
    }

    /** The same for text that is decoded already. */
    public static StyledLine line(String text) {
        int length = text.length();
        boolean plain = true;
        boolean surrogates = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            plain &= c >= 0x20 && c <= 0x7e;
            surrogates |= Character.isSurrogate(c);
        }
        if (plain) {
            return length == 0 ? StyledLine.EMPTY : new StyledLine(text, List.of());
        }
        byte[] utf8 = (surrogates ? wholePairs(text) : text).getBytes(UTF_8);
        return line(utf8, 0, utf8.length);
    }

    /**
     * For names and messages, which are to stand on one line, every letter of them: nothing in such
     * a text moves or erases what stands before it, as it does in a log. Line breaks and tabs
     * become a space, colours are left out, and the escape of any other control sequence is shown
     * as ␛, so that whoever wanted to hide something has shown it.
     */
    public static String plain(String text) {
        return line(text.chars().anyMatch(TerminalText::acts) ? inert(text) : text).text();
    }

    private static boolean acts(int c) {
        return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
    }

    private static String inert(String text) {
        StringBuilder inert = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!acts(c)) {
                inert.append(c);
            } else if (c == ESCAPE || c == C1_CSI) {
                int colour = colourEnd(text, i);
                if (colour < 0) {
                    inert.append(c == ESCAPE ? "␛" : "␛[");
                } else {
                    i = colour;
                }
            } else if (Character.isWhitespace(c) || c == 0x85) {
                inert.append(' ');
            }
        }
        return inert.toString();
    }

    /** Index of the last char of the colour sequence that begins there; -1 where none does. */
    private static int colourEnd(String text, int from) {
        boolean short7 = text.startsWith("[", from + 1) && text.charAt(from) == ESCAPE;
        int i = from + (short7 ? 2 : 1);
        if (!short7 && text.charAt(from) == ESCAPE) {
            return -1;
        }
        while (i < text.length() && "0123456789;:".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i < text.length() && text.charAt(i) == 'm' ? i : -1;
    }

    private static String wholePairs(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        return asciiEnd(bytes, from, to) == to;
    }

    /** Index of the first byte that is not printable ASCII. */
    private static int asciiEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - 8; i += 8) {
            long word = (long) LONGS.get(bytes, i);
            // A high bit is set in each byte above 0x7e, and in each below 0x20 (Mycroft's test;
            // a borrow can only come from a byte that is itself below 0x20).
            long high = word | (word + 0x0101010101010101L);
            long low = (word - 0x2020202020202020L) & ~word;
            if (((high | low) & 0x8080808080808080L) != 0) {
                break;
            }
        }
        while (i < to && bytes[i] >= 0x20 && bytes[i] != 0x7f) {
            i++;
        }
        return i;
    }

    private StyledLine run() {
        while (at < to) {
            int b = bytes[at];
            if (b >= 0x20 && b != 0x7f) {
                int end = asciiEnd(bytes, at, to);
                row.ascii(bytes, at, end, sgr.style());
                at = end;
            } else if (b >= 0) {
                at++;
                control(b);
            } else {
                decoded(decode());
            }
        }
        return row.line();
    }

    private void decoded(int codePoint) {
        if (codePoint >= 0xa0) {
            if (codePoint == 0x2028 || codePoint == 0x2029) {
                row.print(' ', sgr.style());
            } else {
                row.print(codePoint, sgr.style());
            }
            return;
        }
        switch (codePoint) {
            case C1_CSI -> csi();
            case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> commandString(false);
            case 0x85 -> row.print(' ', sgr.style());
            default -> {}
        }
    }

    /**
     * The code point at the cursor, which is not ASCII; moves behind it. A byte 0x80 to 0x9f that
     * belongs to no letter stands for the control of that number, any other such byte or beginning
     * of a letter for U+FFFD.
     */
    private int decode() {
        int first = bytes[at++] & 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return first < 0xa0 ? first : 0xfffd;
        }
        int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        int codePoint = first & (0x3f >> more);
        for (int i = 0; i < more; i++) {
            if (at == to || !continues(first, i, bytes[at] & 0xff)) {
                return 0xfffd;
            }
            codePoint = (codePoint << 6) | (bytes[at++] & 0x3f);
        }
        return codePoint;
    }

    /** Whether a byte may follow as the given one of a letter (Unicode 16.0, table 3-7). */
    private static boolean continues(int first, int index, int b) {
        int low = 0x80;
        int high = 0xbf;
        if (index == 0) {
            switch (first) {
                case 0xe0 -> low = 0xa0;
                case 0xed -> high = 0x9f;
                case 0xf0 -> low = 0x90;
                case 0xf4 -> high = 0x8f;
                default -> {}
            }
        }
        return b >= low && b <= high;
    }

    private void control(int c) {
        switch (c) {
            case '\r' -> row.moveTo(0);
            case '\b' -> row.moveTo(row.column() - 1);
            case '\t' -> row.tab();
            case '\n', 0x0b, 0x0c -> row.print(' ', sgr.style());
            case ESCAPE -> escape();
            default -> {}
        }
    }

    private void escape() {
        while (at < to && bytes[at] >= 0x20 && bytes[at] <= 0x2f) {
            at++;
        }
        if (at == to) {
            return;
        }
        boolean select = bytes[at - 1] != ESCAPE;
        int b = bytes[at];
        if (b < 0x30 || b == 0x7f) {
            return;
        }
        at++;
        if (select) {
            return;
        }
        switch (b) {
            case '[' -> csi();
            case ']', 'P', 'X', '^', '_' -> commandString(true);
            default -> {}
        }
    }

    /** Passes over a command string up to its end: BEL, ST, or what breaks it off. */
    private void commandString(boolean escaped) {
        int i = at;
        while (!noTerminatorAhead && i < to) {
            int b = bytes[i];
            if (b == 0x07 || b == 0x18 || b == 0x1a) {
                at = i + 1;
                return;
            }
            if (b == ESCAPE) {
                at = i + 1 < to && bytes[i + 1] == '\\' ? i + 2 : i;
                return;
            }
            if (b >= 0) {
                i++;
                continue;
            }
            int keep = at;
            at = i;
            int codePoint = decode();
            i = at;
            if (codePoint == STRING_TERMINATOR) {
                return;
            }
            at = keep;
        }
        noTerminatorAhead = true;
        if (escaped) {
            at = to;
        }
    }

    private void csi() {
        parameters = 0;
        boolean isPrivate = false;
        boolean between = false;
        int value = -1;
        boolean any = false;
        boolean colon = false;
        while (at < to) {
            int b = bytes[at];
            if (b >= '0' && b <= '9') {
                value = Math.min(MAX_VALUE, Math.max(0, value) * 10 + b - '0');
                any = true;
            } else if (b == ';' || b == ':') {
                parameter(value, colon);
                value = -1;
                colon = b == ':';
                any = true;
            } else if (b >= 0x3c && b <= 0x3f) {
                isPrivate = true;
            } else if (b >= 0x20 && b <= 0x2f) {
                between = true;
            } else if (b >= 0x40 && b <= 0x7e) {
                at++;
                if (any) {
                    parameter(value, colon);
                }
                if (!isPrivate && !between) {
                    execute(b);
                }
                return;
            } else if (b == 0x18 || b == 0x1a) {
                at++;
                return;
            } else if (b < 0 || b == ESCAPE) {
                return;
            }
            at++;
        }
    }

    private void parameter(int value, boolean colon) {
        if (parameters < MAX_PARAMETERS) {
            values[parameters] = value;
            sub[parameters++] = colon;
        }
    }

    /** Does what a control sequence asks for, as far as it stays within the row. */
    private void execute(int last) {
        switch (last) {
            case 'm' -> sgr.apply(values, sub, parameters);
            case 'K', 'J' -> {
                int mode = Math.max(0, value(0, 0));
                if (mode <= 2) {
                    row.erase(mode);
                }
            }
            case 'G', '`' -> row.moveTo(value(0, 1) - 1);
            case 'H', 'f' -> row.moveTo(value(1, 1) - 1);
            case 'C', 'a' -> row.moveTo(row.column() + value(0, 1));
            case 'D' -> row.moveTo(row.column() - value(0, 1));
            case 'X' -> row.erase(row.column(), row.column() + value(0, 1));
            default -> {}
        }
    }

    /** A parameter, or what it means when it is left out; where 1 is meant, so does 0. */
    private int value(int index, int absent) {
        int value = index < parameters ? values[index] : -1;
        return value < absent ? absent : value;
    }
}
