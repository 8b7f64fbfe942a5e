package dev.simmer.tui.model;

import dev.simmer.model.Command;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Choosing in the palette, and typing commands there. */
final class PaletteUpdate {
    private static final int PAGE = 8;

    private PaletteUpdate() {}

    static Step open(Model model) {
        return Step.of(mode(model, new Mode.Palette(LineEdit.EMPTY)));
    }

    static Step pressed(Model model, Mode.Palette palette, Key key, Optional<Action> action) {
        return switch (action.orElse(Action.REDRAW)) {
            case ACCEPT -> accepted(model, palette);
            case CANCEL -> Step.of(mode(model, new Mode.Normal()));
            case COMPLETE -> Step.of(completed(model, palette));
            case OLDER -> Step.of(up(model, palette));
            case NEWER -> Step.of(down(model, palette, 1));
            case PAGE_UP -> Step.of(down(model, palette, -Math.min(PAGE, palette.chosen())));
            case PAGE_DOWN -> Step.of(down(model, palette, PAGE));
            default -> edited(model, palette, palette.line().press(key));
        };
    }

    static Step pasted(Model model, Mode.Palette palette, String text) {
        return edited(model, palette, palette.line().insert(text.strip()));
    }

    private static Step edited(Model model, Mode.Palette palette, LineEdit line) {
        if (line.text().equals(palette.line().text())) {
            return Step.of(
                    mode(
                            model,
                            new Mode.Palette(
                                    line, palette.chosen(), palette.older(), palette.wrong())));
        }
        return Step.of(mode(model, new Mode.Palette(line)));
    }

    private static Model mode(Model model, Mode mode) {
        return model.with(m -> m.mode = mode);
    }

    /** Up in the list; from its top back in the history. */
    private static Model up(Model model, Mode.Palette palette) {
        if (palette.chosen() > 0) {
            return down(model, palette, -1);
        }
        List<String> typed = model.acting().typed();
        boolean in = palette.older() > 0 || palette.line().text().isEmpty();
        return in && palette.older() < typed.size() ? recalled(model, palette.older() + 1) : model;
    }

    private static Model recalled(Model model, int older) {
        List<String> typed = model.acting().typed();
        String line = older == 0 ? "" : typed.get(typed.size() - older);
        return mode(model, new Mode.Palette(LineEdit.of(line), 0, older, Optional.empty()));
    }

    private static Model down(Model model, Mode.Palette palette, int by) {
        if (by == 1 && palette.older() > 0 && palette.chosen() == 0) {
            return recalled(model, palette.older() - 1);
        }
        int count = Palette.entries(model, palette.line().text()).size();
        int chosen = Math.clamp(palette.chosen() + by, 0, Math.max(0, count - 1));
        return mode(
                model, new Mode.Palette(palette.line(), chosen, palette.older(), palette.wrong()));
    }

    private static Optional<Palette.Entry> chosen(Model model, Mode.Palette palette) {
        List<Palette.Entry> entries = Palette.entries(model, palette.line().text());
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(Math.min(palette.chosen(), entries.size() - 1)));
    }

    private static Model completed(Model model, Mode.Palette palette) {
        return chosen(model, palette)
                .filter(entry -> !entry.line().isEmpty())
                .map(entry -> mode(model, new Mode.Palette(LineEdit.of(entry.line()))))
                .orElse(model);
    }

    private static Step accepted(Model model, Mode.Palette palette) {
        String line = palette.line().text().strip();
        Optional<Palette.Entry> entry = chosen(model, palette);
        boolean command = line.startsWith("/");
        if (command && palette.chosen() == 0) {
            Did did = run(model, line);
            if (did.wrong().isEmpty() || entry.isEmpty()) {
                return ended(model, palette, line, did);
            }
            if (argument(line).isEmpty() && !entry.get().whole()) {
                return Step.of(completed(model, palette));
            }
            if (entry.get().line().strip().equals(line) || entry.get().line().isBlank()) {
                return ended(model, palette, line, did);
            }
        }
        if (entry.isEmpty()) {
            return wrong(
                    model, palette, "there is no such action now; / begins a command: /spawn make");
        }
        if (entry.get().action().isPresent()) {
            Action action = entry.get().action().get();
            Model closed = mode(model, new Mode.Normal());
            return KeyUpdate.act(focused(closed, action), action)
                    .with(m -> m.acting = m.acting.chosen(action));
        }
        return entry.get().whole()
                ? ended(model, palette, entry.get().line(), run(model, entry.get().line()))
                : Step.of(completed(model, palette));
    }

    /** The focus is where the action's keys would work. */
    private static Model focused(Model model, Action action) {
        Context here = model.context();
        boolean works =
                model.keymap().bindings().stream()
                        .anyMatch(each -> each.action() == action && each.where().contains(here));
        return works
                ? model
                : model.with(m -> {
                    m.focus = here == Context.LOG ? Focus.TABLE : Focus.LOG;
                    if (m.focus == Focus.TABLE) {
                        m.arrangement = m.arrangement.withZoom(Optional.empty());
                    }
                });
    }

    private static Step wrong(Model model, Mode.Palette palette, String words) {
        return Step.of(
                mode(
                        model,
                        new Mode.Palette(
                                palette.line(),
                                palette.chosen(),
                                palette.older(),
                                Optional.of(words))));
    }

    private static Step ended(Model model, Mode.Palette palette, String line, Did did) {
        return did.wrong().isPresent()
                ? wrong(model, palette, did.wrong().get())
                : did.step().orElseThrow().with(m -> m.acting = m.acting.typed(line));
    }

    /** What came of a command: a step, or what is wrong with it. */
    private record Did(Optional<Step> step, Optional<String> wrong) {
        static Did step(Step step) {
            return new Did(Optional.of(step), Optional.empty());
        }

        static Did wrong(String words) {
            return new Did(Optional.empty(), Optional.of(words));
        }
    }

    private static String argument(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? "" : line.substring(blank + 1).strip();
    }

    private static Did run(Model model, String line) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line.substring(1) : line.substring(1, blank);
        Optional<PaletteCommand> command = PaletteCommand.of(name);
        if (command.isEmpty()) {
            return Did.wrong("there is no command /" + name);
        }
        String argument = argument(line);
        boolean takes = command.get().argument() != PaletteCommand.Argument.NOTHING;
        if (!takes && !argument.isEmpty()) {
            return Did.wrong("/" + name + " takes nothing after it");
        }
        boolean may = command.get() == PaletteCommand.FILTER;
        if (takes && argument.isEmpty() && !may) {
            return Did.wrong("it is written " + command.get().form());
        }
        Model closed = mode(model, new Mode.Normal());
        return switch (command.get()) {
            case TASKS -> Did.step(tasks(closed));
            case SPAWN -> spawn(closed, argument);
            case KILL -> task(closed, argument, id -> submit(closed, new Request.Stop(id, true)));
            case STOP -> task(closed, argument, id -> submit(closed, new Request.Stop(id, false)));
            case RESTART -> task(closed, argument, id -> submit(closed, new Request.Restart(id)));
            case START -> task(closed, argument, id -> submit(closed, new Request.Start(id)));
            case PAUSE -> task(closed, argument, id -> submit(closed, new Request.Pause(id)));
            case RESUME -> task(closed, argument, id -> submit(closed, new Request.Resume(id)));
            case LOGS -> task(closed, argument, ids -> logs(closed, ids.iterator().next()));
            case WHY ->
                    task(
                            closed,
                            argument,
                            ids ->
                                    KeyUpdate.act(
                                            selected(closed, ids.iterator().next()),
                                            Action.EXPLAIN));
            case RENAME -> rename(closed, argument);
            case FILTER -> {
                TaskTable table = Update.filtered(closed, argument);
                yield Did.step(Step.of(closed.with(m -> m.table = table)));
            }
            case STATS -> Did.step(Step.of(mode(model, new Mode.Stats(0))));
            case THEME ->
                    model.appearance().names().contains(argument)
                            ? Did.step(ThemeUpdate.taken(closed, argument))
                            : Did.wrong("there is no theme " + argument);
            case SORT -> sort(closed, argument);
            case CLEAN -> Did.step(KeyUpdate.act(closed, Action.CLEAN));
            case HELP -> Did.step(KeyUpdate.act(closed, Action.HELP));
            case QUIT -> Did.step(KeyUpdate.act(closed, Action.QUIT));
        };
    }

    private static Step tasks(Model model) {
        TaskTable table = Update.filtered(model, "");
        return Step.of(
                model.with(m -> {
                    m.arrangement = m.arrangement.withZoom(Optional.empty());
                    m.focus = Focus.TABLE;
                    m.table = table;
                }));
    }

    private static Did sort(Model model, String word) {
        return Column.ofKey(word)
                .filter(Column::sorts)
                .map(column ->
                        Did.step(TableUpdate.sorted(model, model.table().choice().sorted(column))))
                .orElseGet(() -> Did.wrong("nothing is sorted by " + word));
    }

    private static Did spawn(Model model, String line) {
        Command command = new Command.Shell(line);
        Optional<String> why = model.place().interactive().apply(command);
        return why.isPresent()
                ? Did.wrong(why.get())
                : Did.step(SpawnUpdate.spawned(model, line, line, command));
    }

    private static Step submit(Model model, Request request) {
        return Step.of(model, new Cmd.Submit(request));
    }

    private static Model selected(Model model, TaskId id) {
        TaskTable table = model.table();
        boolean seen = table.rows().stream().anyMatch(each -> each.id().equals(id));
        TaskTable all = seen ? table : Update.filtered(model, "");
        return model.with(m -> m.table = all.select(id, model.layout().tableRows()));
    }

    private static Step logs(Model model, TaskId id) {
        Model table = selected(model, id).with(m -> m.focus = Focus.TABLE);
        return Step.of(PaneUpdate.open(table));
    }

    private static Did task(Model model, String words, Function<Set<TaskId>, Step> then) {
        List<TaskView> found = found(model, words);
        if (found.size() == 1) {
            return Did.step(then.apply(Set.of(found.getFirst().id())));
        }
        if (found.isEmpty()) {
            return Did.wrong("there is no task " + words + " here");
        }
        List<String> ids = found.stream().limit(6).map(each -> each.id().toString()).toList();
        return Did.wrong(
                found.size()
                        + " tasks are called "
                        + words
                        + "; say which: "
                        + String.join(", ", ids));
    }

    /** The task of an id, else those of a name; those that are shown only. */
    private static List<TaskView> found(Model model, String words) {
        List<TaskView> named = new ArrayList<>();
        for (TaskView task : model.scope().tasks()) {
            if (task.id().toString().equals(words)) {
                return List.of(task);
            }
            if (task.name().equals(words)) {
                named.add(task);
            }
        }
        return named;
    }

    private static Did rename(Model model, String argument) {
        int blank = argument.indexOf(' ');
        if (blank > 0) {
            List<TaskView> found = found(model, argument.substring(0, blank));
            if (found.size() == 1) {
                return renamed(model, found.getFirst().id(), argument.substring(blank + 1).strip());
            }
        }
        return model.selected()
                .map(task -> renamed(model, task.id(), argument))
                .orElseGet(() -> Did.wrong("no task is selected"));
    }

    private static Did renamed(Model model, TaskId task, String name) {
        return Did.step(submit(model, new Request.Rename(task, name)));
    }
}
