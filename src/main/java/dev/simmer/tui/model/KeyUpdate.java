package dev.simmer.tui.model;

import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import java.util.Optional;
import java.util.Set;

/** What keys, pasted text and the mouse do. */
final class KeyUpdate {
    private static final int WHEEL_ROWS = 3;
    private static final int SIDEWAYS = 8;

    private KeyUpdate() {}

    static Step pressed(Model model, Key key) {
        Optional<Action> action = model.keymap().action(model.context(), key);
        if (action.equals(Optional.of(Action.SUSPEND))) {
            return Step.of(model, new Cmd.Suspend());
        }
        boolean read = model.context() == Context.EXPLANATION || model.context() == Context.DETAILS;
        if (read && action.equals(Optional.of(Action.HELP))) {
            return Step.of(mode(model, new Mode.Help(0)));
        }
        return switch (model.mode()) {
            case Mode.Normal() -> action.map(a -> act(model, a)).orElseGet(() -> Step.of(model));
            case Mode.Help(int top) -> help(model, top, action);
            case Mode.Details(int top) -> SightUpdate.details(model, top, action);
            case Mode.Explained explained -> explained(model, explained, action);
            case Mode.Themes themes -> ThemeUpdate.pressed(model, themes, action);
            case Mode.Spawn spawn -> SpawnUpdate.pressed(model, spawn, key, action);
            case Mode.Rename rename -> rename(model, rename, key, action);
            case Mode.Filter(LineEdit line) -> TableUpdate.filter(model, line, key, action);
            case Mode.Columns columns -> ColumnsUpdate.pressed(model, columns, action);
            case Mode.OfLog asked -> LogPrompts.pressed(model, asked, key, action);
            case Mode.Palette palette -> PaletteUpdate.pressed(model, palette, key, action);
            case Mode.Filling(Dialog dialog) -> DialogUpdate.pressed(model, dialog, key, action);
            case Mode.Stats(int top) -> stats(model, top, action);
            case Mode.Confirm asked -> answered(model, asked, action);
        };
    }

    static Step pasted(Model model, String text) {
        return switch (model.mode()) {
            case Mode.Spawn spawn ->
                    SpawnUpdate.mode(model, new Mode.Spawn(spawn.line().insertLines(text), 0));
            case Mode.Rename(TaskId task, LineEdit line) ->
                    Step.of(mode(model, new Mode.Rename(task, line.insert(text.strip()))));
            case Mode.Filter(LineEdit line) ->
                    TableUpdate.filtering(model, line.insert(text.strip()));
            case Mode.OfLog asked -> LogPrompts.pasted(model, asked, text.strip());
            case Mode.Palette palette -> PaletteUpdate.pasted(model, palette, text);
            case Mode.Filling(Dialog dialog) -> DialogUpdate.pasted(model, dialog, text);
            case Mode.Normal() ->
                    Step.of(Update.say(model, "pasted text was dropped; press n first to run it"));
            case Mode.Help _,
                    Mode.Details _,
                    Mode.Explained _,
                    Mode.Stats _,
                    Mode.Confirm _,
                    Mode.Themes _,
                    Mode.Columns _ ->
                    Step.of(model);
        };
    }

    static Step clicked(Model before, int column, int row) {
        if (before.mode() instanceof Mode.Themes themes) {
            return ThemeUpdate.clicked(before, themes, column, row);
        }
        if (!(before.mode() instanceof Mode.Normal)) {
            return Step.of(before);
        }
        Optional<Model> sight = SightUpdate.clicked(before, column, row);
        if (sight.isPresent()) {
            return Step.of(sight.get());
        }
        Model model = ArrangeUpdate.grasped(before, column, row);
        Layout layout = model.layout();
        Optional<PaneId> pane = layout.paneAt(column, row);
        if (pane.isPresent()) {
            return Step.of(
                    MarkUpdate.pressed(PaneUpdate.focused(model, pane.get()), pane.get(), row));
        }
        if (layout.table().filter(box -> box.contains(column, row)).isEmpty()) {
            return Step.of(model);
        }
        return TableUpdate.clicked(model, layout, column, row);
    }

    static Step wheeled(Model model, int column, int row, int rows) {
        Layout layout = model.layout();
        if (model.mode() instanceof Mode.Help(int top)) {
            return Step.of(mode(model, new Mode.Help(Math.max(0, top + rows))));
        }
        if (model.mode() instanceof Mode.Themes(int index)) {
            return ThemeUpdate.move(model, index + rows);
        }
        if (model.mode() instanceof Mode.Details(int top)) {
            return SightUpdate.details(model, top, Optional.of(rows < 0 ? Action.UP : Action.DOWN));
        }
        int by = rows * WHEEL_ROWS;
        Optional<Model> sight = SightUpdate.wheeled(model, by);
        if (sight.isPresent()) {
            return Step.of(sight.get());
        }
        Optional<PaneId> pane = layout.paneAt(column, row);
        if (pane.isPresent()) {
            return LogUpdate.scroll(model, pane.get(), by);
        }
        return layout.table().filter(box -> box.contains(column, row)).isPresent()
                ? TableUpdate.scrolled(model, by)
                : Step.of(model);
    }

    static Step act(Model model, Action action) {
        return SightUpdate.act(model, action).orElseGet(() -> table(model, action));
    }

    private static Step table(Model model, Action action) {
        return switch (action) {
            case SPAWN -> SpawnUpdate.open(model);
            case AGENT -> DialogUpdate.agent(model);
            case STOP -> Marks.act(model, action);
            case KILL ->
                    model.leaving().isPresent()
                            ? LeaveUpdate.killAll(model)
                            : Marks.act(model, action);
            case RESTART, START, PAUSE -> Marks.act(model, action);
            case EXPLAIN -> explain(model);
            case RENAME -> renaming(model);
            case CLEAN -> CleanUpdate.clean(model);
            case UNDO -> CleanUpdate.undo(model);
            case RAW -> SheetUpdate.toggle(model, Sheet.RAW);
            case DIFF -> SheetUpdate.toggle(model, Sheet.DIFF);
            case REPORT -> SheetUpdate.toggle(model, Sheet.REPORT);
            case ALL_WORKSPACES -> Step.of(Update.scoped(model, !model.scope().everywhere()));
            case FILTER ->
                    Step.of(mode(model, new Mode.Filter(LineEdit.of(model.table().filter()))));
            case SEARCH ->
                    model.log().source().isEmpty()
                            ? Step.of(Update.say(model, "there is no log yet"))
                            : Step.of(mode(model, new Mode.Search(LineEdit.EMPTY, false)));
            // Without a search the key does what it does in the table.
            case NEXT_MATCH ->
                    model.log().search().isPresent()
                            ? LogUpdate.next(model, model.paneId(), true)
                            : SpawnUpdate.open(model);
            case PREVIOUS_MATCH ->
                    model.log().search().isPresent()
                            ? LogUpdate.next(model, model.paneId(), false)
                            : Step.of(Update.say(model, "nothing is looked for yet"));
            case NEXT_ERROR -> LogUpdate.error(model, model.paneId(), true);
            case PREVIOUS_ERROR -> LogUpdate.error(model, model.paneId(), false);
            case STAMPS -> Step.of(stamps(model, model.paneId()));
            case MARK_LINES -> MarkUpdate.toggle(model, model.paneId());
            case COPY -> LogOut.copy(model, model.paneId());
            case SAVE_LOG -> LogOut.save(model, model.paneId());
            case PAGER -> LogOut.page(model, model.paneId());
            case EDITOR -> LogOut.edit(model, model.paneId());
            case PERCENT -> Step.of(mode(model, new Mode.Percent(LineEdit.EMPTY)));
            case MERGE -> MergeUpdate.toggle(model);
            case FOLLOW -> LogUpdate.follow(model, model.paneId(), !model.log().follow());
            case WRAP -> Step.of(SheetUpdate.wrap(model));
            case ZOOM -> Step.of(PaneUpdate.zoom(model));
            case OPEN_LOG ->
                    TableUpdate.folded(model).orElseGet(() -> Step.of(PaneUpdate.open(model)));
            case SWITCH_FOCUS -> Step.of(PaneUpdate.next(model, 1));
            case SWITCH_BACK -> Step.of(PaneUpdate.next(model, -1));
            case PIN -> PaneUpdate.pin(model);
            case PANE_1 -> Step.of(PaneUpdate.numbered(model, PaneId.FIRST));
            case PANE_2 -> Step.of(PaneUpdate.numbered(model, PaneId.SECOND));
            case PANE_3 -> Step.of(PaneUpdate.numbered(model, PaneId.THIRD));
            case PANE_4 -> Step.of(PaneUpdate.numbered(model, PaneId.FOURTH));
            case MARK, MARK_ALL, SORT, GROUP, FOLD, UNFOLD, COLUMNS ->
                    TableUpdate.act(model, action);
            case TOGGLE, MOVE_UP, MOVE_DOWN, RESET -> Step.of(model);
            case LAYOUT -> ArrangeUpdate.reshaped(model);
            case SMALLER -> ArrangeUpdate.moved(model, false);
            case LARGER -> ArrangeUpdate.moved(model, true);
            case MOUSE -> ArrangeUpdate.mouse(model);
            case PALETTE -> PaletteUpdate.open(model);
            case THEME -> ThemeUpdate.open(model);
            case HELP -> Step.of(mode(model, new Mode.Help(0)));
            case QUIT -> LeaveUpdate.leave(model);
            case STOP_AND_QUIT -> LeaveUpdate.stopAndLeave(model);
            case BACK -> back(model);
            case REDRAW -> Step.of(model, new Cmd.Redraw());
            case SUSPEND -> Step.of(model, new Cmd.Suspend());
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HALF_UP, HALF_DOWN, TOP, BOTTOM ->
                    model.focus() == Focus.LOG
                            ? moveLog(model, action)
                            : TableUpdate.move(model, action);
            case TIMELINE, NEEDS, DETAILS, LONGER, SHORTER -> Step.of(model);
            case ACCEPT,
                    CANCEL,
                    COMPLETE,
                    EDIT_TEXT,
                    NEXT_FIELD,
                    PREVIOUS_FIELD,
                    OLDER,
                    NEWER,
                    REGEX ->
                    Step.of(model);
        };
    }

    private static Step renaming(Model model) {
        return model.selected()
                .map(task -> new Mode.Rename(task.id(), LineEdit.EMPTY.insert(task.name())))
                .map(rename -> Step.of(mode(model, rename)))
                .orElseGet(() -> Step.of(model));
    }

    private static Step rename(Model model, Mode.Rename rename, Key key, Optional<Action> action) {
        return switch (action.orElse(Action.UP)) {
            case ACCEPT -> {
                Model next = mode(model, new Mode.Normal());
                String name = rename.line().text().strip();
                boolean same =
                        model.snapshot()
                                .task(rename.task())
                                .filter(task -> task.name().equals(name))
                                .isPresent();
                yield name.isEmpty() || same
                        ? Step.of(
                                Update.say(
                                        next,
                                        same
                                                ? "it is called so already"
                                                : "not renamed: the new name was empty"))
                        : Step.of(next, new Cmd.Submit(new Request.Rename(rename.task(), name)));
            }
            case CANCEL -> Step.of(mode(model, new Mode.Normal()));
            default ->
                    Step.of(mode(model, new Mode.Rename(rename.task(), rename.line().press(key))));
        };
    }

    private static Step back(Model model) {
        boolean log = model.focus() == Focus.LOG && model.leaving().isEmpty();
        if (log && model.log().reading().marks().isPresent()) {
            return Step.of(MarkUpdate.cleared(model, model.paneId()));
        }
        boolean sheet = log && (model.sheet().fromTop() || model.sheet() == Sheet.MERGED);
        if (sheet && model.leaving().isEmpty() && model.log().search().isEmpty()) {
            return Step.of(SheetUpdate.closed(model, model.paneId()));
        }
        return Step.of(
                model.with(m -> {
                    if (m.leaving.isPresent()) {
                        m.leaving = Optional.empty();
                    } else if (m.focus == Focus.LOG && model.log().search().isPresent()) {
                        m.log(model.paneId(), piece -> piece.withSearch(Optional.empty()));
                    } else if (model.zoomed() || m.focus == Focus.LOG) {
                        m.arrangement = m.arrangement.withZoom(Optional.empty());
                        m.focus = Focus.TABLE;
                    } else if (!m.table.marked().isEmpty()) {
                        m.table = m.table.marking(Set.of());
                    } else {
                        m.table = Update.filtered(model, "");
                    }
                }));
    }

    private static Step help(Model model, int top, Optional<Action> action) {
        int page = Math.max(1, model.rows() - 8);
        return switch (action.orElse(Action.UP)) {
            case BACK, HELP -> Step.of(mode(model, new Mode.Normal()));
            case PALETTE -> PaletteUpdate.open(model);
            case QUIT -> LeaveUpdate.leave(model);
            case REDRAW -> Step.of(model, new Cmd.Redraw());
            case UP ->
                    Step.of(
                            action.isEmpty()
                                    ? model
                                    : mode(model, new Mode.Help(Math.max(0, top - 1))));
            case DOWN -> Step.of(mode(model, new Mode.Help(top + 1)));
            case PAGE_UP, HALF_UP -> Step.of(mode(model, new Mode.Help(Math.max(0, top - page))));
            case PAGE_DOWN, HALF_DOWN -> Step.of(mode(model, new Mode.Help(top + page)));
            case TOP -> Step.of(mode(model, new Mode.Help(0)));
            case BOTTOM -> Step.of(mode(model, new Mode.Help(model.keymap().bindings().size())));
            default -> Step.of(model);
        };
    }

    private static Step explain(Model model) {
        return model.selected()
                .map(task ->
                        Step.of(
                                mode(model, new Mode.Explained(task.id(), Optional.empty(), 0)),
                                new Cmd.Submit(new Request.Explain(task.id()))))
                .orElseGet(() -> Step.of(model));
    }

    private static Step explained(Model model, Mode.Explained shown, Optional<Action> action) {
        if (action.equals(Optional.of(Action.BACK))) {
            return Step.of(mode(model, new Mode.Normal()));
        }
        int page = Math.max(1, model.rows() - 6);
        int by = action.map(each -> lines(each, page)).orElse(0);
        int top = Math.max(0, shown.top() + by);
        return Step.of(mode(model, new Mode.Explained(shown.task(), shown.why(), top)));
    }

    private static Step stats(Model model, int top, Optional<Action> action) {
        if (action.equals(Optional.of(Action.BACK))) {
            return Step.of(mode(model, new Mode.Normal()));
        }
        int by = action.map(each -> lines(each, Math.max(1, model.rows() - 6))).orElse(0);
        return Step.of(mode(model, new Mode.Stats(Math.max(0, top + by))));
    }

    /** Only yes does what was asked; what is neither yes nor no leaves the question there. */
    private static Step answered(Model model, Mode.Confirm asked, Optional<Action> action) {
        Model closed = mode(model, new Mode.Normal());
        return switch (action.orElse(Action.UP)) {
            case ACCEPT -> asked.then().apply(closed);
            case CANCEL -> Step.of(closed);
            default -> Step.of(model);
        };
    }

    /** How many lines further down a key leads. */
    private static int lines(Action action, int page) {
        return switch (action) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP, HALF_UP -> -page;
            case PAGE_DOWN, HALF_DOWN -> page;
            case TOP -> -10_000;
            default -> 0;
        };
    }

    private static Step moveLog(Model model, Action action) {
        PaneId id = model.paneId();
        int rows = model.layout().rows(id);
        int left = model.log().left();
        boolean sideways = action == Action.LEFT || action == Action.RIGHT;
        if (model.log().reading().marks().isPresent() && !sideways) {
            return MarkUpdate.moved(model, id, action);
        }
        return switch (action) {
            case UP -> LogUpdate.scroll(model, id, -1);
            case DOWN -> LogUpdate.scroll(model, id, 1);
            case PAGE_UP -> LogUpdate.scroll(model, id, -Math.max(1, rows - 1));
            case PAGE_DOWN -> LogUpdate.scroll(model, id, Math.max(1, rows - 1));
            case HALF_UP -> LogUpdate.scroll(model, id, -Math.max(1, rows / 2));
            case HALF_DOWN -> LogUpdate.scroll(model, id, Math.max(1, rows / 2));
            case TOP -> LogUpdate.top(model, id);
            case BOTTOM -> LogUpdate.follow(model, id, true);
            case LEFT -> sideways(model, id, left - SIDEWAYS);
            case RIGHT ->
                    model.log().wrap()
                            ? Step.of(model)
                            : sideways(model, id, Math.min(left + SIDEWAYS, farthest(model, id)));
            default -> Step.of(model);
        };
    }

    private static Step sideways(Model model, PaneId id, int left) {
        return Step.of(model.with(m -> m.log(id, log -> log.withLeft(left))));
    }

    /** Columns to which scrolling sideways makes sense. */
    private static int farthest(Model model, PaneId id) {
        Layout layout = model.layout();
        LogPane pane = model.panes().get(id).log();
        int widest = 0;
        int first = LogRows.first(pane, layout.columns(id), layout.rows(id));
        int end = Math.min(pane.lines().size(), first + layout.rows(id));
        for (int i = first; i < end; i++) {
            String text = pane.lines().get(i).line().text();
            widest = Math.max(widest, dev.simmer.logs.CellWidth.width(text));
        }
        return Math.max(pane.left(), widest - pane.textColumns(layout.columns(id)) / 2);
    }

    private static Model stamps(Model model, PaneId id) {
        return model.with(m ->
                m.log(
                        id,
                        log -> log.withReading(log.reading().withStamps(!log.reading().stamps()))));
    }

    private static Model mode(Model model, Mode mode) {
        return model.with(m -> m.mode = mode);
    }
}
