package dev.simmer.agent.definition;

import dev.simmer.model.CodePoint;
import java.util.ArrayList;
import java.util.List;

/** What is told of one file: collected in words, each with its line, harmless to a terminal. */
final class Told {
    /** No more are kept; the rest is counted. */
    private static final int MOST = 50;

    /** Longer pieces of the file are cut in a message, in code points. */
    private static final int LONGEST = 60;

    private final List<String> words = new ArrayList<>();
    private int more;

    /** Adds what is so of a line, counted from 1. */
    void line(int line, String what) {
        add("line " + line + ": " + what);
    }

    void add(String what) {
        if (words.size() < MOST) {
            words.add(what);
        } else {
            more++;
        }
    }

    void addAll(Told other) {
        other.words().forEach(this::add);
    }

    List<String> words() {
        List<String> all = new ArrayList<>(words);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }

    /** A piece of the file in backquotes, cut where it is long. */
    static String quoted(String text) {
        String shown = visible(text);
        int length = shown.codePointCount(0, shown.length());
        return length <= LONGEST
                ? "`" + shown + "`"
                : "`" + shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…`";
    }

    /** The text on one line, with `?` for each character that acts rather than being seen. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c == '\n' || c == '\r' || c == '\t') {
                        shown.append(' ');
                    } else {
                        shown.appendCodePoint(CodePoint.acts(c) ? '?' : c);
                    }
                });
        return shown.toString();
    }
}
