package dev.simmer.tui.model;

import static dev.simmer.tui.model.Context.DETAILS;
import static dev.simmer.tui.model.Context.LOG;
import static dev.simmer.tui.model.Context.NEEDS;
import static dev.simmer.tui.model.Context.TABLE;
import static dev.simmer.tui.model.Context.TIMELINE;

import dev.simmer.tui.model.Binding.Section;
import dev.simmer.tui.model.Key.Name;
import java.util.List;
import java.util.Set;

/** The keys of the timeline, of the map of needs and of the details. */
final class SightBindings {
    private static final Set<Context> EACH = Set.of(TABLE, LOG, TIMELINE, NEEDS);
    private static final Set<Context> FULL = Set.of(TIMELINE, NEEDS);
    private static final Set<Context> OWN = Set.of(TIMELINE, NEEDS, DETAILS);

    private SightBindings() {}

    /** Adds the keys that lead there. */
    static void add(List<Binding> t) {
        Set<Context> timeline = Set.of(TIMELINE);
        hidden(t, Action.LEFT, timeline, "earlier", Key.of(Name.LEFT), Key.typed("h"));
        hidden(t, Action.RIGHT, timeline, "later", Key.of(Name.RIGHT), Key.typed("l"));
        hidden(t, Action.LONGER, timeline, "longer", Key.typed("+"), Key.typed("="));
        hidden(t, Action.SHORTER, timeline, "shorter", Key.typed("-"));
        Set<Context> needs = Set.of(NEEDS);
        hidden(t, Action.LEFT, needs, "what it needs", Key.of(Name.LEFT), Key.typed("h"));
        hidden(t, Action.RIGHT, needs, "what needs it", Key.of(Name.RIGHT), Key.typed("l"));
        verbs(t);
        listed(t, Action.TIMELINE, EACH, "timeline", "what ran and waited when", "T");
        listed(t, Action.NEEDS, EACH, "needs", "which task needs which", "D");
        listed(t, Action.DETAILS, EACH, "details", "all about the task", "i");
        moves(t);
    }

    private static void verbs(List<Binding> t) {
        hidden(t, Action.OPEN_LOG, FULL, "log", Key.of(Name.ENTER));
        hidden(t, Action.EXPLAIN, FULL, "why", Key.typed("e"));
        hidden(t, Action.STOP, FULL, "stop", Key.typed("x"));
        hidden(t, Action.KILL, FULL, "kill", Key.typed("X"));
        hidden(t, Action.RESTART, FULL, "restart", Key.typed("r"));
        hidden(t, Action.START, FULL, "start", Key.typed("s"));
        hidden(t, Action.PAUSE, FULL, "pause", Key.typed("p"));
        hidden(t, Action.BACK, FULL, "back", Key.of(Name.ESCAPE));
        hidden(
                t,
                Action.BACK,
                Set.of(DETAILS),
                "close",
                Key.of(Name.ESCAPE),
                Key.typed("i"),
                Key.typed("q"),
                Key.of(Name.ENTER),
                Key.ctrl("c"));
        hidden(t, Action.SWITCH_FOCUS, FULL, "", Key.of(Name.TAB), Key.of(Name.BACK_TAB));
        hidden(t, Action.ALL_WORKSPACES, FULL, "", Key.typed("W"));
        hidden(t, Action.THEME, FULL, "", Key.typed("t"));
        hidden(t, Action.HELP, FULL, "help", Key.typed("?"));
        hidden(t, Action.HELP, Set.of(DETAILS), "help", Key.typed("?"));
        hidden(t, Action.QUIT, FULL, "leave", Key.typed("q"), Key.ctrl("c"));
        hidden(t, Action.STOP_AND_QUIT, FULL, "", Key.typed("Q"));
        hidden(t, Action.REDRAW, OWN, "", Key.ctrl("l"));
    }

    private static void moves(List<Binding> t) {
        hidden(t, Action.UP, OWN, "", Key.of(Name.UP), Key.typed("k"));
        hidden(t, Action.DOWN, OWN, "", Key.of(Name.DOWN), Key.typed("j"));
        hidden(t, Action.PAGE_UP, OWN, "", Key.of(Name.PAGE_UP), Key.ctrl("b"));
        hidden(t, Action.PAGE_DOWN, OWN, "", Key.of(Name.PAGE_DOWN));
        hidden(t, Action.HALF_UP, OWN, "", Key.ctrl("u"));
        hidden(t, Action.HALF_DOWN, OWN, "", Key.ctrl("d"));
        hidden(t, Action.TOP, OWN, "", Key.of(Name.HOME), Key.typed("g"));
        hidden(t, Action.BOTTOM, OWN, "", Key.of(Name.END), Key.typed("G"));
    }

    private static void listed(
            List<Binding> t,
            Action action,
            Set<Context> where,
            String label,
            String help,
            String letter) {
        List<Key> keys = List.of(Key.typed(letter));
        t.add(new Binding(Section.SCREEN, action, keys, where, label, help));
    }

    private static void hidden(
            List<Binding> t, Action action, Set<Context> where, String label, Key... keys) {
        t.add(new Binding(Section.SCREEN, action, List.of(keys), where, label, ""));
    }
}
