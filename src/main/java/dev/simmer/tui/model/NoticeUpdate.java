package dev.simmer.tui.model;

import dev.simmer.model.AgentRun;
import dev.simmer.model.Kind;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what the user should be told of by comparing snapshots. */
final class NoticeUpdate {
    private NoticeUpdate() {}

    /** Takes in what differs between the snapshots of two models. */
    @SuppressWarnings("ReferenceEquality") // Only the one at the beginning tells of nothing.
    static Model noticed(Model before, Model model) {
        Instant now = model.now();
        List<Notice> news = new ArrayList<>();
        if (!before.snapshot().equals(Snapshot.EMPTY)) {
            for (Notice notice : compare(before.snapshot(), model.snapshot(), now)) {
                if (concerns(model, notice)) {
                    news.add(notice);
                }
            }
        }
        return news.isEmpty() ? model : model.with(m -> m.notices = m.notices.with(news, now));
    }

    private static boolean concerns(Model model, Notice notice) {
        TaskId id = notice.task().orElseThrow();
        boolean own = model.notices().own().containsKey(id);
        boolean here =
                model.scope().everywhere()
                        || model.snapshot()
                                .task(id)
                                .filter(each ->
                                        each.spec().workspace().equals(model.place().workspace()))
                                .isPresent();
        return here && !own && model.leaving().isEmpty();
    }

    /** All that is news in a snapshot, in the order of the tasks' ids; goes through both once. */
    @SuppressWarnings("ReferenceEquality") // Most tasks are the very same in both.
    static List<Notice> compare(Snapshot before, Snapshot after, Instant now) {
        List<Notice> news = new ArrayList<>();
        List<TaskView> old = before.tasks();
        int at = 0;
        for (TaskView task : after.tasks()) {
            while (at < old.size() && old.get(at).id().compareTo(task.id()) < 0) {
                at++;
            }
            boolean known = at < old.size() && old.get(at).id().equals(task.id());
            TaskView was = known ? old.get(at) : null;
            if (was == task) {
                continue;
            }
            Optional<Phase> phase = Optional.ofNullable(was).map(TaskView::phase);
            boolean fresh =
                    was != null
                            || task.endedAt().filter(end -> !end.isBefore(before.at())).isPresent();
            boolean waited = was != null && waits(was);
            if (fresh && phase.filter(Phase::ended).isEmpty()) {
                ended(task, phase, now).ifPresent(news::add);
            }
            if (waits(task) && !waited) {
                String doing = task.agent().map(AgentRun::doing).orElse("");
                news.add(Notice.of(Notice.Event.WAITS, task.id(), task.name(), doing, now));
            }
        }
        return news;
    }

    private static Optional<Notice> ended(TaskView task, Optional<Phase> before, Instant now) {
        Phase phase = task.phase();
        boolean stopped =
                task.outcome().filter(each -> each instanceof Outcome.Stopped).isPresent()
                        || phase == Phase.SKIPPED;
        boolean again =
                phase == Phase.BACKOFF && before.filter(old -> old != Phase.BACKOFF).isPresent();
        Notice.Event event =
                switch (task.spec().kind()) {
                    case SERVICE -> Notice.Event.DIED;
                    case AGENT -> phase.failed() ? Notice.Event.FAILED : Notice.Event.ENDED;
                    case JOB -> Notice.Event.FAILED;
                };
        boolean news =
                switch (task.spec().kind()) {
                    case SERVICE -> (phase.ended() && !stopped) || again;
                    case AGENT -> phase.ended() && !stopped;
                    case JOB -> phase.failed();
                };
        return news
                ? Optional.of(Notice.of(event, task.id(), task.name(), task.reason(), now))
                : Optional.empty();
    }

    /** Whether an agent waits for a person. */
    private static boolean waits(TaskView task) {
        return task.spec().kind() == Kind.AGENT
                && task.phase().active()
                && task.agent()
                        .filter(run -> run.state() == AgentRun.State.NEEDS_PERMISSION)
                        .isPresent();
    }

    /** Notes which tasks the user ends, and tells outside what is due. */
    static Step told(Step step) {
        Model model = step.model();
        for (Cmd command : step.commands()) {
            if (command instanceof Cmd.Submit(Request request)) {
                Set<TaskId> touched = touched(request);
                if (!touched.isEmpty()) {
                    model = model.with(m -> m.notices = m.notices.acting(touched, m.now));
                }
            }
        }
        Optional<Notice> due = model.notices().due(model.now());
        if (due.isEmpty()) {
            return new Step(model, step.commands());
        }
        Notice notice = due.get();
        boolean seen = model.notices().focused().orElse(false);
        Model next = model.with(m -> m.notices = m.notices.told(notice, m.now));
        return new Step(next, step.commands()).withMore(Optional.of(new Cmd.Tell(notice, seen)));
    }

    private static Set<TaskId> touched(Request request) {
        return switch (request) {
            case Request.Stop(Set<TaskId> ids, _) -> ids;
            case Request.Spawn _,
                    Request.Start _,
                    Request.Restart _,
                    Request.Pause _,
                    Request.Resume _,
                    Request.Rename _,
                    Request.OpenSession _,
                    Request.RenameSession _,
                    Request.Send _,
                    Request.Explain _,
                    Request.Forget _ ->
                    Set.of();
        };
    }
}
