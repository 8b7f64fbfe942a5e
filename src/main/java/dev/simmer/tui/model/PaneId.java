package dev.simmer.tui.model;

import java.util.List;
import java.util.Optional;

/** Which of the log panes. */
public enum PaneId {
    /** The pane of whatever task is selected. */
    FLOATING(0, ""),
    /** A pinned pane; the others follow. */
    FIRST(1, "①"),
    SECOND(2, "②"),
    THIRD(3, "③"),
    FOURTH(4, "④");

    /** The panes to which logs are pinned. */
    public static final List<PaneId> PINNED = List.of(FIRST, SECOND, THIRD, FOURTH);

    private final int number;
    private final String mark;

    PaneId(int number, String mark) {
        this.number = number;
        this.mark = mark;
    }

    /** The key that focuses it, from 1 to 4; 0 for the floating one. */
    public int number() {
        return number;
    }

    /** One column that names it on the screen; empty for the floating one. */
    public String mark() {
        return mark;
    }

    /** The pinned pane of a number from 1 to 4; empty for any other number. */
    public static Optional<PaneId> pinned(int number) {
        return number < 1 || number > PINNED.size()
                ? Optional.empty()
                : Optional.of(PINNED.get(number - 1));
    }
}
