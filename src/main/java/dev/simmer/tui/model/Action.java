package dev.simmer.tui.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a key can mean. A user's file of keys knows each by its {@link #word}. */
public enum Action {
    SPAWN,
    STOP,
    KILL,
    RESTART,
    START,
    PAUSE,
    EXPLAIN,
    RENAME,
    RAW,
    DIFF,
    REPORT,
    CLEAN,
    UNDO,
    ALL_WORKSPACES,
    FILTER,
    MARK,
    MARK_ALL,
    SORT,
    GROUP,
    FOLD,
    UNFOLD,
    COLUMNS,
    TOGGLE,
    MOVE_UP,
    MOVE_DOWN,
    RESET,
    SEARCH,
    NEXT_MATCH,
    PREVIOUS_MATCH,
    NEXT_ERROR,
    PREVIOUS_ERROR,
    REGEX,
    STAMPS,
    MARK_LINES,
    COPY,
    SAVE_LOG,
    PAGER,
    EDITOR,
    PERCENT,
    MERGE,
    FOLLOW,
    WRAP,
    ZOOM,
    OPEN_LOG,
    SWITCH_FOCUS,
    PALETTE,
    SWITCH_BACK,
    PIN,
    PANE_1,
    PANE_2,
    PANE_3,
    PANE_4,
    LAYOUT,
    SMALLER,
    LARGER,
    MOUSE,
    THEME,
    HELP,
    QUIT,
    TIMELINE,
    NEEDS,
    DETAILS,
    LONGER,
    SHORTER,
    STOP_AND_QUIT,
    BACK,
    REDRAW,
    SUSPEND,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HALF_UP,
    HALF_DOWN,
    TOP,
    BOTTOM,
    ACCEPT,
    CANCEL,
    COMPLETE,
    OLDER,
    NEWER;

    /** Its name for people, such as {@code next-match}; never changed, as files hold it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The action of a name. */
    public static Optional<Action> of(String word) {
        return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
    }
}
