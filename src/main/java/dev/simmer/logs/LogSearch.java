package dev.simmer.logs;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.PatternSyntaxException;

/** What to look for in a log. */
@SuppressWarnings("UnusedVariable")
public final class LogSearch {
    private LogSearch(String query) {}

    /** What a search came to. */
    public sealed interface Result {
        /**
         * A line matches.
         *
         * @param offset of the line's first byte
         */
        record Found(long offset) implements Result {}

        /** No line matches, up to the end that the search ran to. */
        record NotFound() implements Result {}

        /**
         * The search was cancelled.
         *
         * @param offset from which it can go on
         */
        record Cancelled(long offset) implements Result {}
    }

    /**
     * A match within a line's text.
     *
     * @param start index of its first char
     * @param end index after its last char
     */
    public record Match(int start, int end) {}

    /** Text as it is; a query without capital letters matches both cases. */
    public static LogSearch literal(String query) {
        return new LogSearch(query);
    }

    /**
     * A regular expression of java.util.regex; one without capital letters matches both cases.
     *
     * @throws PatternSyntaxException when it is none
     */
    public static LogSearch regex(String pattern) {
        return new LogSearch(pattern);
    }

    /** The first line that matches and starts at or after an offset, which is a line's start. */
    public Result forward(LogFile file, long from, BooleanSupplier cancelled) throws IOException {
        return new Result.NotFound();
    }

    /** The last line that matches and starts before an offset. */
    public Result backward(LogFile file, long before, BooleanSupplier cancelled)
            throws IOException {
        return new Result.NotFound();
    }

    /** Where a line's text matches, in order, without overlap: for highlighting. */
    public List<Match> matches(String text) {
        return List.of();
    }
}
