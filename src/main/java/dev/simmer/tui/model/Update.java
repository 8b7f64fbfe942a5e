package dev.simmer.tui.model;

import dev.simmer.model.Explanation;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each message does to the model. Pure: the same model and message give the same step. */
public final class Update {
    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(8);

    private Update() {}

    /** Takes a message in. */
    public static Step update(Model model, Msg msg) {
        Step step =
                switch (msg) {
                    case Msg.KeyPressed(Key key) -> pressed(model, key);
                    case Msg.Pasted(String text) -> KeyUpdate.pasted(unsaid(model), text);
                    case Msg.Clicked(int column, int row) ->
                            KeyUpdate.clicked(unsaid(model), column, row);
                    case Msg.Dragged(int column, int row) ->
                            Step.of(
                                    MarkUpdate.dragged(
                                            ArrangeUpdate.dragged(model, column, row),
                                            column,
                                            row));
                    case Msg.Released() -> Step.of(ArrangeUpdate.released(model));
                    case Msg.Wheeled(int column, int row, int rows) ->
                            KeyUpdate.wheeled(model, column, row, rows);
                    case Msg.Resized(int columns, int rows) ->
                            Step.of(
                                    model.with(m -> {
                                        m.columns = columns;
                                        m.rows = rows;
                                    }));
                    case Msg.SnapshotChanged(Snapshot snapshot) -> changed(model, snapshot);
                    case Msg.Clock clock ->
                            CleanUpdate.clock(askAgain(LeaveUpdate.wait(clock(model, clock))));
                    case Msg.LogPoll() -> LogUpdate.poll(model);
                    case Msg.LastLinesPoll() -> lastLinesPoll(model);
                    case Msg.LogRead read -> LogUpdate.read(model, read);
                    case Msg.LogUnreadable(LogKey key, String why) ->
                            LogUpdate.unreadable(model, key, why);
                    case Msg.DiffMeasured measured -> SheetUpdate.measured(model, measured);
                    case Msg.LastLinesRead(List<Msg.Seen> lines) -> lastLinesRead(model, lines);
                    case Msg.Searched searched -> LogUpdate.searched(model, searched);
                    case Msg.HitsCounted counted -> LogUpdate.counted(model, counted);
                    case Msg.LinesRead read -> LogOut.read(model, read);
                    case Msg.SaveRefused refused -> LogOut.refused(model, refused);
                    case Msg.OpenFound(Cmd.Open open) -> Step.of(model, open);
                    case Msg.Replied(Request request, Reply reply) ->
                            replied(model, request, reply);
                    case Msg.Unanswered(Request request, String why) ->
                            unanswered(model, request, why);
                    case Msg.Background(int rgb) -> ThemeUpdate.told(model, rgb);
                    case Msg.ThemesRead read -> Step.of(ThemeUpdate.read(model, read));
                    case Msg.Problem(String text) -> Step.of(error(model, text));
                    case Msg.Wrong(var problems) -> Step.of(Misconfigured.told(model, problems));
                    case Msg.Said(String text) -> Step.of(say(model, text));
                    case Msg.Returned(var _, Optional<String> trouble) ->
                            Step.of(trouble.map(why -> error(model, why)).orElse(model));
                    case Msg.StopAsked() -> Step.of(model, new Cmd.Suspend());
                    case Msg.TellingWanted() ->
                            Step.of(model.with(m -> m.notices = m.notices.telling()));
                    case Msg.FocusChanged(boolean focused) ->
                            Step.of(model.with(m -> m.notices = m.notices.focused(focused)));
                    case Msg.Edited edited -> DialogUpdate.edited(model, edited);
                    case Msg.LookedUp(Findings findings) -> DialogUpdate.found(model, findings);
                    case Msg.Continued() -> Step.of(model, new Cmd.Redraw());
                };
        return NoticeUpdate.told(settled(model, CleanUpdate.leaving(step)));
    }

    /** Makes table and log fit to what has changed, and asks for what they lack. */
    private static Step settled(Model before, Step step) {
        Model model = step.model();
        TaskTable table = model.table().visible(model.layout().tableRows());
        if (table.top() != model.table().top()) {
            model = model.with(m -> m.table = table);
        }
        return PaneUpdate.settled(before, new Step(SightUpdate.settled(model), step.commands()));
    }

    /** Whether a process lives, or soon will again. */
    static boolean runs(Phase phase) {
        return phase.active() || phase == Phase.BACKOFF;
    }

    private static Step changed(Model model, Snapshot snapshot) {
        Model next =
                model.with(m -> {
                    m.snapshot = snapshot;
                    m.sights = m.sights.seen(snapshot);
                    if (snapshot.at().isAfter(m.now)) {
                        m.now = snapshot.at();
                    }
                });
        Model scoped = scoped(CleanUpdate.gone(next), model.scope().everywhere());
        Optional<TaskId> awaited = next.awaited().filter(id -> snapshot.task(id).isPresent());
        Model shown =
                awaited.isEmpty()
                        ? scoped
                        : scoped.with(m -> {
                            m.table = m.table.select(awaited.get(), scoped.layout().tableRows());
                            m.awaited = Optional.empty();
                        });
        return LeaveUpdate.wait(NoticeUpdate.noticed(model, shown));
    }

    /** Shows the tasks of the workspace's session, or all. */
    static Model scoped(Model model, boolean everywhere) {
        Scope scope = Scope.of(model.place().workspace(), CleanUpdate.shown(model), everywhere);
        Model next =
                model.with(m -> {
                    m.scope = scope;
                    if (scope.tasks().isEmpty()) {
                        m.arrangement = m.arrangement.withZoom(Optional.empty());
                        m.focus = Focus.TABLE;
                    }
                });
        TaskTable table = filtered(next, model.table().filter());
        return next.with(m -> m.table = table);
    }

    static TaskTable filtered(Model model, String words) {
        return TableUpdate.shown(model, words, model.table().choice());
    }

    /** An answer that nobody waits for any more is dropped. */
    private static Model explained(Model model, Explanation why) {
        return model.mode() instanceof Mode.Explained(TaskId task, var _, int top)
                        && task.equals(why.task().id())
                ? model.with(m -> m.mode = new Mode.Explained(task, Optional.of(why), top))
                : model;
    }

    private static Step askAgain(Step step) {
        return step.model().mode() instanceof Mode.Explained(TaskId task, var _, int _)
                ? step.withMore(Optional.of(new Cmd.Submit(new Request.Explain(task))))
                : step;
    }

    private static Model clock(Model model, Msg.Clock clock) {
        return model.with(m -> {
            m.now = clock.now();
            m.toast = m.toast.filter(toast -> clock.now().isBefore(toast.until()));
            m.notices = m.notices.at(clock.now());
        });
    }

    private static Step lastLinesPoll(Model model) {
        Layout layout = model.layout();
        if (layout.table().isEmpty()) {
            return Step.of(model);
        }
        List<Cmd.Wanted> wanted = new ArrayList<>();
        for (TaskView task : model.table().seen(layout.tableRows())) {
            Timers.wanted(model, task).ifPresent(wanted::add);
        }
        return wanted.isEmpty() ? Step.of(model) : Step.of(model, new Cmd.ReadLastLines(wanted));
    }

    private static Step lastLinesRead(Model model, List<Msg.Seen> lines) {
        List<Model.LastLineSeen> seen =
                lines.stream().map(each -> ProgressUpdate.seen(model, each)).toList();
        return Step.of(model.with(m -> m.note(seen)));
    }

    private static Step replied(Model model, Request request, Reply reply) {
        return switch (reply) {
            case Reply.Refused(String why) when request instanceof Request.Stop stop ->
                    LeaveUpdate.answered(model, stop, Optional.of(why));
            case Reply.Refused(String why) when request instanceof Request.Forget forget ->
                    CleanUpdate.failed(model, forget, why);
            case Reply.Refused(String why) when request instanceof Request.Explain ->
                    Step.of(error(model.with(m -> m.mode = new Mode.Normal()), why));
            case Reply.Refused(String why) -> Step.of(error(model, why));
            case Reply.Accepted(List<TaskId> ids) when request instanceof Request.Spawn ->
                    Step.of(spawned(model, ids));
            case Reply.Accepted(List<TaskId> ids) when request instanceof Request.Forget forget ->
                    CleanUpdate.forgotten(model, forget, ids);
            case Reply.Accepted _ when request instanceof Request.Stop stop ->
                    LeaveUpdate.answered(model, stop, Optional.empty());
            case Reply.Accepted _ -> Step.of(model);
            case Reply.Explained(Explanation why) -> Step.of(explained(model, why));
        };
    }

    private static Step unanswered(Model model, Request request, String why) {
        if (request instanceof Request.Forget forget) {
            return CleanUpdate.failed(model, forget, why);
        }
        return request instanceof Request.Stop stop
                ? LeaveUpdate.answered(model, stop, Optional.of(why))
                : Step.of(error(model, why));
    }

    private static Model spawned(Model model, List<TaskId> ids) {
        if (ids.isEmpty()) {
            return model;
        }
        TaskId id = ids.getFirst();
        int rows = model.layout().tableRows();
        boolean here = model.snapshot().task(id).isPresent();
        return model.with(m -> {
            m.awaited = here ? Optional.empty() : Optional.of(id);
            m.table = m.table.select(id, rows);
        });
    }

    /** Escape takes only the message away where that tells of something wrong. */
    private static Step pressed(Model model, Key key) {
        boolean wrong = model.toast().filter(Toast::error).isPresent();
        boolean plain = model.mode() instanceof Mode.Normal && model.leaving().isEmpty();
        Optional<Action> action = model.keymap().action(model.context(), key);
        return wrong && plain && action.equals(Optional.of(Action.BACK))
                ? Step.of(unsaid(model))
                : KeyUpdate.pressed(unsaid(model), key);
    }

    /** A message stands in the way of the footer's keys: the next key takes it away. */
    private static Model unsaid(Model model) {
        return model.toast().isEmpty() ? model : model.with(m -> m.toast = Optional.empty());
    }

    /** Shows a message for some seconds. */
    static Model say(Model model, String text) {
        return model.with(m -> m.toast = Optional.of(new Toast(text, false, m.now.plus(SHORT))));
    }

    /** Shows what went wrong, for some more seconds. */
    static Model error(Model model, String text) {
        return model.with(m -> m.toast = Optional.of(new Toast(text, true, m.now.plus(LONG))));
    }
}
