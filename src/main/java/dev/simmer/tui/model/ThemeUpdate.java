package dev.simmer.tui.model;

import java.util.List;
import java.util.Optional;

/** Choosing a theme: the one under the cursor is shown at once, and kept only when asked. */
final class ThemeUpdate {
    private ThemeUpdate() {}

    /** Opens the list at the theme that is in use; files that were saved meanwhile are read. */
    static Step open(Model model) {
        Appearance now = model.appearance();
        int at = Math.max(0, now.names().indexOf(now.chosen()));
        Model next = model.with(m -> m.mode = new Mode.Themes(at));
        return Step.of(next, new Cmd.ReadThemes());
    }

    static Step pressed(Model model, Mode.Themes list, Optional<Action> action) {
        int page = Math.max(1, ThemeBox.rows(model) - 1);
        int last = model.appearance().names().size() - 1;
        return switch (action.orElse(Action.REDRAW)) {
            case UP -> move(model, list.index() - 1);
            case DOWN -> move(model, list.index() + 1);
            case PAGE_UP, HALF_UP -> move(model, list.index() - page);
            case PAGE_DOWN, HALF_DOWN -> move(model, list.index() + page);
            case TOP -> move(model, 0);
            case BOTTOM -> move(model, last);
            case ACCEPT -> keep(model, list);
            case CANCEL -> giveBack(model);
            default -> Step.of(model);
        };
    }

    /** A click on a name shows that theme; one beside the list changes nothing. */
    static Step clicked(Model model, Mode.Themes list, int column, int row) {
        Rect box = ThemeBox.of(model);
        int line = row - box.y() - 1;
        boolean inside =
                column > box.x()
                        && column < box.x() + box.width() - 1
                        && line >= 0
                        && line < ThemeBox.rows(model);
        int index = ThemeBox.top(model, list.index()) + line;
        return inside && index < model.appearance().names().size()
                ? move(model, index)
                : Step.of(model);
    }

    static Step move(Model model, int to) {
        List<String> names = model.appearance().names();
        int at = Math.clamp(to, 0, names.size() - 1);
        return Step.of(
                model.with(m -> {
                    m.mode = new Mode.Themes(at);
                    m.appearance = m.appearance.trying(names.get(at));
                }));
    }

    private static Step keep(Model model, Mode.Themes list) {
        return taken(model, model.appearance().names().get(list.index()));
    }

    /** Takes a theme by its name, and remembers it. */
    static Step taken(Model model, String name) {
        Model next =
                model.with(m -> {
                    m.mode = new Mode.Normal();
                    m.appearance = m.appearance.keeping(name);
                });
        return name.equals(model.appearance().chosen())
                ? Step.of(next)
                : Step.of(
                        Update.say(next, "theme " + name),
                        new Cmd.KeepTheme(name, model.appearance().light()));
    }

    private static Step giveBack(Model model) {
        return Step.of(
                model.with(m -> {
                    m.mode = new Mode.Normal();
                    m.appearance = m.appearance.keeping(m.appearance.chosen());
                }));
    }

    /** The terminal has told its background: it is taken, and remembered for the next time. */
    static Step told(Model model, int rgb) {
        Appearance before = model.appearance();
        Appearance now = before.on(rgb);
        return now.equals(before)
                ? Step.of(model)
                : Step.of(
                        model.with(m -> m.appearance = now),
                        new Cmd.KeepTheme(now.chosen(), now.light()));
    }

    /** Files were read: the cursor stays on its theme, and the first mistake is told. */
    static Model read(Model model, Msg.ThemesRead read) {
        Appearance appearance = model.appearance().read(read.names());
        Model next = model.with(m -> m.appearance = appearance);
        if (model.mode() instanceof Mode.Themes(int index)) {
            int at = appearance.names().indexOf(model.appearance().names().get(index));
            int there = Math.max(0, at);
            next = next.with(m -> m.mode = new Mode.Themes(there));
            if (at < 0) {
                next = move(next, 0).model();
            }
        }
        return Misconfigured.told(next, read.problems());
    }
}
