package dev.simmer.config;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * How a dashboard tells its user of things elsewhere than on its screen; docs/CONFIG.md.
 *
 * @param by the ways, by their words; none: not at all
 * @param command a program and its arguments, where {@code command} is one of the ways
 * @param events of which things, by their words
 * @param always also while the terminal has the keyboard
 * @param quiet when nothing is told
 */
public record Notify(
        List<String> by,
        List<String> command,
        List<String> events,
        boolean always,
        Optional<Quiet> quiet) {
    /** The words of the ways. */
    public static final List<String> WAYS =
            List.of("bell", "osc9", "osc777", "osc99", "desktop", "command");

    /** The words of what can happen. */
    public static final List<String> EVENTS = List.of("failed", "died", "waits", "ended");

    /** Nothing is told. */
    public static final Notify NONE =
            new Notify(List.of(), List.of(), EVENTS, false, Optional.empty());

    public Notify {
        by = List.copyOf(by);
        command = List.copyOf(command);
        events = List.copyOf(events);
    }

    /** Hours of every day; may go over midnight. */
    public record Quiet(LocalTime from, LocalTime to) {}
}
