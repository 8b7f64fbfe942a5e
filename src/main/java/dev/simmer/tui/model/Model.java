package dev.simmer.tui.model;

import dev.simmer.logs.StyledLine;
import dev.simmer.model.Kind;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All that the dashboard shows; immutable. One thread, the loop's, makes new ones.
 *
 * @param place where it was opened
 * @param columns of the terminal
 * @param rows of the terminal
 * @param now the wall clock, as of the last message
 * @param snapshot the engine's newest
 * @param sights what there is to see besides tasks and logs
 * @param scope which of its tasks are shown
 * @param table the task table
 * @param panes the logs
 * @param mode what lies over them
 * @param focus whether the table or the current pane has the keys
 * @param arrangement how the screen is divided
 * @param leaving present when the dashboard closes as soon as what it stops has ended
 * @param toast a message
 * @param lastLines last lines of logs, for the table
 * @param appearance which theme is shown
 * @param history commands that were spawned, newest last
 * @param awaited a task that is to be selected as soon as it is seen
 * @param keymap what keys mean
 * @param acting what palette and dialogs remember
 * @param notices what the user is told of without having asked
 */
public record Model(
        Place place,
        int columns,
        int rows,
        Instant now,
        Snapshot snapshot,
        Sights sights,
        Scope scope,
        TaskTable table,
        Panes panes,
        Mode mode,
        Focus focus,
        Arrangement arrangement,
        Optional<Leaving> leaving,
        Optional<Toast> toast,
        Map<TaskId, LastLineSeen> lastLines,
        Appearance appearance,
        List<String> history,
        Optional<TaskId> awaited,
        Keymap keymap,
        Acting acting,
        Notices notices) {

    /**
     * A log's last line.
     *
     * @param key which log
     * @param line the line
     * @param last whether the attempt had ended when it was read
     * @param progress how far the task had come by this line and those before it
     */
    public record LastLineSeen(
            LogKey key, StyledLine line, boolean last, Optional<Progress> progress) {}

    /** How much a diff changes, and where what it changes has stayed, if that is told. */
    public record DiffSeen(LogKey key, DiffStat stat, Optional<KeptWorktree> kept) {}

    /** The dashboard before it knows anything. */
    public static Model opening(
            Place place, int columns, int rows, List<String> themes, String theme) {
        return new Model(
                place,
                columns,
                rows,
                Instant.EPOCH,
                Snapshot.EMPTY,
                Sights.OPENING,
                Scope.EMPTY,
                TaskTable.EMPTY,
                Panes.NONE,
                new Mode.Normal(),
                Focus.TABLE,
                Arrangement.AUTOMATIC,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Appearance.of(themes, theme),
                List.of(),
                Optional.empty(),
                Keymap.DEFAULT,
                Acting.NOTHING,
                Notices.NONE);
    }

    /** The same with keys of the user's. */
    public Model withKeymap(Keymap keys) {
        return with(m -> m.keymap = keys);
    }

    /** The theme that is to be drawn. */
    public String theme() {
        return appearance.shown();
    }

    /** The same in a terminal whose background is known, as far as it is light or dark. */
    public Model onLight(boolean light) {
        return with(m -> m.appearance = m.appearance.on(light ? 0xffffff : 0));
    }

    /** The task that keys are about: that of the pane that has them, else the table's. */
    public Optional<TaskView> selected() {
        return inPinned() ? task(pane()) : row();
    }

    /** The task that is selected in the table. */
    public Optional<TaskView> row() {
        return table.task();
    }

    /** Whether a pinned pane has the keys. */
    public boolean inPinned() {
        return paneId() != PaneId.FLOATING;
    }

    /** The pane that keys for logs are about. */
    public PaneId paneId() {
        return focus == Focus.LOG ? panes.current() : PaneId.FLOATING;
    }

    /** The pane that keys for logs are about. */
    public Pane pane() {
        return panes.get(paneId());
    }

    /** What that pane has of its log. */
    public LogPane log() {
        return pane().log();
    }

    /** What that pane shows of its task. */
    public Sheet sheet() {
        return pane().sheet();
    }

    /** The task of a pane. */
    public Optional<TaskView> task(Pane pane) {
        return pane.task().flatMap(snapshot::task);
    }

    /** Whether a pane has the keys. */
    public boolean focused(PaneId id) {
        return focus == Focus.LOG && panes.current() == id;
    }

    /** Whether what has the keys fills the screen. */
    public boolean zoomed() {
        return arrangement.zoom().isPresent();
    }

    /** How much an agent's diff changes, as far as it is known. */
    public Optional<DiffSeen> measured(TaskView task) {
        Optional<LogKey> key = LogKey.of(task, Sheet.DIFF);
        return panes.measured().stream()
                .filter(seen -> Optional.of(seen.key()).equals(key))
                .findFirst();
    }

    /** The last line of a task's newest attempt, as far as it is known. */
    public StyledLine lastLine(TaskView task) {
        LastLineSeen seen = lastLines.get(task.id());
        return seen == null || seen.key().attempt() != task.attempt()
                ? StyledLine.EMPTY
                : seen.line();
    }

    /** How far a task has come that runs, as far as its output tells. */
    public Optional<Progress> progress(TaskView task) {
        LastLineSeen seen = lastLines.get(task.id());
        // What an agent writes is talk, in which "step 2 of 5" is a plan.
        return seen == null
                        || seen.key().attempt() != task.attempt()
                        || task.spec().kind() == Kind.AGENT
                        || !task.phase().active()
                ? Optional.empty()
                : seen.progress();
    }

    /** Where everything lies. */
    public Layout layout() {
        return Layout.of(this);
    }

    /** Where keys go. */
    public Context context() {
        return switch (mode) {
            case Mode.Spawn _, Mode.Filter _, Mode.OfLog _, Mode.Rename _ -> Context.PROMPT;
            case Mode.Help _ -> Context.HELP;
            case Mode.Details _ -> Context.DETAILS;
            case Mode.Explained _, Mode.Stats _ -> Context.EXPLANATION;
            case Mode.Confirm _ -> Context.QUESTION;
            case Mode.Palette _ -> Context.PALETTE;
            case Mode.Filling _ -> Context.DIALOG;
            case Mode.Columns _ -> Context.COLUMNS;
            case Mode.Themes _ -> Context.THEMES;
            case Mode.Normal() when leaving.isPresent() -> Context.LEAVING;
            case Mode.Normal() when sights.shown() == Sight.TIMELINE -> Context.TIMELINE;
            case Mode.Normal() when sights.shown() == Sight.NEEDS -> Context.NEEDS;
            case Mode.Normal() -> focus == Focus.LOG ? Context.LOG : Context.TABLE;
        };
    }

    /** Whether the engine has tasks that are not shown. */
    boolean moreElsewhere() {
        return scope.tasks().size() < CleanUpdate.shown(this).tasks().size();
    }

    /** How many of the workspace's tasks have a process, or soon have one again. */
    public int running() {
        return scope.running();
    }

    /** How many tasks the dashboard waits for before it closes. */
    public int leavingFor() {
        return LeaveUpdate.left(this).size();
    }

    /** A copy in which something is different. */
    Model with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A model that is being changed; never leaves the method that made it. */
    static final class Draft {
        private final Place place;
        int columns;
        int rows;
        Instant now;
        Snapshot snapshot;
        Sights sights;
        Scope scope;
        TaskTable table;
        Panes panes;
        Mode mode;
        Focus focus;
        Arrangement arrangement;
        Optional<Leaving> leaving;
        Optional<Toast> toast;
        Map<TaskId, LastLineSeen> lastLines;
        Appearance appearance;
        List<String> history;
        Optional<TaskId> awaited;
        Keymap keymap;
        Acting acting;
        Notices notices;

        private Draft(Model from) {
            place = from.place;
            columns = from.columns;
            rows = from.rows;
            now = from.now;
            snapshot = from.snapshot;
            sights = from.sights;
            scope = from.scope;
            table = from.table;
            panes = from.panes;
            mode = from.mode;
            focus = from.focus;
            arrangement = from.arrangement;
            leaving = from.leaving;
            toast = from.toast;
            lastLines = from.lastLines;
            appearance = from.appearance;
            history = from.history;
            awaited = from.awaited;
            keymap = from.keymap;
            acting = from.acting;
            notices = from.notices;
        }

        /** Changes the piece of log that a pane has. */
        void log(PaneId id, UnaryOperator<LogPane> change) {
            Pane pane = panes.get(id);
            panes = panes.with(pane.withLog(change.apply(pane.log())));
        }

        /** Notes last lines, and forgets those of tasks that are no more. */
        void note(List<LastLineSeen> lines) {
            Map<TaskId, LastLineSeen> all = new HashMap<>(lastLines);
            for (LastLineSeen seen : lines) {
                all.put(seen.key().task(), seen);
            }
            if (all.size() > 2 * snapshot.tasks().size() + 64) {
                all.keySet().removeIf(id -> snapshot.task(id).isEmpty());
            }
            lastLines = all;
        }

        private Model done() {
            return new Model(
                    place,
                    columns,
                    rows,
                    now,
                    snapshot,
                    sights,
                    scope,
                    table,
                    panes,
                    mode,
                    focus,
                    arrangement,
                    leaving,
                    toast,
                    lastLines,
                    appearance,
                    history,
                    awaited,
                    keymap,
                    acting,
                    notices);
        }
    }
}
