package dev.simmer.tui.model;

import static dev.simmer.tui.model.Context.HELP;
import static dev.simmer.tui.model.Context.LEAVING;
import static dev.simmer.tui.model.Context.LOG;
import static dev.simmer.tui.model.Context.PROMPT;
import static dev.simmer.tui.model.Context.QUESTION;
import static dev.simmer.tui.model.Context.TABLE;

import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one table of keys: dispatch, footer and help all read it. */
public final class Bindings {
    private static final Set<Context> MAIN = Set.of(TABLE, LOG);
    private static final Set<Context> SCROLLING = Set.of(TABLE, LOG, HELP);

    /** Every key of the dashboard, in the order in which the footer prefers them. */
    public static final List<Binding> TABLE_OF_KEYS = table();

    private Bindings() {}

    private static List<Binding> table() {
        List<Binding> t = new ArrayList<>();
        tasks(t);
        looking(t);
        moving(t);
        asking(t);
        return List.copyOf(t);
    }

    private static void tasks(List<Binding> t) {
        add(t, Action.SPAWN, "n", Set.of(TABLE), "spawn", "spawn a command", "n");
        add(t, Action.STOP, "x", MAIN, "stop", "stop the task, or cancel it while it waits", "x");
        add(t, Action.KILL, "X", MAIN, "kill", "kill the task at once", "X");
        add(t, Action.RESTART, "r", MAIN, "restart", "restart the task", "r");
        add(t, Action.START, "s", MAIN, "start", "start a task that has ended or waits", "s");
        add(t, Action.PAUSE, "p", MAIN, "pause", "pause the task, or let it go on", "p");
    }

    private static void looking(List<Binding> t) {
        add(t, Action.NEXT_MATCH, "n", Set.of(LOG), "next", "go to the next match", "n");
        add(t, Action.PREVIOUS_MATCH, "N", Set.of(LOG), "previous", "go to the one before", "N");
        add(t, Action.FILTER, "/", Set.of(TABLE), "filter", "show only tasks that match", "/");
        add(t, Action.SEARCH, "/", Set.of(LOG), "search", "search the log", "/");
        add(t, Action.FOLLOW, "f", MAIN, "follow", "follow the log's end", "f");
        add(t, Action.WRAP, "w", Set.of(LOG), "wrap", "wrap long lines, or cut them", "w");
        t.add(
                new Binding(
                        Action.ZOOM,
                        "z",
                        List.of(Key.typed("z"), Key.of(Name.ENTER)),
                        MAIN,
                        "zoom",
                        "show the log on the whole screen (also Enter)"));
        t.add(
                new Binding(
                        Action.SWITCH_FOCUS,
                        "Tab",
                        List.of(Key.of(Name.TAB), Key.of(Name.BACK_TAB)),
                        MAIN,
                        "log",
                        "move between table and log"));
        add(t, Action.THEME, "t", MAIN, "theme", "go to the next theme", "t");
        add(t, Action.HELP, "?", Set.of(TABLE, LOG, HELP), "help", "show or hide this help", "?");
        t.add(
                new Binding(
                        Action.QUIT,
                        "q",
                        List.of(Key.typed("q"), Key.ctrl("c")),
                        MAIN,
                        "quit",
                        "quit; asks while tasks run"));
        add(t, Action.STOP_AND_QUIT, "Q", MAIN, "", "stop all tasks and quit", "Q");
        t.add(
                new Binding(
                        Action.BACK,
                        "Esc",
                        List.of(Key.of(Name.ESCAPE)),
                        MAIN,
                        "",
                        "back: leave the zoom, clear search and filter"));
        t.add(
                new Binding(
                        Action.REDRAW,
                        "Ctrl+L",
                        List.of(Key.ctrl("l")),
                        Set.of(TABLE, LOG, HELP, LEAVING),
                        "",
                        "draw the screen anew"));
    }

    private static void moving(List<Binding> t) {
        move(t, Action.UP, "↑ k", "one line up", Key.of(Name.UP), Key.typed("k"));
        move(t, Action.DOWN, "↓ j", "one line down", Key.of(Name.DOWN), Key.typed("j"));
        move(t, Action.PAGE_UP, "PgUp", "one page up", Key.of(Name.PAGE_UP), Key.ctrl("b"));
        move(t, Action.PAGE_DOWN, "PgDn", "one page down", Key.of(Name.PAGE_DOWN), Key.typed(" "));
        move(t, Action.HALF_UP, "Ctrl+U", "half a page up", Key.ctrl("u"));
        move(t, Action.HALF_DOWN, "Ctrl+D", "half a page down", Key.ctrl("d"));
        move(t, Action.TOP, "g Home", "to the top", Key.typed("g"), Key.of(Name.HOME));
        move(t, Action.BOTTOM, "G End", "to the bottom", Key.typed("G"), Key.of(Name.END));
        sideways(t, Action.LEFT, "← h", "scroll to the left", Key.of(Name.LEFT), Key.typed("h"));
        sideways(t, Action.RIGHT, "→ l", "scroll to the right", Key.of(Name.RIGHT), Key.typed("l"));
    }

    private static void asking(List<Binding> t) {
        Set<Context> question = Set.of(QUESTION);
        add(t, Action.YES, "y", question, "yes", "", "y", "Y");
        t.add(
                new Binding(
                        Action.NO,
                        "n",
                        List.of(
                                Key.typed("n"),
                                Key.typed("N"),
                                Key.of(Name.ESCAPE),
                                Key.typed("q"),
                                Key.ctrl("c")),
                        question,
                        "no",
                        ""));
        keys(t, Action.ACCEPT, "Enter", PROMPT, "accept", Key.of(Name.ENTER));
        keys(t, Action.CANCEL, "Esc", PROMPT, "cancel", Key.of(Name.ESCAPE), Key.ctrl("c"));
        keys(t, Action.OLDER, "↑", PROMPT, "", Key.of(Name.UP));
        keys(t, Action.NEWER, "↓", PROMPT, "", Key.of(Name.DOWN));
        keys(t, Action.BACK, "Esc", HELP, "close", Key.of(Name.ESCAPE), Key.typed("q"));
        keys(t, Action.KILL, "X", LEAVING, "kill at once", Key.typed("X"), Key.typed("Q"));
        keys(t, Action.QUIT, "Ctrl+C", LEAVING, "", Key.ctrl("c"));
        keys(t, Action.BACK, "Esc", LEAVING, "stay here", Key.of(Name.ESCAPE));
        keys(t, Action.QUIT, "Ctrl+C", HELP, "", Key.ctrl("c"));
    }

    private static void add(
            List<Binding> t,
            Action action,
            String shown,
            Set<Context> where,
            String label,
            String help,
            String... letters) {
        List<Key> keys = java.util.Arrays.stream(letters).map(Key::typed).toList();
        t.add(new Binding(action, shown, keys, where, label, help));
    }

    private static void move(
            List<Binding> t, Action action, String shown, String help, Key... keys) {
        t.add(new Binding(action, shown, List.of(keys), SCROLLING, "", help));
    }

    private static void sideways(
            List<Binding> t, Action action, String shown, String help, Key... keys) {
        t.add(new Binding(action, shown, List.of(keys), Set.of(LOG), "", help));
    }

    private static void keys(
            List<Binding> t, Action action, String shown, Context where, String label, Key... k) {
        t.add(new Binding(action, shown, List.of(k), Set.of(where), label, ""));
    }

    /** What a key means in a context. */
    public static Optional<Action> action(Context where, Key key) {
        for (Binding binding : TABLE_OF_KEYS) {
            if (binding.where().contains(where) && binding.keys().contains(key)) {
                return Optional.of(binding.action());
            }
        }
        return Optional.empty();
    }

    /** The keys that the footer shows now. */
    public static List<Binding> footer(Model model) {
        Context where = model.context();
        List<Binding> shown = new ArrayList<>();
        for (Binding binding : TABLE_OF_KEYS) {
            if (binding.where().contains(where)
                    && !binding.label().isEmpty()
                    && worksNow(model, binding.action())) {
                shown.add(
                        new Binding(
                                binding.action(),
                                binding.shown(),
                                binding.keys(),
                                binding.where(),
                                label(model, binding),
                                binding.help()));
            }
        }
        return shown;
    }

    private static String label(Model model, Binding binding) {
        boolean paused = model.selected().map(TaskView::phase).orElse(null) == Phase.PAUSED;
        if (binding.action() == Action.PAUSE && paused) {
            return "resume";
        }
        if (binding.action() == Action.SWITCH_FOCUS && model.focus() == Focus.LOG) {
            return "table";
        }
        if (binding.action() == Action.ZOOM && model.zoomed()) {
            return "unzoom";
        }
        return binding.label();
    }

    private static boolean worksNow(Model model, Action action) {
        Optional<Phase> phase = model.selected().map(TaskView::phase);
        return switch (action) {
            case STOP, KILL -> model.leaving() || phase.filter(p -> !p.ended()).isPresent();
            case PAUSE ->
                    phase.filter(p -> p == Phase.RUNNING || p == Phase.READY || p == Phase.PAUSED)
                            .isPresent();
            case START ->
                    phase.filter(p -> p.ended() || p == Phase.WAITING || p == Phase.BACKOFF)
                            .isPresent();
            case RESTART -> phase.filter(p -> p.ended() || p.active()).isPresent();
            case NEXT_MATCH, PREVIOUS_MATCH -> model.log().search().isPresent();
            case FOLLOW -> phase.isPresent() && !model.log().follow();
            case ZOOM, SEARCH, WRAP -> phase.isPresent();
            case SWITCH_FOCUS -> phase.isPresent() && !model.zoomed();
            case FILTER -> !model.snapshot().tasks().isEmpty();
            case SPAWN, THEME, HELP, QUIT, STOP_AND_QUIT, BACK, REDRAW -> true;
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HALF_UP, HALF_DOWN, TOP, BOTTOM -> true;
            case YES, NO, ACCEPT, CANCEL, OLDER, NEWER -> true;
        };
    }
}
