package dev.simmer.engine;

import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptId;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Outcome;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import dev.simmer.scheduler.Attempt;
import dev.simmer.scheduler.PastAttempt;
import dev.simmer.scheduler.Reasons;
import dev.simmer.scheduler.State;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import dev.simmer.scheduler.WorkspaceRules;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of the scheduler's state. A task's view is made again only when something of the
 * task has changed, so that a snapshot of a thousand finished tasks costs next to nothing. Used by
 * the engine's thread alone.
 */
final class Views {
    private final Function<AttemptId, Path> logs;
    private final LongFunction<Instant> wall;
    private final Map<TaskId, Made> made = new HashMap<>();
    private Map<WorkspaceId, WorkspaceRules> workspacesOf = Map.of();
    private List<WorkspaceView> workspaces = List.of();
    private long version;

    /** Why the newest attempt of a task has no control group although it was to have one. */
    private final Map<TaskId, NotIsolated> notIsolated = new HashMap<>();

    /** What agents that run do. */
    private final Map<AttemptId, AgentRun> progress = new HashMap<>();

    private record NotIsolated(AttemptId attempt, String why) {}

    /** A view with what it was made of. */
    private record Made(
            Task task, @Nullable UsageSample usage, @Nullable AgentRun agent, TaskView view) {}

    /**
     * @param logs where an attempt's output is
     * @param wall the time of day at a moment of the engine's clock
     */
    Views(Function<AttemptId, Path> logs, LongFunction<Instant> wall) {
        this.logs = logs;
        this.wall = wall;
    }

    /** Takes note that a task runs without what it was to have. */
    void notIsolated(AttemptId attempt, String why) {
        notIsolated.put(attempt.task(), new NotIsolated(attempt, why));
    }

    /** Takes note of what an agent does. */
    void progress(AttemptId attempt, AgentRun run) {
        progress.put(attempt, run);
    }

    Snapshot snapshot(
            State state,
            Instant at,
            Optional<HostSample> host,
            Map<AttemptId, UsageSample> usage,
            Optional<String> trouble) {
        Reasons reasons = new Reasons(state);
        List<TaskView> tasks = new ArrayList<>(state.tasks().size());
        for (Task task : state.tasks().values()) {
            tasks.add(view(state, task, reasons, usage));
        }
        progress.keySet().removeIf(attempt -> !runs(state, attempt));
        if (made.size() > tasks.size()) {
            made.keySet().retainAll(state.tasks().keySet());
            notIsolated.keySet().retainAll(state.tasks().keySet());
        }
        version++;
        return new Snapshot(
                version, at, host(state, reasons, host), tasks, workspaces(state), trouble);
    }

    private static boolean runs(State state, AttemptId attempt) {
        Task task = state.tasks().get(attempt.task());
        return task != null
                && task.state() instanceof TaskState.Active active
                && active.attempt().id().equals(attempt);
    }

    /** Why a task is in its state, as far as the state tells. */
    Explanation explanation(
            State state,
            Task task,
            Optional<HostSample> host,
            Map<AttemptId, UsageSample> usage,
            Function<TaskSpec, OptionalLong> usualMillis) {
        Reasons reasons = new Reasons(state);
        Explaining.Found found = new Explaining(state, reasons, usualMillis).of(task);
        List<Explanation.Blocker> blockers =
                found.blockers().stream()
                        .map(each ->
                                new Explanation.Blocker(
                                        each.id(),
                                        each.name(),
                                        each.holds(),
                                        instant(each.endsAt())))
                        .toList();
        return new Explanation(
                view(state, task, reasons, usage),
                host(state, reasons, host),
                wall.apply(state.now()),
                wall.apply(found.since()),
                blockers,
                instant(found.startsAt()),
                instant(found.endsAt()),
                found.notes());
    }

    private List<WorkspaceView> workspaces(State state) {
        if (!same(workspacesOf, state.rules())) {
            workspacesOf = state.rules();
            List<WorkspaceView> views = new ArrayList<>();
            state.rules()
                    .forEach((id, rules) ->
                            views.add(new WorkspaceView(id, rules.session(), rules.limits())));
            workspaces = List.copyOf(views);
        }
        return workspaces;
    }

    private static HostView host(State state, Reasons reasons, Optional<HostSample> sample) {
        if (sample.isEmpty()) {
            return HostView.UNKNOWN;
        }
        HostSample host = sample.get();
        return new HostView(
                true,
                host.totalBytes(),
                host.availableBytes(),
                reasons.heldBytes(),
                Reasons.reserveBytes(state),
                host.cgroupLimitBytes(),
                host.cpus(),
                host.cpu(),
                host.load1(),
                host.swapUsedBytes(),
                host.memoryStall(),
                host.ioStall(),
                reasons.pressure());
    }

    private TaskView view(
            State state, Task task, Reasons reasons, Map<AttemptId, UsageSample> usage) {
        Made before = made.get(task.id());
        boolean ended = task.state() instanceof TaskState.Ended;
        if (ended && before != null && same(before.task(), task)) {
            return before.view();
        }
        UsageSample used =
                task.state() instanceof TaskState.Active active
                        ? usage.get(active.attempt().id())
                        : null;
        AgentRun agent = agent(task);
        String reason = reason(task, reasons);
        if (before != null
                && same(before.task(), task)
                && same(before.usage(), used)
                && same(before.agent(), agent)
                && before.view().reason().equals(reason)) {
            return before.view();
        }
        TaskView view = make(state, task, reason, used);
        made.put(task.id(), new Made(task, used, agent, view));
        return view;
    }

    private @Nullable AgentRun agent(Task task) {
        return task.state() instanceof TaskState.Active active
                ? progress.get(active.attempt().id())
                : null;
    }

    private String reason(Task task, Reasons reasons) {
        String reason = reasons.of(task);
        NotIsolated without = notIsolated.get(task.id());
        return reason.isEmpty()
                        && without != null
                        && task.state() instanceof TaskState.Active active
                        && active.attempt().id().equals(without.attempt())
                ? "runs without a control group of its own: " + without.why()
                : reason;
    }

    private TaskView make(State state, Task task, String reason, @Nullable UsageSample used) {
        List<AttemptView> attempts = attempts(task);
        Optional<Instant> startedAt =
                attempts.isEmpty() ? Optional.empty() : attempts.getLast().startedAt();
        Optional<Instant> endedAt = Optional.empty();
        Optional<Outcome> outcome = Optional.empty();
        if (task.state() instanceof TaskState.Ended ended) {
            endedAt = Optional.of(wall.apply(ended.at()));
            outcome = Optional.of(ended.outcome());
        }
        return new TaskView(
                task.id(),
                task.spec(),
                Reasons.phase(task),
                reason,
                used == null || used.mainPid() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(used.mainPid()),
                attempts,
                used == null ? 0 : used.cpu(),
                used == null ? 0 : used.rssBytes(),
                task.expected(),
                state.heavy(task),
                startedAt,
                endedAt,
                outcome);
    }

    private List<AttemptView> attempts(Task task) {
        List<AttemptView> attempts = new ArrayList<>();
        for (PastAttempt past : task.history()) {
            Path log = logs.apply(new AttemptId(task.id(), past.number()));
            attempts.add(
                    new AttemptView(
                            past.number(),
                            log,
                            instant(past.startedAt()),
                            Optional.of(wall.apply(past.endedAt())),
                            Optional.of(past.outcome()),
                            past.peakRssBytes(),
                            transcript(task, log),
                            past.agent()));
        }
        if (task.state() instanceof TaskState.Active active) {
            Attempt attempt = active.attempt();
            Path log = logs.apply(attempt.id());
            attempts.add(
                    new AttemptView(
                            attempt.id().number(),
                            log,
                            instant(attempt.startedAt()),
                            Optional.empty(),
                            Optional.empty(),
                            attempt.peakRssBytes(),
                            transcript(task, log),
                            Optional.ofNullable(progress.get(attempt.id()))));
        }
        return attempts.size() > TaskView.MAX_ATTEMPTS
                ? attempts.subList(attempts.size() - TaskView.MAX_ATTEMPTS, attempts.size())
                : attempts;
    }

    private static Optional<Path> transcript(Task task, Path log) {
        return task.spec().agent().isPresent()
                ? Optional.of(log.resolveSibling(Launch.TRANSCRIPT))
                : Optional.empty();
    }

    private Optional<Instant> instant(OptionalLong at) {
        return at.isPresent() ? Optional.of(wall.apply(at.getAsLong())) : Optional.empty();
    }

    /** Whether it is the very same object: states share what has not changed. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
