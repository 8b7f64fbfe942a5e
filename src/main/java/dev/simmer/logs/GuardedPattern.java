package dev.simmer.logs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that cannot run for ever: one that tries all ways of matching a line is
 * broken off after a number of steps, and so is one that runs out of stack.
 *
 * @param pattern the expression
 */
record GuardedPattern(Pattern pattern) {
    /** Chars that may be looked at for one line, each as often as it is looked at. */
    private static final int MAX_STEPS = 4_000_000;

    /** Takes a place in a text. */
    interface Place {
        void at(int start, int end);
    }

    /** Whether it matches somewhere; not where that is too hard to tell. */
    boolean find(String text) {
        try {
            return pattern.matcher(new Counted(text)).find();
        } catch (TooHard | StackOverflowError _) {
            return false;
        }
    }

    /** Where it matches; as many places as are found before it is too hard to go on. */
    void each(String text, int limit, Place place) {
        if (pattern.pattern().isEmpty()) {
            return;
        }
        try {
            Matcher matcher = pattern.matcher(new Counted(text));
            for (int i = 0; i < limit && matcher.find(); i++) {
                if (matcher.end() > matcher.start()) {
                    place.at(matcher.start(), matcher.end());
                }
            }
        } catch (TooHard | StackOverflowError _) {
            // What was found so far stands.
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
        private int steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
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
