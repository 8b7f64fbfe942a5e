package dev.simmer.tui.model;

import java.util.Locale;
import java.util.Optional;

/** What the tasks of the table are put together by. */
public enum Grouping {
    NOTHING,
    STATE,
    GROUP,
    WORKSPACE;

    /** The word for it: {@code state}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this word. */
    public static Optional<Grouping> ofWord(String word) {
        for (Grouping each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The one that a key leads to; by workspace only where several are shown. */
    Grouping next(boolean everywhere) {
        return switch (this) {
            case NOTHING -> STATE;
            case STATE -> GROUP;
            case GROUP -> everywhere ? WORKSPACE : NOTHING;
            case WORKSPACE -> NOTHING;
        };
    }
}
