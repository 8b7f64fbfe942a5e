package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Looks for bytes in many lines at once, and decodes only a line that holds them.
 *
 * <p>The bytes become a string of one letter each, since the JVM searches such a string with vector
 * instructions. Escapes are taken out before, where there are any, and letters of ASCII are made
 * small where case does not matter. A line found so is decoded to see whether its text as shown
 * holds the query too.
 */
final class LiteralMatcher implements LogSearch.LineMatcher {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private static final byte ESCAPE = 0x1b;

    private final String needle;
    private final boolean anyCase;
    private final GuardedPattern pattern;
    private final int capacity;
    private byte[] scratch = new byte[0];

    /**
     * @param query not empty
     * @param anyCase whether the case of ASCII letters does not matter; the query has no capitals
     * @param pattern the same query, for text
     * @param capacity bytes of the largest range that is looked through
     */
    LiteralMatcher(String query, boolean anyCase, GuardedPattern pattern, int capacity) {
        String same = anyCase ? query.toLowerCase(Locale.ROOT) : query;
        this.needle = new String(same.getBytes(UTF_8), ISO_8859_1);
        this.anyCase = anyCase;
        this.pattern = pattern;
        this.capacity = capacity;
    }

    @Override
    public GuardedPattern pattern() {
        return pattern;
    }

    @Override
    public int overlap() {
        return Math.min(capacity / 2, needle.length() + 1024);
    }

    @Override
    public boolean inPiece(byte[] bytes, int count, boolean first) {
        return searchable(bytes, 0, count).contains(needle);
    }

    @Override
    public int find(byte[] bytes, int from, int to, boolean forward) {
        String text = searchable(bytes, from, to);
        int hit = text.indexOf(needle);
        if (hit >= 0 && !forward) {
            hit = text.lastIndexOf(needle);
        }
        while (hit >= 0) {
            // Escapes hold no line feed, so the lines before the hit are as many in both.
            int lineInText = text.lastIndexOf('\n', hit) + 1;
            int start = from + lineInText;
            if (text.length() != to - from) {
                int before = Newlines.count(latin(text, lineInText), 0, lineInText);
                start = before == 0 ? from : Newlines.nth(bytes, from, to, before - 1) + 1;
            }
            int lineBreak = Newlines.first(bytes, start, to);
            int end = lineBreak < 0 ? to : lineBreak;
            if (end - start > LogFile.MAX_LINE
                    || pattern.find(TerminalText.line(bytes, start, end).text())) {
                return start;
            }
            if (forward) {
                int next = text.indexOf('\n', hit);
                hit = next < 0 ? -1 : text.indexOf(needle, next + 1);
            } else {
                hit = lineInText == 0 ? -1 : text.lastIndexOf(needle, lineInText - 1);
            }
        }
        return -1;
    }

    private static byte[] latin(String text, int count) {
        return text.substring(0, count).getBytes(ISO_8859_1);
    }

    /** The bytes of a range as letters, without escapes, and small where that does not matter. */
    private String searchable(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, ISO_8859_1);
        int escape = raw.indexOf(ESCAPE);
        if (escape < 0 && !anyCase) {
            return raw;
        }
        if (scratch.length == 0) {
            scratch = new byte[capacity];
        }
        int count = to - from;
        if (escape < 0) {
            lower(bytes, from, scratch, count);
        } else {
            count = strip(raw, bytes, from, to, escape);
            if (anyCase) {
                lower(scratch, 0, scratch, count);
            }
        }
        return new String(scratch, 0, count, ISO_8859_1);
    }

    /** Copies a range without its escapes; answers how many bytes are left. */
    private int strip(String raw, byte[] bytes, int from, int to, int firstEscape) {
        int count = 0;
        int copied = from;
        int escape = firstEscape;
        while (escape >= 0) {
            int at = from + escape;
            System.arraycopy(bytes, copied, scratch, count, at - copied);
            count += at - copied;
            copied = afterEscape(bytes, at + 1, to);
            escape = raw.indexOf(ESCAPE, copied - from);
        }
        System.arraycopy(bytes, copied, scratch, count, to - copied);
        return count + to - copied;
    }

    private static int afterEscape(byte[] bytes, int from, int to) {
        int i = from;
        if (i < to && isString(bytes[i])) {
            while (i < to && bytes[i] != 0x07 && bytes[i] != ESCAPE && bytes[i] != '\n') {
                i++;
            }
            if (i < to && bytes[i] == 0x07) {
                return i + 1;
            }
            return i + 1 < to && bytes[i] == ESCAPE && bytes[i + 1] == '\\' ? i + 2 : i;
        }
        int last = 0x2f;
        if (i < to && bytes[i] == '[') {
            i++;
            last = 0x3f;
        }
        while (i < to && bytes[i] >= 0x20 && bytes[i] <= last) {
            i++;
        }
        return i < to && bytes[i] > last && bytes[i] < 0x7f ? i + 1 : i;
    }

    private static boolean isString(byte b) {
        return b == ']' || b == 'P' || b == 'X' || b == '^' || b == '_';
    }

    /** Copies bytes with the letters A to Z made small, eight at a time. */
    static void lower(byte[] from, int start, byte[] to, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long word = (long) LONGS.get(from, start + i);
            long seven = word & ~HIGHS;
            // The high bit is set where the byte is at least A, and where it is above Z.
            long fromA = seven + (0x80 - 'A') * ONES;
            long aboveZ = seven + (0x80 - 'Z' - 1) * ONES;
            long capitals = fromA & ~aboveZ & ~word & HIGHS;
            LONGS.set(to, i, word | capitals >>> 2);
        }
        for (; i < count; i++) {
            byte b = from[start + i];
            to[i] = b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
        }
    }
}
