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
    REMOVED(Paint.DIM);

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

    /** The role whose look it has in a theme that does not give it one. */
    Role standIn() {
        return switch (this) {
            case ATTENTION -> BACKOFF;
            case ADDED -> SUCCEEDED;
            case REMOVED -> FAILED;
            default -> TEXT;
        };
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
        return this != BORDER && this != BORDER_FOCUS && this != GAUGE_FREE;
    }
}
