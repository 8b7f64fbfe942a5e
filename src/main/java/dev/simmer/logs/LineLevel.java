package dev.simmer.logs;

import java.util.Locale;
import java.util.Set;

/** How bad it is what a line tells, where it states that itself. */
enum LineLevel {
    /** An error, or worse. */
    BAD,
    /** Less than an error. */
    MILD,
    /** It states nothing. */
    UNSTATED;

    /** How far into a line its level is looked for. */
    private static final int HEAD = 64;

    private static final Set<String> BAD_LEVELS =
            Set.of(
                    "error",
                    "err",
                    "fatal",
                    "critical",
                    "crit",
                    "severe",
                    "panic",
                    "emerg",
                    "alert");

    private static final Set<String> MILD_LEVELS =
            Set.of(
                    "info",
                    "debug",
                    "trace",
                    "warn",
                    "warning",
                    "notice",
                    "verbose",
                    "fine",
                    "finer",
                    "finest",
                    "information",
                    "inf",
                    "dbg",
                    "wrn");

    /**
     * What a line states of itself.
     *
     * @param small the text in small letters
     */
    static LineLevel of(String text, String small) {
        int named = small.indexOf("level");
        if (named >= 0 && named < 2 * HEAD) {
            int at = named + 5;
            while (at < small.length() && "\":= '".indexOf(small.charAt(at)) >= 0) {
                at++;
            }
            int end = ErrorLines.wordEnd(small, at);
            if (at > named + 5 && BAD_LEVELS.contains(small.substring(at, end))) {
                return BAD;
            }
            if (at > named + 5 && MILD_LEVELS.contains(small.substring(at, end))) {
                return MILD;
            }
        }
        int head = Math.min(HEAD, text.length());
        for (int at = 0; at < head; at++) {
            if (!ErrorLines.letter(text.charAt(at))) {
                continue;
            }
            int end = ErrorLines.wordEnd(text, at);
            String word = small.substring(at, end);
            boolean mild = MILD_LEVELS.contains(word);
            if ((mild || BAD_LEVELS.contains(word)) && stated(text, at, end)) {
                return mild ? MILD : BAD;
            }
            at = end;
        }
        return UNSTATED;
    }

    /** Whether a word stands where a level stands: in capitals or brackets, or before a colon. */
    private static boolean stated(String text, int start, int end) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        char after = end == text.length() ? ' ' : text.charAt(end);
        if ((before == '[' && after == ']') || (before == '<' && after == '>')) {
            return true;
        }
        boolean capitals = text.substring(start, end).chars().noneMatch(Character::isLowerCase);
        boolean alone = " \t|[(:]".indexOf(before) >= 0 && " \t|]):!".indexOf(after) >= 0;
        if (!alone || ErrorLines.zero(text, end)) {
            return false;
        }
        boolean mild = MILD_LEVELS.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
        return (capitals && (after != ' ' || ErrorLines.onlyMarksBefore(text, start) || mild))
                || (mild && after == ':' && ErrorLines.onlyMarksBefore(text, start));
    }
}
