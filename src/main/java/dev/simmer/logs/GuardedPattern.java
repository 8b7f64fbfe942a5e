package dev.simmer.logs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that cannot run for ever: one that tries all ways of matching a line is
 * broken off after a number of steps, and so is one that runs out of stack. For one thread at a
 * time.
 */
final class GuardedPattern {
    /** Chars that may be looked at for one line, each as often as it is looked at. */
    static final int MAX_STEPS = 4_000_000;

    /** After so many lines that are too hard nothing is tried any more: each takes long. */
    static final int MAX_HARD = 50;

    /** Matches nothing. */
    static final GuardedPattern NOTHING = new GuardedPattern(Pattern.compile(""));

    private final Pattern pattern;
    private int brokenOff;

    GuardedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Takes a place in a text. */
    interface Place {
        void at(int start, int end);
    }

    /** On how many lines it was too hard to tell whether they match. */
    int brokenOff() {
        return brokenOff;
    }

    /** Whether there were so many that nothing is tried any more. */
    boolean isTooHard() {
        return brokenOff >= MAX_HARD;
    }

    /** Whether it matches somewhere; not where that is too hard to tell. */
    boolean find(String text) {
        if (isTooHard()) {
            return false;
        }
        try {
            return pattern.matcher(new Counted(text, MAX_STEPS)).find();
        } catch (TooHard | StackOverflowError _) {
            brokenOff++;
            return false;
        }
    }

    /** Where it matches; as many places as are found before it is too hard to go on. */
    void each(String text, int limit, int steps, Place place) {
        if (pattern.pattern().isEmpty()) {
            return;
        }
        try {
            Matcher matcher = pattern.matcher(new Counted(text, steps));
            for (int i = 0; i < limit && matcher.find(); i++) {
                if (matcher.end() > matcher.start()) {
                    place.at(matcher.start(), matcher.end());
                }
            }
        } catch (TooHard | StackOverflowError _) {
            brokenOff++;
        }
    }

    /** Says that the steps are used up. */
    private static final class TooHard extends RuntimeException {
        TooHard() {
            super("too many steps", null, false, false);
        }
    }

    /** A text that counts how often its chars are looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int left;

        Counted(String text, int steps) {
            this.text = text;
            this.left = steps;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooHard();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
