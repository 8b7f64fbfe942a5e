package dev.simmer.logs;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a line of a log tells of an error, as programs of all kinds print them.
 *
 * <p>A word alone decides nothing: {@code 0 errors}, {@code errors.go} and {@code [INFO] error
 * pages} tell of none, {@code error:}, {@code 2 errors} and {@code TypeError: x} do. A level that
 * the line itself states goes before all words. A line that is red from end to end counts too,
 * unless it looks like one of a diff.
 *
 * <p>Pure, for any thread.
 */
public final class ErrorLines {
    /** Nothing after this place of a line is looked at. */
    private static final int LOOKED_AT = 2_000;

    /** Words that a line says only when something went wrong. */
    private static final List<String> PLAIN =
            List.of(
                    "traceback (most recent call last)",
                    "panicked at",
                    "kernel panic",
                    "segmentation fault",
                    "core dumped",
                    "command not found",
                    "no such file or directory",
                    "permission denied",
                    "npm err!",
                    "npm error",
                    "err_pnpm_",
                    "unhandled rejection",
                    "unhandled promise",
                    "build failure");

    private static final String CROSSES = "✗✘✖❌";

    /** Words in front of one that take it back. */
    private static final Set<String> NONE =
            Set.of(
                    "no",
                    "zero",
                    "without",
                    "none",
                    "any",
                    "if",
                    "on",
                    "ignore",
                    "ignoring",
                    "ignored",
                    "non",
                    "not",
                    "never",
                    "expected",
                    "for",
                    "handle",
                    "handles",
                    "handling",
                    "new",
                    "throws",
                    "import",
                    "catch",
                    "or",
                    "nor",
                    "max",
                    "allow");

    /** What stands after {@code error} where it is told of one. */
    private static final Set<String> TELLS =
            Set.of(
                    "in",
                    "while",
                    "at",
                    "on",
                    "occurred",
                    "during",
                    "from",
                    "when",
                    "opening",
                    "reading",
                    "writing",
                    "loading",
                    "parsing",
                    "code",
                    "connecting",
                    "running",
                    "compiling",
                    "building",
                    "executing",
                    "processing",
                    "was",
                    "has",
                    "creating");

    private ErrorLines() {}

    /** Whether the line tells of an error. */
    public static boolean is(StyledLine line) {
        return is(line.text()) || isRed(line);
    }

    /** The same for a text without colours. */
    public static boolean is(String whole) {
        String text = whole.length() > LOOKED_AT ? whole.substring(0, LOOKED_AT) : whole;
        String small = text.toLowerCase(Locale.ROOT);
        if (small.length() != text.length()) {
            small = text;
        }
        return switch (LineLevel.of(text, small)) {
            case BAD -> true;
            case MILD -> small.contains("build failure") || small.contains("build failed");
            case UNSTATED -> inWords(text, small);
        };
    }

    private static boolean inWords(String text, String small) {
        for (String words : PLAIN) {
            if (small.contains(words)) {
                return true;
            }
        }
        return error(text, small)
                || exception(text, small)
                || failed(text, small)
                || word(small, "panic:")
                || fatal(text, small)
                || cross(text)
                || small.stripLeading().startsWith("not ok ");
    }

    /** Whether nothing but stamps, numbers and brackets stands before an index. */
    static boolean onlyMarksBefore(String text, int end) {
        boolean bracket = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            bracket = c == '[' || (bracket && c != ']');
            boolean stamp = c == 'T' || c == 'Z';
            if (letter(c) && !stamp && !bracket) {
                return false;
            }
        }
        return true;
    }

    // Words

    private static boolean error(String text, String small) {
        for (int at = small.indexOf("error"); at >= 0; at = small.indexOf("error", at + 1)) {
            int end = at + 5;
            boolean many = end < small.length() && small.charAt(end) == 's';
            int after = many ? end + 1 : end;
            if (!ends(text, after) || zero(small, after)) {
                continue;
            }
            int count = countBefore(small, at);
            if (count >= 0 || taken(small, at)) {
                if (count > 0) {
                    return true;
                }
                continue;
            }
            if (!begins(text, at)) {
                // TypeError: x, java.lang.OutOfMemoryError
                if (!many && camel(text, at) && colonOrEnd(text, end)) {
                    return true;
                }
                continue;
            }
            if (tells(text, small, at, after)) {
                return true;
            }
        }
        return false;
    }

    private static boolean tells(String text, String small, int at, int after) {
        if (after == text.length()) {
            return at == 0 || text.startsWith("ERROR", at) || precededBy(small, at, "an");
        }
        char next = text.charAt(after);
        if (next == ':' || next == '!' || next == '[' || next == ']' || next == '-') {
            return next != '-' || !letter(charAt(text, after + 1));
        }
        if (next == '(') {
            return true;
        }
        if (next != ' ') {
            return false;
        }
        int from = after + 1;
        String word = small.substring(from, wordEnd(small, from));
        boolean first = onlyMarksBefore(text, at);
        return TELLS.contains(word)
                || (first && !word.equals("handling") && !word.equals("handler"))
                || charAt(text, from) == '-'
                || code(text, from)
                || (text.startsWith("Error", at) && digit(charAt(text, from)));
    }

    /** Such as TS2345, E0308, C2143. */
    private static boolean code(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
            at++;
        }
        return at > from && at - from <= 5 && digit(charAt(text, at));
    }

    private static boolean exception(String text, String small) {
        String word = "exception";
        for (int at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + 1)) {
            int end = at + word.length();
            if (!ends(text, end) || zero(small, end)) {
                continue;
            }
            if (begins(text, at)) {
                boolean told =
                        precededBy(small, at, "unhandled")
                                || precededBy(small, at, "uncaught")
                                || small.startsWith(" in thread", end)
                                || (charAt(text, end) == ':' && !taken(small, at));
                if (told) {
                    return true;
                }
            } else if (camel(text, at) && colonOrEnd(text, end) && !taken(small, name(text, at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean failed(String text, String small) {
        for (int at = small.indexOf("fail"); at >= 0; at = small.indexOf("fail", at + 1)) {
            if (!begins(text, at)) {
                continue;
            }
            int end = wordEnd(small, at);
            String word = small.substring(at, end);
            if (!ends(text, end) || zero(small, end)) {
                continue;
            }
            int count = countBefore(small, at);
            if (count == 0 || (count < 0 && taken(small, at))) {
                continue;
            }
            boolean told =
                    switch (word) {
                        case "failed" -> true;
                        case "fail" -> text.startsWith("FAIL", at);
                        case "failure", "failures", "failing" ->
                                count > 0
                                        || charAt(text, end) == ':'
                                        || text.startsWith("FAILURE", at);
                        case "fails" -> count > 0;
                        default -> false;
                    };
            if (told) {
                return true;
            }
        }
        return false;
    }

    private static boolean fatal(String text, String small) {
        for (int at = small.indexOf("fatal"); at >= 0; at = small.indexOf("fatal", at + 1)) {
            boolean told =
                    charAt(text, at + 5) == ':'
                            || text.startsWith("FATAL", at)
                            || small.startsWith("fatal error", at);
            if (told && begins(text, at) && ends(text, at + 5) && !taken(small, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean word(String small, String word) {
        int at = small.indexOf(word);
        return at >= 0 && begins(small, at) && !taken(small, at);
    }

    private static boolean cross(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (CROSSES.indexOf(text.charAt(i)) >= 0) {
                int next = i + 1;
                while (charAt(text, next) == ' ' || charAt(text, next) == '\ufe0f') {
                    next++;
                }
                if (charAt(text, next) != '0' || digit(charAt(text, next + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    // Surroundings

    private static boolean begins(String text, int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        return !letter(before) && !digit(before) && "/_-.$\\@".indexOf(before) < 0;
    }

    private static boolean ends(String text, int at) {
        char after = charAt(text, at);
        boolean name = "./_-$\\".indexOf(after) >= 0 && letter(charAt(text, at + 1));
        return !letter(after) && !digit(after) && !name && after != '_' && after != '/';
    }

    /**
     * Whether a word in camel case goes on here: {@code TypeError}, {@code java.io.IOException}.
     */
    private static boolean camel(String text, int at) {
        return at > 0 && Character.isUpperCase(text.charAt(at)) && letter(text.charAt(at - 1));
    }

    private static boolean colonOrEnd(String text, int at) {
        char after = charAt(text, at);
        return after == ':' || at >= text.length() || after == '(' || after == '[';
    }

    /** Where the name begins that goes on at an index, with its dots. */
    private static int name(String text, int at) {
        int start = at;
        while (start > 0 && (letter(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        return start;
    }

    /** Whether a count of nothing follows: {@code errors: 0}, {@code error=null}, {@code err 0}. */
    static boolean zero(String small, int from) {
        int at = from;
        while (at < small.length() && ":= \"')(s".indexOf(small.charAt(at)) >= 0) {
            at++;
        }
        boolean marked = at > from && small.substring(from, at).matches("s?\"?\\)?[:=( ][:=(\" ]*");
        if (!marked) {
            return false;
        }
        if (charAt(small, at) == '0') {
            char after = charAt(small, at + 1);
            return !digit(after) && after != 'x' && after != '.';
        }
        String word = small.substring(at, wordEnd(small, at));
        return Set.of("none", "null", "nil", "false").contains(word);
    }

    /** The number before a word, at most 1,000; -1 where none stands there. */
    private static int countBefore(String small, int at) {
        int end = at;
        while (end > 0 && small.charAt(end - 1) == ' ') {
            end--;
        }
        // 2 type errors, 3 tests failed
        int start = end;
        while (start > 0 && digit(small.charAt(start - 1))) {
            start--;
        }
        boolean alone = start == 0 || (!letter(small.charAt(start - 1)) && at > end);
        if (start == end || !alone) {
            return -1;
        }
        boolean zero = small.substring(start, end).chars().allMatch(c -> c == '0');
        // A line's number, or a stamp: src/a.ts:12: error
        boolean part = start > 0 && ":.,/".indexOf(small.charAt(start - 1)) >= 0;
        return part ? -1 : zero ? 0 : 1;
    }

    /**
     * Whether the word before takes it back: {@code no error}, {@code if failed}, {@code 0 tests}.
     */
    private static boolean taken(String small, int at) {
        int end = at;
        while (end > 0 && " -\"'".indexOf(small.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && letter(small.charAt(start - 1))) {
            start--;
        }
        if (NONE.contains(small.substring(start, end))) {
            return true;
        }
        // 0 tests failed
        return start < end && countBefore(small, start) == 0 && end < at;
    }

    private static boolean precededBy(String small, int at, String word) {
        int from = at - word.length() - 1;
        return from >= 0
                && small.startsWith(word + " ", from)
                && (from == 0 || !letter(small.charAt(from - 1)));
    }

    // Colours

    private static boolean isRed(StyledLine line) {
        if (line.runs().isEmpty()) {
            return false;
        }
        String text = line.text();
        String shown = text.strip();
        if (shown.length() < 4 || shown.startsWith("-")) {
            return false;
        }
        int red = 0;
        for (StyledLine.Run run : line.runs()) {
            if (isRed(run.style())) {
                for (int i = run.start(); i < run.end() && i < text.length(); i++) {
                    red += text.charAt(i) == ' ' ? 0 : 1;
                }
            }
        }
        long letters = text.chars().filter(c -> c != ' ').count();
        return red == letters;
    }

    private static boolean isRed(Style style) {
        return switch (style.foreground()) {
            case Style.Color.Default _ -> false;
            case Style.Color.Indexed(int index) ->
                    index == 1 || index == 9 || index == 160 || index == 196;
            case Style.Color.Rgb(int red, int green, int blue) ->
                    red >= 160 && green < 110 && blue < 110;
        };
    }

    // Letters

    static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && letter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static char charAt(String text, int at) {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
