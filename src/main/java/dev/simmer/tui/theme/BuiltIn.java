package dev.simmer.tui.theme;

import dev.simmer.tui.theme.Theme.Look;

import java.util.EnumMap;
import java.util.Map;

/** {@code themes/simmer-dark.yaml} once more, for when no theme file is found; a test compares. */
final class BuiltIn {
    private static final int PAPER = 0x15171c;
    private static final int INK = 0xd7dbe2;
    private static final int SOFT = 0x99a1b0;
    private static final int LINE = 0x3d4452;
    private static final int EMBER = 0xf4a261;
    private static final int BLUE = 0x86b7ff;
    private static final int GREEN = 0x8bd49c;
    private static final int YELLOW = 0xecc974;
    private static final int RED = 0xff8f8f;
    private static final int VIOLET = 0xcdaef9;

    private BuiltIn() {}

    static Map<Role, Look> looks() {
        Map<Role, Look> looks = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            looks.put(role, look(role));
        }
        return looks;
    }

    private static Look look(Role role) {
        return switch (role) {
            case TEXT -> new Look(INK, PAPER, 0);
            case INPUT -> letters(INK);
            case TITLE -> new Look(INK, -1, Paint.BOLD);
            case DIM, HEADING, KEY_LABEL, GAUGE_RESERVE, KILLED, SKIPPED -> letters(SOFT);
            case BORDER, GAUGE_FREE -> letters(LINE);
            case BORDER_FOCUS -> letters(EMBER);
            case BRAND, KEY, PROMPT, ATTENTION -> new Look(EMBER, -1, Paint.BOLD);
            case SELECTION -> new Look(INK, 0x2b3242, Paint.BOLD);
            case SELECTION_IDLE -> new Look(INK, 0x22262f, 0);
            case OVERLAY -> new Look(INK, 0x20242c, 0);
            case MATCH -> new Look(PAPER, YELLOW, 0);
            case MATCH_CURRENT -> new Look(PAPER, EMBER, Paint.BOLD);
            case TOAST -> new Look(PAPER, BLUE, 0);
            case TOAST_ERROR -> new Look(PAPER, RED, 0);
            case GAUGE_USED, STARTING, RUNNING -> letters(BLUE);
            case GAUGE_HELD, PAUSED, STOPPING -> letters(VIOLET);
            case GAUGE_CPU, READY, SUCCEEDED, ADDED -> letters(GREEN);
            case WAITING, BACKOFF -> letters(YELLOW);
            case FAILED -> new Look(RED, -1, Paint.BOLD);
            case TIMED_OUT, LOST, REMOVED -> letters(RED);
        };
    }

    private static Look letters(int rgb) {
        return new Look(rgb, -1, 0);
    }
}
