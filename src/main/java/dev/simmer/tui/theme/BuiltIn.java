package dev.simmer.tui.theme;

import dev.simmer.tui.theme.Theme.Look;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code themes/simmer-dark.yaml} and {@code simmer-light.yaml} once more, for when no theme file
 * is found and so that the first frame waits for no file; a test compares.
 */
final class BuiltIn {
    /** What the two themes, which are alike in all else, call their colours. */
    private record Palette(
            int paper,
            int raised,
            int row,
            int rowIdle,
            int marked,
            int field,
            int ink,
            int soft,
            int line,
            int accent,
            int blue,
            int green,
            int yellow,
            int red,
            int violet,
            int teal,
            int hit,
            int hitNow,
            int hitInk,
            int toastInk) {}

    private static final Palette DARK =
            new Palette(
                    0x15171c, 0x20242c, 0x2b3242, 0x22262f, 0x3a3226, 0x282d38, 0xd7dbe2, 0x99a1b0,
                    0x3d4452, 0xf4a261, 0x86b7ff, 0x8bd49c, 0xecc974, 0xff8f8f, 0xcdaef9, 0x78d3d0,
                    0xecc974, 0xf4a261, 0x15171c, 0x15171c);

    private static final Palette LIGHT =
            new Palette(
                    0xfaf9f6, 0xf0eee9, 0xdfe4ee, 0xebebe8, 0xf7e8c8, 0xe6e5e0, 0x23262d, 0x595f6b,
                    0xb9b7b0, 0x9c4608, 0x2356bc, 0x086d31, 0x7d5802, 0xb61723, 0x7440b7, 0x04696e,
                    0xffe08a, 0xffb35c, 0x23262d, 0xffffff);

    private BuiltIn() {}

    static Map<Role, Look> dark() {
        return looks(DARK);
    }

    static Map<Role, Look> light() {
        return looks(LIGHT);
    }

    private static Map<Role, Look> looks(Palette palette) {
        Map<Role, Look> looks = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            looks.put(role, look(role, palette));
        }
        return looks;
    }

    private static Look look(Role role, Palette p) {
        return switch (role) {
            case TEXT -> new Look(p.ink(), p.paper(), 0);
            case DIM, HEADING, KEY_LABEL, GAUGE_RESERVE, KILLED, SKIPPED, STAMP, SUGGESTION, AXIS ->
                    letters(p.soft());
            case BORDER, GAUGE_FREE, PROGRESS_LEFT -> letters(p.line());
            case BORDER_FOCUS, SOURCE_6 -> letters(p.accent());
            case TITLE -> new Look(p.ink(), -1, Paint.BOLD);
            case BRAND, KEY, PROMPT, ATTENTION, MARKED_TASK, PANE_NUMBER ->
                    new Look(p.accent(), -1, Paint.BOLD);
            case SELECTION -> new Look(p.ink(), p.row(), Paint.BOLD);
            case SELECTION_IDLE -> new Look(p.ink(), p.rowIdle(), 0);
            case OVERLAY -> new Look(p.ink(), p.raised(), 0);
            case INPUT -> letters(p.ink());
            case MATCH -> new Look(p.hitInk(), p.hit(), 0);
            case MATCH_CURRENT -> new Look(p.hitInk(), p.hitNow(), Paint.BOLD);
            case TOAST -> new Look(p.toastInk(), p.blue(), 0);
            case TOAST_ERROR -> new Look(p.toastInk(), p.red(), 0);
            case GAUGE_USED, STARTING, RUNNING, PROGRESS, GRAPH_MEMORY, SOURCE_4 ->
                    letters(p.blue());
            case GAUGE_HELD, PAUSED, STOPPING, SOURCE_2 -> letters(p.violet());
            case GAUGE_CPU, READY, SUCCEEDED, ADDED, GRAPH_CPU, SOURCE_5 -> letters(p.green());
            case WAITING, BACKOFF, WARNING_LINE, SOURCE_3 -> letters(p.yellow());
            case FAILED, WRONG -> new Look(p.red(), -1, Paint.BOLD);
            case TIMED_OUT, LOST, REMOVED, ERROR_LINE -> letters(p.red());
            case GROUP -> new Look(p.teal(), -1, Paint.BOLD);
            case MARKED_LINE -> new Look(p.ink(), p.marked(), 0);
            case LINK -> new Look(p.blue(), -1, Paint.UNDERLINE);
            case PICKED -> new Look(p.accent(), -1, Paint.BOLD | Paint.UNDERLINE);
            case FIELD -> new Look(p.ink(), p.field(), 0);
            case FIELD_FOCUS -> new Look(p.ink(), p.row(), 0);
            case TOAST_GOOD -> new Look(p.toastInk(), p.green(), 0);
            case TOAST_WARNING -> new Look(p.toastInk(), p.yellow(), 0);
            case SOURCE_1 -> letters(p.teal());
        };
    }

    private static Look letters(int rgb) {
        return new Look(rgb, -1, 0);
    }
}
