package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds lines that tell of an error: bytes that such a line may hold are looked for in many lines
 * at once, and only a line that holds some is decoded and judged by {@link ErrorLines}.
 */
final class ErrorMatcher implements LogSearch.LineMatcher {
    /** Each line that {@link ErrorLines} takes for one holds one of these, in small letters. */
    private static final List<String> WORDS =
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
                    "alert");

    /** The same where there are letters beyond ASCII. */
    private static final List<String> CROSSES = latin("✗", "✘", "✖", "❌");

    /** The same where there are escapes: the reds. */
    private static final List<String> REDS =
            List.of("31m", "91m", "31;", "91;", "5;1m", "5;9m", "160m", "196m", "8;2;", "8:");

    private final byte[] scratch;
    private final List<String> signs = new ArrayList<>();
    private final int[] next = new int[WORDS.size() + CROSSES.size() + REDS.size()];

    /**
     * @param capacity bytes of the largest range that is looked through
     */
    ErrorMatcher(int capacity) {
        scratch = new byte[capacity];
    }

    private static List<String> latin(String... signs) {
        return Stream.of(signs).map(sign -> new String(sign.getBytes(UTF_8), ISO_8859_1)).toList();
    }

    @Override
    public int find(byte[] bytes, int from, int to, boolean forward) {
        LiteralMatcher.lower(bytes, from, scratch, to - from);
        String text = new String(scratch, 0, to - from, ISO_8859_1);
        signs.clear();
        signs.addAll(WORDS);
        if (text.indexOf(CROSSES.getFirst().charAt(0)) >= 0) {
            signs.addAll(CROSSES);
        }
        if (text.indexOf('\u001b') >= 0) {
            signs.addAll(REDS);
        }
        Arrays.fill(next, -1);
        int last = -1;
        int at = 0;
        while (true) {
            int sign = nextSign(text, at);
            if (sign < 0) {
                return last;
            }
            int start = Math.max(at, text.lastIndexOf('\n', sign) + 1);
            int lineBreak = text.indexOf('\n', sign);
            int end = lineBreak < 0 ? text.length() : lineBreak;
            int cut = Math.min(end, start + LogFile.MAX_LINE);
            if (ErrorLines.is(TerminalText.line(bytes, from + start, from + cut))) {
                if (forward) {
                    return from + start;
                }
                last = from + start;
            }
            at = end + 1;
            if (at >= text.length()) {
                return last;
            }
        }
    }

    /** Where the first sign stands from an index on; -1 for nowhere. */
    private int nextSign(String text, int from) {
        int first = Integer.MAX_VALUE;
        for (int i = 0; i < signs.size(); i++) {
            if (next[i] < from) {
                int found = text.indexOf(signs.get(i), from);
                next[i] = found < 0 ? Integer.MAX_VALUE : found;
            }
            first = Math.min(first, next[i]);
        }
        return first == Integer.MAX_VALUE ? -1 : first;
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
