package dev.simmer.tui.model;

import dev.simmer.logs.TimeIndex;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a log is read besides where. Immutable.
 *
 * @param stamps whether lines have their time before them
 * @param times when the lines were written, as far as that is known
 * @param marks the lines that are marked
 * @param pressed start of the line where the mouse was pressed last
 */
public record Reading(
        boolean stamps, TimeIndex times, Optional<Marks> marks, OptionalLong pressed) {
    /** Neither stamps nor marks. */
    static final Reading PLAIN =
            new Reading(false, TimeIndex.NOTHING, Optional.empty(), OptionalLong.empty());

    /** Columns of a time and the blank after it. */
    public static final int STAMP_COLUMNS = 9;

    /**
     * Lines that are marked, from one to another, both of them in it.
     *
     * @param anchor start of the line where it began
     * @param head start of the line where the user is; before or after the other
     */
    public record Marks(long anchor, long head) {
        /** Start of the first line. */
        public long first() {
            return Math.min(anchor, head);
        }

        /** Start of the last line. */
        public long last() {
            return Math.max(anchor, head);
        }

        /** Whether the line that starts at an offset is marked. */
        public boolean holds(long offset) {
            return offset >= first() && offset <= last();
        }
    }

    Reading withStamps(boolean on) {
        return new Reading(on, times, marks, pressed);
    }

    Reading withTimes(TimeIndex known) {
        return new Reading(stamps, known, marks, pressed);
    }

    Reading withMarks(Optional<Marks> other) {
        return new Reading(stamps, times, other, pressed);
    }

    Reading withPressed(OptionalLong line) {
        return new Reading(stamps, times, marks, line);
    }

    /** The same way for another log. */
    Reading anew() {
        return new Reading(stamps, TimeIndex.NOTHING, Optional.empty(), OptionalLong.empty());
    }
}
