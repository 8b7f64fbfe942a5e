package dev.simmer.tui.view;

import dev.simmer.model.Phase;

/** One-column symbols, so that states are told apart without colour too. */
final class Symbols {
    private Symbols() {}

    static String of(Phase phase) {
        return switch (phase) {
            case WAITING -> "◌";
            case STARTING -> "◔";
            case RUNNING -> "●";
            case READY -> "◉";
            case PAUSED -> "‖";
            case STOPPING -> "◑";
            case BACKOFF -> "↻";
            case SUCCEEDED -> "✓";
            case FAILED -> "✗";
            case KILLED -> "■";
            case TIMED_OUT -> "◷";
            case SKIPPED -> "»";
            case LOST -> "?";
        };
    }
}
