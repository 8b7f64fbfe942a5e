package dev.simmer.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What to look for in a log, and the looking.
 *
 * <p>A line matches when its text as shown does, that is without escapes and as its last carriage
 * return left it; of a line longer than {@link LogFile#MAX_LINE} a literal query looks at all bytes
 * and a regular expression at the part that is decoded. The file is read in pieces of 256 KiB, and
 * between two of them the search can be cancelled.
 *
 * <p>A regular expression has 4 million steps for a line; a line on which it needs more, or on
 * which it runs out of stack, does not match, and after 50 such lines the search is given up.
 *
 * <p>The object is for one thread at a time, the same as the file's.
 */
public final class LogSearch {
    private static final int CHUNK = 256 * 1024;
    private static final int MAX_MATCHES = 1000;

    /** Steps for a line that is on the screen, so that drawing does not wait. */
    private static final int SHOWN_STEPS = 50_000;

    private final LineMatcher matcher;

    /** Made when a file is read: on the screen only lines are looked at. */
    private byte[] chunk = new byte[0];

    private LogSearch(LineMatcher matcher) {
        this.matcher = matcher;
    }

    /** What a search came to. */
    public sealed interface Result {
        /**
         * A line matches.
         *
         * @param offset of the line's first byte
         */
        record Found(long offset) implements Result {}

        /** No line matches, up to the end of the file as it was when the search began. */
        record NotFound() implements Result {}

        /**
         * The search was cancelled.
         *
         * @param offset with which the same call goes on
         */
        record Cancelled(long offset) implements Result {}

        /**
         * The expression takes too long on too many lines.
         *
         * @param offset up to which, or from which on, nothing was found
         */
        record TooHard(long offset) implements Result {}
    }

    /**
     * Lines that match, in order.
     *
     * @param offsets of their first bytes
     * @param more whether there are, or may be, others after them
     */
    public record Hits(List<Long> offsets, boolean more) {
        public Hits {
            offsets = List.copyOf(offsets);
        }
    }

    /**
     * A match within a line's text.
     *
     * @param start index of its first char
     * @param end index after its last char
     */
    public record Match(int start, int end) {}

    /** What a line must hold. */
    sealed interface LineMatcher permits LiteralMatcher, PatternMatcher, ErrorMatcher {
        /**
         * Looks through whole lines.
         *
         * @param forward whether the first line is wanted that matches, or the last one
         * @return index of its first byte, -1 where there is none
         */
        int find(byte[] bytes, int from, int to, boolean forward);

        /**
         * Looks through a piece of a line that is longer than a chunk.
         *
         * @param first whether it is the line's beginning
         */
        boolean inPiece(byte[] bytes, int count, boolean first);

        /** How many bytes of a piece the next one repeats. */
        int overlap();

        GuardedPattern pattern();
    }

    /**
     * Text as it is; a query without capital letters matches both cases.
     *
     * @param query matches nothing when it is empty
     */
    public static LogSearch literal(String query) {
        boolean anyCase = query.equals(query.toLowerCase(java.util.Locale.ROOT));
        int flags = anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        GuardedPattern pattern =
                new GuardedPattern(Pattern.compile(query, Pattern.LITERAL | flags));
        // Bytes can be compared without regard to case only where that is a matter of ASCII.
        boolean byBytes =
                !anyCase
                        || query.codePoints()
                                .allMatch(c -> c < 0x80 || Character.toUpperCase(c) == c);
        return new LogSearch(
                byBytes && !query.isEmpty()
                        ? new LiteralMatcher(query, anyCase, pattern, CHUNK)
                        : new PatternMatcher(pattern, !query.isEmpty()));
    }

    /**
     * A regular expression of {@link Pattern}; one without capital letters matches both cases.
     *
     * @throws PatternSyntaxException when it is none
     */
    public static LogSearch regex(String expression) {
        int flags = hasCapital(expression) ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        GuardedPattern pattern = new GuardedPattern(Pattern.compile(expression, flags));
        return new LogSearch(new PatternMatcher(pattern, true));
    }

    /** Lines that tell of an error, see {@link ErrorLines}. */
    public static LogSearch errors() {
        return new LogSearch(new ErrorMatcher());
    }

    /** Whether a line was too hard for the expression since this search was made. */
    public boolean brokenOff() {
        return matcher.pattern().brokenOff() > 0;
    }

    private boolean tooHard() {
        return matcher.pattern().isTooHard();
    }

    /** Whether an expression has a capital letter that stands for itself. */
    private static boolean hasCapital(String expression) {
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                i++;
                int close = expression.indexOf('}', i);
                if (expression.startsWith("{", i + 1) && close > 0) {
                    i = close;
                }
            } else if (Character.isUpperCase(c)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The first line that matches and starts at or after an offset.
     *
     * @param from a line's start
     * @param cancelled asked between two pieces of the file
     */
    public Result forward(LogFile file, long from, BooleanSupplier cancelled) throws IOException {
        long size = ready(file);
        long at = Math.max(file.gone(), from);
        while (at < size) {
            if (cancelled.getAsBoolean()) {
                return new Result.Cancelled(at);
            }
            if (tooHard()) {
                return new Result.TooHard(at);
            }
            int got = file.read(at, chunk, (int) Math.min(CHUNK, size - at));
            boolean atEnd = got < CHUNK || at + got >= size;
            int lines = atEnd ? got : Newlines.last(chunk, 0, got) + 1;
            if (lines > 0) {
                int found = matcher.find(chunk, 0, lines, true);
                if (found >= 0) {
                    return new Result.Found(at + found);
                }
                at += lines;
            } else if (got > 0) {
                Piece piece = longLine(file, at, size, cancelled);
                if (piece.found()) {
                    return new Result.Found(at);
                }
                if (piece.cancelled()) {
                    return new Result.Cancelled(at);
                }
                at = piece.end();
            } else {
                break;
            }
        }
        return tooHard() ? new Result.TooHard(size) : new Result.NotFound();
    }

    /**
     * The last line that matches and starts before an offset.
     *
     * @param before the file's size or more: all lines
     * @param cancelled asked between two pieces of the file
     */
    public Result backward(LogFile file, long before, BooleanSupplier cancelled)
            throws IOException {
        long size = ready(file);
        long end = before >= size ? size : before <= 0 ? 0 : file.lineEnd(before - 1);
        long first = file.gone();
        while (end > first) {
            if (cancelled.getAsBoolean()) {
                return new Result.Cancelled(end);
            }
            if (tooHard()) {
                return new Result.TooHard(end);
            }
            long start = Math.max(first, end - CHUNK);
            int got = file.read(start, chunk, (int) (end - start));
            int lines = start == first ? 0 : Newlines.first(chunk, 0, Math.max(0, got - 1)) + 1;
            if (start == first || lines > 0) {
                int found = matcher.find(chunk, lines, got, false);
                if (found >= 0) {
                    return new Result.Found(start + found);
                }
                end = start + lines;
                continue;
            }
            long line = startOfLong(file, start, cancelled);
            if (line < 0) {
                return new Result.Cancelled(end);
            }
            Piece piece = longLine(file, line, end, cancelled);
            if (piece.found()) {
                return new Result.Found(line);
            }
            if (piece.cancelled()) {
                return new Result.Cancelled(end);
            }
            end = line;
        }
        return tooHard() ? new Result.TooHard(first) : new Result.NotFound();
    }

    /**
     * The first lines that match, as many as are asked for at most.
     *
     * @param maxLines how many
     * @param maxBytes how much of the file is looked through
     * @param cancelled asked between two pieces of the file
     */
    public Hits hits(LogFile file, int maxLines, long maxBytes, BooleanSupplier cancelled)
            throws IOException {
        List<Long> offsets = new ArrayList<>();
        long size = ready(file);
        long at = file.gone();
        long stop = at > size - maxBytes ? size : at + maxBytes;
        while (at < stop && offsets.size() < maxLines) {
            int got = file.read(at, chunk, (int) Math.min(CHUNK, size - at));
            int lines = at + got >= size ? got : Newlines.last(chunk, 0, got) + 1;
            if (cancelled.getAsBoolean() || tooHard() || got == 0) {
                return new Hits(offsets, true);
            }
            if (lines > 0) {
                hits(at, lines, maxLines, offsets);
                at += lines;
            } else {
                Piece piece = longLine(file, at, size, cancelled);
                if (piece.found()) {
                    offsets.add(at);
                }
                at = piece.found() ? file.lineEnd(at) : piece.end();
            }
        }
        return new Hits(offsets, at < size || tooHard());
    }

    private void hits(long at, int to, int maxLines, List<Long> offsets) {
        int from = 0;
        while (from < to && offsets.size() < maxLines) {
            int found = matcher.find(chunk, from, to, true);
            if (found < 0) {
                return;
            }
            offsets.add(at + found);
            int lineBreak = Newlines.first(chunk, found, to);
            from = lineBreak < 0 ? to : lineBreak + 1;
        }
    }

    private long ready(LogFile file) throws IOException {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        return file.refresh();
    }

    private record Piece(boolean found, boolean cancelled, long end) {}

    /** Looks through one line of any length. */
    private Piece longLine(LogFile file, long start, long limit, BooleanSupplier cancelled)
            throws IOException {
        long at = start;
        while (at < limit) {
            if (cancelled.getAsBoolean()) {
                return new Piece(false, true, at);
            }
            int got = file.read(at, chunk, (int) Math.min(CHUNK, limit - at));
            int lineBreak = Newlines.first(chunk, 0, got);
            int count = lineBreak < 0 ? got : lineBreak;
            if (matcher.inPiece(chunk, count, at == start)) {
                return new Piece(true, false, at);
            }
            if (lineBreak >= 0) {
                return new Piece(false, false, at + lineBreak + 1);
            }
            if (got < CHUNK) {
                break;
            }
            at += got - matcher.overlap();
        }
        return new Piece(false, false, limit);
    }

    /** Start of the line that reaches back beyond an offset; -1 when cancelled. */
    private long startOfLong(LogFile file, long offset, BooleanSupplier cancelled)
            throws IOException {
        long at = offset;
        while (at > file.gone()) {
            if (cancelled.getAsBoolean()) {
                return -1;
            }
            int want = (int) Math.min(CHUNK, at - file.gone());
            int got = file.read(at - want, chunk, want);
            int lineBreak = Newlines.last(chunk, 0, got);
            at -= want;
            if (lineBreak >= 0) {
                return at + lineBreak + 1;
            }
        }
        return file.gone();
    }

    /**
     * Where a line's text matches, in order, without overlap: for highlighting. At most the first
     * 1,000, and none that is empty.
     */
    public List<Match> matches(String text) {
        List<Match> matches = new ArrayList<>();
        matcher.pattern()
                .each(
                        text,
                        MAX_MATCHES,
                        SHOWN_STEPS,
                        (start, end) -> matches.add(new Match(start, end)));
        return matches;
    }
}
