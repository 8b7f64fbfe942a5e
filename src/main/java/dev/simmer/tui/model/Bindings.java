package dev.simmer.tui.model;

import static dev.simmer.tui.model.Context.COLUMNS;
import static dev.simmer.tui.model.Context.DIALOG;
import static dev.simmer.tui.model.Context.EXPLANATION;
import static dev.simmer.tui.model.Context.HELP;
import static dev.simmer.tui.model.Context.LEAVING;
import static dev.simmer.tui.model.Context.LOG;
import static dev.simmer.tui.model.Context.PALETTE;
import static dev.simmer.tui.model.Context.PROMPT;
import static dev.simmer.tui.model.Context.QUESTION;
import static dev.simmer.tui.model.Context.TABLE;
import static dev.simmer.tui.model.Context.THEMES;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Binding.Section;
import dev.simmer.tui.model.Key.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The dashboard's own table of keys, from which {@link Keymap} starts, and what of it works now.
 */
public final class Bindings {
    private static final Set<Context> MAIN = Set.of(TABLE, LOG);
    private static final Set<Context> SCROLLING = Set.of(TABLE, LOG, HELP, EXPLANATION);
    private static final Set<Context> MOVING =
            Set.of(TABLE, LOG, HELP, EXPLANATION, THEMES, COLUMNS);

    /**
     * Every binding as long as the user says nothing, in the order in which the footer prefers
     * them.
     */
    public static final List<Binding> DEFAULTS = table();

    private Bindings() {}

    private static List<Binding> table() {
        List<Binding> t = new ArrayList<>();
        tasks(t);
        log(t);
        screen(t);
        moving(t);
        asking(t);
        return List.copyOf(t);
    }

    private static void tasks(List<Binding> t) {
        Section s = Section.TASKS;
        add(t, s, Action.SPAWN, "n", Set.of(TABLE), "spawn", "spawn a command");
        add(t, s, Action.AGENT, "a", MAIN, "agent", "run an agent");
        add(t, s, Action.STOP, "x", MAIN, "stop", "stop, or cancel while it waits");
        add(t, s, Action.KILL, "X", MAIN, "kill", "kill at once");
        Section agent = Section.AGENT;
        add(t, agent, Action.REPORT, "v", MAIN, "report", "report; again or Esc: back");
        add(t, agent, Action.DIFF, "d", MAIN, "diff", "changes; again or Esc: back");
        add(t, agent, Action.RAW, "o", MAIN, "raw", "raw stream; again: back");
        add(t, s, Action.RESTART, "r", MAIN, "restart", "restart");
        add(t, s, Action.START, "s", MAIN, "start", "start once more");
        add(t, s, Action.PAUSE, "p", MAIN, "pause", "pause, or let it go on");
        add(t, s, Action.EXPLAIN, "e", Set.of(TABLE), "why", "why it waits, and its memory");
        add(t, s, Action.FILTER, "/", Set.of(TABLE), "filter", "show only what matches");
        arranging(t);
    }

    private static void arranging(List<Binding> t) {
        Section s = Section.TABLE;
        Set<Context> table = Set.of(TABLE);
        keys(t, s, Action.MARK, table, "", "mark, and go on", Key.typed(" "));
        add(t, s, Action.MARK_ALL, "*", table, "", "mark all shown, or none");
        add(t, s, Action.SORT, "S", table, "", "sort: other way, next column");
        add(t, s, Action.GROUP, "b", table, "", "group by state, group, none");
        keys(t, s, Action.FOLD, table, "", "fold the group", Key.of(Name.LEFT));
        keys(t, s, Action.UNFOLD, table, "", "unfold it", Key.of(Name.RIGHT));
        add(t, s, Action.COLUMNS, "C", table, "", "choose columns");
        Key escape = Key.of(Name.ESCAPE);
        Key enter = Key.of(Name.ENTER);
        hidden(t, Action.TOGGLE, COLUMNS, "show or hide", Key.typed(" "));
        hidden(t, Action.MOVE_UP, COLUMNS, "left", Key.typed("<"), Key.of(Name.LEFT));
        hidden(t, Action.MOVE_DOWN, COLUMNS, "right", Key.typed(">"), Key.of(Name.RIGHT));
        hidden(t, Action.SORT, COLUMNS, "sort", Key.typed("S"), Key.typed("s"));
        hidden(t, Action.RESET, COLUMNS, "as at first", Key.typed("0"));
        hidden(t, Action.BACK, COLUMNS, "close", escape, enter, Key.typed("q"), Key.typed("C"));
    }

    private static void log(List<Binding> t) {
        Section s = Section.LOG;
        Set<Context> log = Set.of(LOG);
        add(t, s, Action.NEXT_MATCH, "n", log, "next", "next match; no search: spawn");
        add(t, s, Action.PREVIOUS_MATCH, "N", log, "previous", "previous match");
        add(t, s, Action.SEARCH, "/", log, "search", "search");
        add(t, s, Action.NEXT_ERROR, "e", log, "error", "next line that tells an error");
        add(t, s, Action.PREVIOUS_ERROR, "E", log, "", "the one before");
        add(t, s, Action.FOLLOW, "f", MAIN, "follow", "follow the end, or stand still");
        add(t, s, Action.WRAP, "w", log, "wrap", "wrap long lines, or cut them");
        add(t, s, Action.STAMPS, "#", log, "", "times of lines, or not");
        add(t, s, Action.MARK_LINES, "V", log, "mark", "mark lines; then move, y or S");
        add(t, s, Action.COPY, "y", log, "copy", "copy this line, or the marked");
        add(t, s, Action.SAVE_LOG, "S", log, "", "save the log, or the marked");
        add(t, s, Action.PAGER, "|", log, "", "open it in the pager");
        keys(t, s, Action.EDITOR, log, "", "edit the file a line names", Key.ctrl("e"));
        add(t, s, Action.PERCENT, "%", log, "", "go to a part in percent");
        add(t, s, Action.MERGE, "M", MAIN, "", "logs of all tasks as one");
        keys(t, s, Action.LEFT, log, "", "to the left", Key.of(Name.LEFT), Key.typed("h"));
        keys(t, s, Action.RIGHT, log, "", "to the right", Key.of(Name.RIGHT), Key.typed("l"));
    }

    private static void screen(List<Binding> t) {
        Section s = Section.SCREEN;
        add(t, s, Action.ZOOM, "z", MAIN, "zoom", "this part alone, or all");
        keys(t, s, Action.OPEN_LOG, MAIN, "", "the log alone", Key.of(Name.ENTER));
        add(t, s, Action.PIN, "P", MAIN, "pin", "pin this log, or let it go");
        add(t, s, Action.PANE_1, "1", MAIN, "", "to pinned log 1");
        add(t, s, Action.PANE_2, "2", MAIN, "", "to pinned log 2");
        add(t, s, Action.PANE_3, "3", MAIN, "", "to pinned log 3");
        add(t, s, Action.PANE_4, "4", MAIN, "", "to pinned log 4");
        add(t, s, Action.LAYOUT, "L", MAIN, "layout", "logs beside or below");
        add(t, s, Action.SMALLER, "<", MAIN, "", "border to the left, or up");
        add(t, s, Action.LARGER, ">", MAIN, "", "border to the right, or down");
        SightBindings.add(t);
        add(t, s, Action.MOUSE, "m", MAIN, "mouse", "mouse selects text, or not");
        keys(t, s, Action.SWITCH_FOCUS, MAIN, "log", "table or log", Key.of(Name.TAB));
        keys(t, s, Action.SWITCH_BACK, MAIN, "", "", Key.of(Name.BACK_TAB));
        Section tasks = Section.TASKS;
        add(t, tasks, Action.RENAME, "R", MAIN, "", "rename");
        add(t, tasks, Action.CLEAN, "c", Set.of(TABLE), "clean", "forget finished ones");
        add(t, tasks, Action.UNDO, "u", MAIN, "undo", "have cleaned ones back");
        add(t, tasks, Action.ALL_WORKSPACES, "W", MAIN, "all", "all workspaces, or only this");
        add(t, s, Action.THEME, "t", MAIN, "theme", "choose a theme");
        Key palette = Key.typed(":");
        keys(t, s, Action.PALETTE, MAIN, "actions", "find an action", palette, Key.ctrl("p"));
        add(t, s, Action.HELP, "?", SCROLLING, "help", "show or hide the keys");
        keys(
                t,
                s,
                Action.QUIT,
                MAIN,
                "leave",
                "leave; everything goes on",
                Key.typed("q"),
                Key.ctrl("c"));
        add(t, s, Action.STOP_AND_QUIT, "Q", MAIN, "stop and leave", "stop tasks here, then leave");
        keys(t, s, Action.BACK, MAIN, "back", "back; clear search or filter", Key.of(Name.ESCAPE));
        keys(
                t,
                s,
                Action.REDRAW,
                Set.of(TABLE, LOG, HELP, LEAVING),
                "",
                "draw all anew",
                Key.ctrl("l"));
        keys(
                t,
                s,
                Action.SUSPEND,
                Set.of(Context.values()),
                "",
                "to the shell; fg: back",
                Key.ctrl("z"));
    }

    private static void moving(List<Binding> t) {
        move(t, Action.UP, "a line up", Key.of(Name.UP), Key.typed("k"));
        move(t, Action.DOWN, "a line down", Key.of(Name.DOWN), Key.typed("j"));
        move(t, Action.PAGE_UP, "a page up", Key.of(Name.PAGE_UP), Key.ctrl("b"));
        move(t, Action.PAGE_DOWN, "a page down", Key.of(Name.PAGE_DOWN));
        Set<Context> reading = Set.of(LOG, HELP, EXPLANATION);
        keys(t, Section.MOVING, Action.PAGE_DOWN, reading, "", "", Key.typed(" "));
        move(t, Action.HALF_UP, "half a page up", Key.ctrl("u"));
        move(t, Action.HALF_DOWN, "half a page down", Key.ctrl("d"));
        move(t, Action.TOP, "to the top", Key.typed("g"), Key.of(Name.HOME));
        move(t, Action.BOTTOM, "to the bottom", Key.typed("G"), Key.of(Name.END));
    }

    private static void asking(List<Binding> t) {
        Key escape = Key.of(Name.ESCAPE);
        Key interrupt = Key.ctrl("c");
        hidden(t, Action.ACCEPT, PROMPT, "accept", Key.of(Name.ENTER));
        hidden(t, Action.CANCEL, PROMPT, "cancel", escape, interrupt);
        hidden(t, Action.ACCEPT, DIALOG, "run", Key.of(Name.ENTER));
        hidden(t, Action.COMPLETE, DIALOG, "next", Key.of(Name.TAB));
        hidden(t, Action.PREVIOUS_FIELD, DIALOG, "back", Key.of(Name.BACK_TAB));
        hidden(t, Action.NEXT_FIELD, DIALOG, "", Key.of(Name.PAGE_DOWN));
        hidden(t, Action.OLDER, DIALOG, "", Key.of(Name.UP));
        hidden(t, Action.NEWER, DIALOG, "choose", Key.of(Name.DOWN));
        hidden(t, Action.EDIT_TEXT, DIALOG, "editor", Key.ctrl("e"));
        hidden(t, Action.CANCEL, DIALOG, "close", escape, interrupt);
        hidden(t, Action.COMPLETE, PROMPT, "", Key.of(Name.TAB));
        hidden(t, Action.ACCEPT, QUESTION, "yes", Key.typed("y"));
        hidden(t, Action.CANCEL, QUESTION, "no", escape, Key.typed("n"), interrupt);
        hidden(t, Action.ACCEPT, PALETTE, "do it", Key.of(Name.ENTER));
        hidden(t, Action.COMPLETE, PALETTE, "complete", Key.of(Name.TAB));
        hidden(t, Action.OLDER, PALETTE, "up, older", Key.of(Name.UP), Key.ctrl("p"));
        hidden(t, Action.NEWER, PALETTE, "down", Key.of(Name.DOWN), Key.ctrl("n"));
        hidden(t, Action.PAGE_UP, PALETTE, "", Key.of(Name.PAGE_UP));
        hidden(t, Action.PAGE_DOWN, PALETTE, "", Key.of(Name.PAGE_DOWN));
        hidden(t, Action.CANCEL, PALETTE, "close", escape, interrupt);
        hidden(t, Action.REGEX, PROMPT, "", Key.ctrl("r"));
        hidden(t, Action.OLDER, PROMPT, "", Key.of(Name.UP));
        hidden(t, Action.NEWER, PROMPT, "", Key.of(Name.DOWN));
        hidden(t, Action.BACK, HELP, "close", escape, Key.typed("q"), Key.of(Name.ENTER));
        hidden(t, Action.QUIT, HELP, "", interrupt);
        hidden(t, Action.PALETTE, HELP, "find", Key.typed("/"), Key.typed(":"), Key.ctrl("p"));
        Key enter = Key.of(Name.ENTER);
        hidden(
                t,
                Action.BACK,
                EXPLANATION,
                "close",
                escape,
                Key.typed("q"),
                Key.typed("e"),
                enter,
                interrupt);
        hidden(t, Action.ACCEPT, THEMES, "keep", enter);
        hidden(
                t,
                Action.CANCEL,
                THEMES,
                "as it was",
                escape,
                Key.typed("q"),
                Key.typed("t"),
                interrupt);
        hidden(t, Action.KILL, LEAVING, "kill at once", Key.typed("X"));
        hidden(t, Action.QUIT, LEAVING, "leave now", Key.typed("q"), interrupt);
        hidden(t, Action.BACK, LEAVING, "stay here", escape);
    }

    /** A binding of the letter that it shows. */
    private static void add(
            List<Binding> t,
            Section section,
            Action action,
            String letter,
            Set<Context> where,
            String label,
            String help) {
        keys(t, section, action, where, label, help, Key.typed(letter));
    }

    private static void keys(
            List<Binding> t,
            Section section,
            Action action,
            Set<Context> where,
            String label,
            String help,
            Key... keys) {
        t.add(new Binding(section, action, List.of(keys), where, label, help));
    }

    private static void move(List<Binding> t, Action action, String help, Key... keys) {
        keys(t, Section.MOVING, action, MOVING, "", help, keys);
    }

    /** A binding that the help does not list. */
    private static void hidden(
            List<Binding> t, Action action, Context where, String label, Key... k) {
        keys(t, Section.SCREEN, action, Set.of(where), label, "", k);
    }

    /** The keys that the footer shows now; in the log those of the log come first. */
    public static List<Binding> footer(Model model) {
        Context where = model.context();
        List<Binding> shown = new ArrayList<>();
        for (Binding binding : model.keymap().bindings()) {
            if (binding.where().contains(where)
                    && !binding.keys().isEmpty()
                    && !binding.label().isEmpty()
                    && worksNow(model, binding.action())) {
                String label = label(model, binding);
                if (!label.isEmpty()) {
                    shown.add(binding.labelled(label));
                }
            }
        }
        if (where == LOG) {
            shown.sort(Comparator.comparing(binding -> binding.section() != Section.LOG));
        }
        return shown;
    }

    private static String label(Model model, Binding binding) {
        if (binding.action() == Action.PAUSE && Marks.resumes(model)) {
            return "resume";
        }
        if (binding.action() == Action.SWITCH_FOCUS && !model.panes().pinned().isEmpty()) {
            return "next";
        }
        if (binding.action() == Action.SWITCH_FOCUS && model.focus() == Focus.LOG) {
            return "table";
        }
        if (binding.action() == Action.NEXT_MATCH && model.log().search().isEmpty()) {
            return "spawn";
        }
        if (binding.action() == Action.PIN && model.inPinned()) {
            return "unpin";
        }
        if (sheet(binding.action()).equals(Optional.of(model.sheet()))) {
            return "transcript";
        }
        if (binding.action() == Action.MOUSE) {
            // Only what is not as usual is worth a place.
            return model.arrangement().mouse() ? "" : "mouse on";
        }
        if (binding.action() == Action.ZOOM && model.zoomed()) {
            return "unzoom";
        }
        if (binding.action() == Action.ALL_WORKSPACES && model.scope().everywhere()) {
            return "only here";
        }
        return binding.label();
    }

    /** What of an agent a key shows. */
    private static Optional<Sheet> sheet(Action action) {
        return switch (action) {
            case RAW -> Optional.of(Sheet.RAW);
            case DIFF -> Optional.of(Sheet.DIFF);
            case REPORT -> Optional.of(Sheet.REPORT);
            default -> Optional.empty();
        };
    }

    /** The headings of the help: keys for agents only where an agent is selected. */
    public static List<Section> helped(Model model) {
        boolean agent =
                model.selected().filter(task -> task.spec().kind() == Kind.AGENT).isPresent();
        return Stream.of(Section.values())
                .filter(section -> agent || section != Section.AGENT)
                .toList();
    }

    /** Whether an action would do something now. */
    static boolean worksNow(Model model, Action action) {
        Optional<Phase> phase = model.selected().map(TaskView::phase);
        return switch (action) {
            case STOP, KILL -> model.leaving().isPresent() || Marks.works(model, action);
            case PAUSE, START, RESTART -> Marks.works(model, action);
            case NEXT_MATCH -> true;
            case PREVIOUS_MATCH -> model.log().search().isPresent();
            case FOLLOW -> phase.isPresent() && !model.log().follow();
            case COPY,
                    NEXT_ERROR,
                    PREVIOUS_ERROR,
                    STAMPS,
                    MARK_LINES,
                    SAVE_LOG,
                    PAGER,
                    EDITOR,
                    PERCENT ->
                    !model.log().lines().isEmpty();
            case MERGE -> phase.isPresent();
            case ZOOM, OPEN_LOG, PIN, SEARCH, WRAP -> phase.isPresent();
            case PANE_1, PANE_2, PANE_3, PANE_4 -> !model.panes().pinned().isEmpty();
            case LAYOUT -> phase.isPresent() && !model.zoomed();
            case SMALLER, LARGER -> model.layout().divided();
            case SWITCH_FOCUS, SWITCH_BACK -> phase.isPresent() && !model.zoomed();
            case FILTER, MARK, MARK_ALL, SORT, GROUP, FOLD, UNFOLD, COLUMNS ->
                    !model.scope().tasks().isEmpty();
            case RAW, DIFF, REPORT ->
                    model.selected()
                            .filter(task -> task.spec().kind() == Kind.AGENT)
                            .flatMap(task -> LogKey.of(task, sheet(action).orElseThrow()))
                            .isPresent();
            case RENAME, EXPLAIN -> phase.isPresent();
            case CLEAN -> CleanUpdate.possible(model);
            case UNDO -> CleanUpdate.undoable(model);
            case ALL_WORKSPACES -> model.scope().everywhere() || model.moreElsewhere();
            case STOP_AND_QUIT -> model.running() > 0;
            case BACK ->
                    !MAIN.contains(model.context())
                            || (model.focus() == Focus.LOG && model.sheet().fromTop());
            case TIMELINE, NEEDS -> !model.scope().tasks().isEmpty();
            case DETAILS -> phase.isPresent();
            case LONGER, SHORTER -> true;
            case SPAWN, AGENT, PALETTE, MOUSE, THEME, HELP, QUIT, REDRAW, SUSPEND -> true;
            case TOGGLE, MOVE_UP, MOVE_DOWN, RESET -> true;
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HALF_UP, HALF_DOWN, TOP, BOTTOM -> true;
            case ACCEPT,
                    CANCEL,
                    COMPLETE,
                    EDIT_TEXT,
                    NEXT_FIELD,
                    PREVIOUS_FIELD,
                    OLDER,
                    NEWER,
                    REGEX ->
                    true;
        };
    }
}
