package dev.simmer.tui.term;

import dev.simmer.tui.model.Notice;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the user is told of things outside of the dashboard.
 *
 * @param ways none: not at all
 * @param command a program and its arguments, for {@link Way#COMMAND}
 * @param events of which things
 * @param always also while the terminal has the keyboard
 * @param quiet when nothing is told
 * @param problems why nothing is told although the user may wish it, a line each, for people
 */
public record TellingWays(
        Set<Way> ways,
        List<String> command,
        Set<Notice.Event> events,
        boolean always,
        Optional<Quiet> quiet,
        List<String> problems) {
    /** Nothing is told. */
    public static final TellingWays NONE =
            new TellingWays(Set.of(), List.of(), Set.of(), false, Optional.empty(), List.of());

    public TellingWays {
        ways = ways.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(ways));
        command = List.copyOf(command);
        events = Set.copyOf(events);
        problems = List.copyOf(problems);
    }

    /** The same with what is wrong. */
    public TellingWays withProblems(List<String> words) {
        return new TellingWays(ways, command, events, always, quiet, words);
    }

    /** A way to tell. */
    public enum Way {
        /** The terminal's bell. */
        BELL,
        /** A notification of iTerm2's sort. */
        OSC9,
        /** A notification of rxvt's sort. */
        OSC777,
        /** A notification of kitty's sort. */
        OSC99,
        /** notify-send, which talks to the desktop. */
        DESKTOP,
        /** The user's own command. */
        COMMAND
    }

    /** Hours of every day; may go over midnight. */
    public record Quiet(LocalTime from, LocalTime to) {
        boolean at(LocalTime time) {
            boolean after = !time.isBefore(from);
            boolean before = time.isBefore(to);
            return from.isBefore(to) ? after && before : after || before;
        }
    }

    /** Whether something is told at a time. */
    boolean tells(Notice notice, boolean focused, LocalTime now) {
        return !ways.isEmpty()
                && events.contains(notice.event())
                && (always || !focused)
                && quiet.filter(hours -> hours.at(now)).isEmpty();
    }
}
