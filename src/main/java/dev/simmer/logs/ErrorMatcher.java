package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds lines that tell of an error: bytes that such a line may hold are looked for in many lines
 * at once, and only a line that holds some is decoded and judged by {@link ErrorLines}.
 *
 * <p>All signs are looked for in one pass: the low five bits of three bytes, in which small letters
 * and capitals are the same, are the index of a table that says which signs may begin there.
 */
final class ErrorMatcher implements LogSearch.LineMatcher {
    /** Each line that {@link ErrorLines} takes for one holds one of these, in any case. */
    private static final List<String> SIGNS =
            List.of(
                    "err",
                    "exception",
                    "fail",
                    "fatal",
                    "panic",
                    "traceback",
                    "core dumped",
                    "segmentation fault",
                    "not found",
                    "no such file",
                    "permission denied",
                    "unhandled",
                    "not ok",
                    "crit",
                    "severe",
                    "emerg",
                    "alert",
                    "✗",
                    "✘",
                    "✖",
                    "❌",
                    // Red, in all ways in which it is asked for.
                    "31m",
                    "91m",
                    "31;",
                    "91;",
                    "5;1m",
                    "5;9m",
                    "160m",
                    "196m",
                    "8;2;",
                    "38:",
                    "31:",
                    "91:");

    private static final int MASK = (1 << 15) - 1;

    /** Which signs begin with three bytes. */
    private static final byte[][][] BEGINNING = beginning();

    /** Whether any does: smaller, and so nearer to the processor. */
    private static final boolean[] ANY = any();

    private static byte[][][] beginning() {
        List<List<byte[]>> lists =
                Stream.generate(() -> (List<byte[]>) new ArrayList<byte[]>())
                        .limit(MASK + 1)
                        .toList();
        for (String sign : SIGNS) {
            byte[] bytes = sign.getBytes(UTF_8);
            int index = next(next(next(0, bytes[0]), bytes[1]), bytes[2]);
            lists.get(index).add(bytes);
        }
        return lists.stream().map(list -> list.toArray(byte[][]::new)).toArray(byte[][][]::new);
    }

    private static boolean[] any() {
        boolean[] any = new boolean[MASK + 1];
        for (int i = 0; i <= MASK; i++) {
            any[i] = BEGINNING[i].length > 0;
        }
        return any;
    }

    private static int next(int index, byte b) {
        return (index << 5 | (b & 31)) & MASK;
    }

    @Override
    public int find(byte[] bytes, int from, int to, boolean forward) {
        int last = -1;
        int at = from;
        while (at < to) {
            int sign = sign(bytes, at, to);
            if (sign < 0) {
                return last;
            }
            int start = Math.max(at, Newlines.last(bytes, at, sign) + 1);
            int lineBreak = Newlines.first(bytes, sign, to);
            int end = lineBreak < 0 ? to : lineBreak;
            int cut = Math.min(end, start + LogFile.MAX_LINE);
            if (ErrorLines.is(TerminalText.line(bytes, start, cut))) {
                if (forward) {
                    return start;
                }
                last = start;
            }
            at = end + 1;
        }
        return last;
    }

    /** Where the first sign stands from an index on; -1 for nowhere. */
    private static int sign(byte[] bytes, int from, int to) {
        int index = 0;
        for (int i = from; i < to; i++) {
            index = (index << 5 | (bytes[i] & 31)) & MASK;
            if (ANY[index] && i >= from + 2 && begins(bytes, i - 2, to, BEGINNING[index])) {
                return i - 2;
            }
        }
        return -1;
    }

    private static boolean begins(byte[] bytes, int at, int to, byte[][] signs) {
        for (byte[] sign : signs) {
            int i = 0;
            while (i < sign.length && at + i < to && same(bytes[at + i], sign[i])) {
                i++;
            }
            if (i == sign.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(byte b, byte small) {
        return b == small || (b >= 'A' && b <= 'Z' && (b | 0x20) == small);
    }

    @Override
    public boolean inPiece(byte[] bytes, int count, boolean first) {
        int cut = Math.min(count, LogFile.MAX_LINE);
        return first && ErrorLines.is(TerminalText.line(bytes, 0, cut));
    }

    @Override
    public int overlap() {
        return 0;
    }

    @Override
    public GuardedPattern pattern() {
        return GuardedPattern.NOTHING;
    }
}
