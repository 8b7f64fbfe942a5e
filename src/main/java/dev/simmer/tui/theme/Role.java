package dev.simmer.tui.theme;

import dev.simmer.model.Phase;
import java.util.Locale;
import java.util.Optional;

/** What a colour is for. A theme file names each as in {@link #key}; {@code themes/README.md}. */
public enum Role {
    TEXT(0),
    DIM(Paint.DIM),
    BORDER(0),
    BORDER_FOCUS(Paint.BOLD),
    TITLE(Paint.BOLD),
    HEADING(Paint.DIM),
    BRAND(Paint.BOLD),
    KEY(Paint.BOLD),
    KEY_LABEL(0),
    SELECTION(Paint.INVERSE),
    SELECTION_IDLE(Paint.UNDERLINE),
    OVERLAY(0),
    PROMPT(Paint.BOLD),
    INPUT(0),
    MATCH(Paint.UNDERLINE),
    MATCH_CURRENT(Paint.INVERSE),
    TOAST(Paint.INVERSE),
    TOAST_ERROR(Paint.INVERSE | Paint.BOLD),
    GAUGE_USED(0),
    GAUGE_HELD(0),
    GAUGE_RESERVE(0),
    GAUGE_FREE(Paint.DIM),
    GAUGE_CPU(0),
    WAITING(0),
    STARTING(0),
    RUNNING(Paint.BOLD),
    READY(Paint.BOLD),
    PAUSED(0),
    STOPPING(0),
    BACKOFF(0),
    SUCCEEDED(0),
    FAILED(Paint.BOLD),
    KILLED(Paint.DIM),
    TIMED_OUT(Paint.BOLD),
    SKIPPED(Paint.DIM),
    LOST(Paint.BOLD),
    ATTENTION(Paint.BOLD | Paint.UNDERLINE),
    ADDED(Paint.BOLD),
    REMOVED(Paint.DIM),
    GROUP(Paint.BOLD),
    MARKED_TASK(Paint.BOLD),
    MARKED_LINE(Paint.INVERSE),
    ERROR_LINE(Paint.BOLD),
    WARNING_LINE(0),
    STAMP(Paint.DIM),
    LINK(Paint.UNDERLINE),
    PICKED(Paint.BOLD | Paint.UNDERLINE),
    SUGGESTION(Paint.DIM),
    FIELD(Paint.UNDERLINE),
    FIELD_FOCUS(Paint.UNDERLINE | Paint.BOLD),
    WRONG(Paint.BOLD),
    PANE_NUMBER(Paint.BOLD),
    PROGRESS(0),
    PROGRESS_LEFT(Paint.DIM),
    GRAPH_CPU(0),
    GRAPH_MEMORY(0),
    AXIS(Paint.DIM),
    TOAST_GOOD(Paint.INVERSE),
    TOAST_WARNING(Paint.INVERSE | Paint.BOLD),
    SOURCE_1(0),
    SOURCE_2(0),
    SOURCE_3(0),
    SOURCE_4(0),
    SOURCE_5(0),
    SOURCE_6(0);

    /** What tells the role apart where there are no colours. */
    private final long monochrome;

    Role(long monochrome) {
        this.monochrome = monochrome;
    }

    long monochrome() {
        return monochrome;
    }

    /** The name in theme files, such as {@code border-focus}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role with this name in theme files. */
    public static Optional<Role> ofKey(String key) {
        for (Role role : values()) {
            if (role.key().equals(key)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /**
     * The role whose look it has in a theme that does not give it one; {@link #TEXT}: none.
     *
     * <p>Themes that were written before there was the role look right by it.
     */
    Role standIn() {
        return switch (this) {
            case ATTENTION, WARNING_LINE, SOURCE_3 -> BACKOFF;
            case ADDED, SOURCE_2 -> SUCCEEDED;
            case REMOVED, ERROR_LINE, WRONG -> FAILED;
            case GROUP -> TITLE;
            case MARKED_TASK, PICKED, PANE_NUMBER -> KEY;
            case MARKED_LINE, FIELD_FOCUS -> SELECTION;
            case FIELD -> SELECTION_IDLE;
            case STAMP, SUGGESTION, AXIS, SOURCE_6 -> DIM;
            case LINK, SOURCE_1 -> RUNNING;
            case PROGRESS, GRAPH_MEMORY -> GAUGE_USED;
            case PROGRESS_LEFT -> GAUGE_FREE;
            case GRAPH_CPU -> GAUGE_CPU;
            case TOAST_GOOD -> TOAST;
            case TOAST_WARNING -> TOAST_ERROR;
            case SOURCE_4 -> PAUSED;
            case SOURCE_5 -> BRAND;
            default -> TEXT;
        };
    }

    /** How many tasks a merged log tells apart before it begins again. */
    public static final int SOURCES = 6;

    /** The role of a merged log's task, the first being 0; after the last they begin again. */
    public static Role source(int index) {
        Role[] all = {SOURCE_1, SOURCE_2, SOURCE_3, SOURCE_4, SOURCE_5, SOURCE_6};
        return all[Math.floorMod(index, SOURCES)];
    }

    /** The role that colours a task's state. */
    public static Role of(Phase phase) {
        return switch (phase) {
            case WAITING -> WAITING;
            case STARTING -> STARTING;
            case RUNNING -> RUNNING;
            case READY -> READY;
            case PAUSED -> PAUSED;
            case STOPPING -> STOPPING;
            case BACKOFF -> BACKOFF;
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case KILLED -> KILLED;
            case TIMED_OUT -> TIMED_OUT;
            case SKIPPED -> SKIPPED;
            case LOST -> LOST;
        };
    }

    /** Whether it draws letters, which must be readable, and not only lines and blocks. */
    public boolean isText() {
        return switch (this) {
            case BORDER, BORDER_FOCUS, GAUGE_FREE, PROGRESS_LEFT -> false;
            default -> true;
        };
    }
}
