package dev.simmer.engine;

import dev.simmer.model.ByteSize;
import dev.simmer.model.Limits;
import dev.simmer.model.Need;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.scheduler.HostReading;
import dev.simmer.scheduler.Reasons;
import dev.simmer.scheduler.ResolvedNeed;
import dev.simmer.scheduler.State;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import dev.simmer.scheduler.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a task waits for, and when that may be over: it goes through the tasks that have what is
 * wanted in the order in which they are expected to end, and counts what each gives back until
 * there is enough. Expected ends come from how long earlier attempts took; who else waits for the
 * same is left out of account, so that the moment is the earliest one. Times are the engine's.
 */
final class Explaining {
    /** Needs of needs are followed so far. */
    private static final int DEPTH = 20;

    private final State state;
    private final Reasons reasons;
    private final Function<TaskSpec, OptionalLong> usualMillis;

    /** What was found; see {@link dev.simmer.model.Explanation}. */
    record Found(
            long since,
            List<Blocking> blockers,
            OptionalLong startsAt,
            OptionalLong endsAt,
            List<String> notes) {}

    /** A task that is in the way. */
    record Blocking(TaskId id, String name, String holds, OptionalLong endsAt) {}

    private static final Verdict NO_VERDICT = new Verdict.Admitted(false);

    private record Wait(List<Blocking> blockers, OptionalLong until) {
        static final Wait UNKNOWN = new Wait(List.of(), OptionalLong.empty());
    }

    /**
     * @param usualMillis how long attempts that succeed take
     */
    Explaining(State state, Reasons reasons, Function<TaskSpec, OptionalLong> usualMillis) {
        this.state = state;
        this.reasons = reasons;
        this.usualMillis = usualMillis;
    }

    Found of(Task task) {
        boolean waits =
                task.state() instanceof TaskState.Blocked
                        || task.state() instanceof TaskState.Queued
                        || task.state() instanceof TaskState.Backoff;
        boolean pausedForMemory =
                task.state() instanceof TaskState.Paused paused && paused.forMemory();
        Wait wait =
                waits
                        ? wait(task, DEPTH)
                        : pausedForMemory
                                ? new Wait(others(task), OptionalLong.empty())
                                : Wait.UNKNOWN;
        OptionalLong endsAt =
                waits ? later(wait.until(), usualMillis.apply(task.spec())) : end(task, 0);
        List<String> notes = new ArrayList<>();
        if (pausedForMemory) {
            notes.add(
                    "it goes on by itself as soon as what it still needs is free;"
                            + " `simmer resume "
                            + task.id()
                            + "` lets it go on now");
        }
        if (pausedForMemory
                || reasons.verdict(task.id()).orElse(NO_VERDICT) instanceof Verdict.UnderPressure) {
            notes.addAll(limits());
        }
        notes.addAll(notes(task));
        return new Found(since(task), wait.blockers(), wait.until(), endsAt, notes);
    }

    /** What else runs, with what it has of the memory; those that were paused for it have some. */
    private List<Blocking> others(Task task) {
        List<Blocking> found = new ArrayList<>();
        for (TaskId id : state.active()) {
            Task other = state.task(id);
            if (!id.equals(task.id()) && claims(other) > 0) {
                boolean paused = other.state() instanceof TaskState.Paused;
                found.add(
                        new Blocking(
                                id,
                                other.spec().name(),
                                ByteSize.format(claims(other)) + (paused ? ", paused" : ""),
                                end(other, 0)));
            }
        }
        return sorted(found);
    }

    /** From when on memory is short and when it no longer is; see the ladder of pressure. */
    private List<String> limits() {
        if (state.host().isEmpty()) {
            return List.of();
        }
        HostReading host = state.host().get();
        long reserve = Reasons.reserveBytes(state);
        return List.of(
                "memory is short below "
                        + ByteSize.format(reserve / 2)
                        + " available, half the reserve, or while tasks stall for it; heavy work"
                        + " goes on once "
                        + ByteSize.format(reserve / 4 * 3)
                        + " have been available for 2 s, and "
                        + ByteSize.format(host.availableBytes())
                        + " are now");
    }

    private long since(Task task) {
        return switch (task.state()) {
            case TaskState.Dormant _ -> state.now();
            case TaskState.Blocked blocked -> blocked.since();
            case TaskState.Queued queued -> queued.since();
            case TaskState.Backoff _ ->
                    task.history().isEmpty() ? state.now() : task.history().getLast().endedAt();
            case TaskState.Starting starting -> starting.attempt().begunAt();
            case TaskState.Running running -> running.attempt().begunAt();
            case TaskState.Paused paused -> paused.since();
            case TaskState.Stopping stopping ->
                    Math.min(
                            state.now(), stopping.killAt() - task.spec().stop().grace().toMillis());
            case TaskState.Ended ended -> ended.at();
        };
    }

    private static OptionalLong later(OptionalLong at, OptionalLong millis) {
        return at.isPresent() && millis.isPresent()
                ? OptionalLong.of(at.getAsLong() + millis.getAsLong())
                : OptionalLong.empty();
    }

    /** When a task is expected to end; now, where it should have. */
    private OptionalLong end(Task task, int depth) {
        return switch (task.state()) {
            case TaskState.Starting starting -> end(task, starting.attempt().begunAt());
            case TaskState.Running running -> end(task, running.attempt().begunAt());
            case TaskState.Stopping stopping ->
                    OptionalLong.of(Math.max(state.now(), stopping.killAt()));
            case TaskState.Blocked _, TaskState.Queued _, TaskState.Backoff _ ->
                    depth <= 0
                            ? OptionalLong.empty()
                            : later(wait(task, depth - 1).until(), usualMillis.apply(task.spec()));
            case TaskState.Dormant _, TaskState.Paused _, TaskState.Ended _ -> OptionalLong.empty();
        };
    }

    private OptionalLong end(Task task, long begunAt) {
        OptionalLong usual = usualMillis.apply(task.spec());
        return usual.isPresent()
                ? OptionalLong.of(Math.max(state.now(), begunAt + usual.getAsLong()))
                : OptionalLong.empty();
    }

    private Wait wait(Task task, int depth) {
        return switch (task.state()) {
            case TaskState.Backoff backoff -> new Wait(List.of(), OptionalLong.of(backoff.until()));
            case TaskState.Blocked _ -> needs(task, depth);
            case TaskState.Queued _ ->
                    reasons.verdict(task.id())
                            .map(verdict -> wait(task, verdict, depth))
                            .orElse(Wait.UNKNOWN);
            case TaskState.Dormant _, TaskState.Active _, TaskState.Ended _ -> Wait.UNKNOWN;
        };
    }

    private Wait needs(Task task, int depth) {
        List<Blocking> blockers = new ArrayList<>();
        OptionalLong last = OptionalLong.of(state.now());
        for (ResolvedNeed need : reasons.unmet(task)) {
            Task other = state.tasks().get(need.task());
            if (other == null) {
                return Wait.UNKNOWN;
            }
            OptionalLong at =
                    switch (need.condition()) {
                        case SUCCEEDED, FINISHED -> end(other, depth);
                        case STARTED -> depth <= 0 ? OptionalLong.empty() : start(other, depth);
                        case READY -> OptionalLong.empty();
                    };
            blockers.add(new Blocking(other.id(), other.spec().name(), verb(need.condition()), at));
            last = latest(last, at);
        }
        return new Wait(sorted(blockers), last);
    }

    private OptionalLong start(Task task, int depth) {
        return task.state() instanceof TaskState.Starting
                ? OptionalLong.of(state.now())
                : wait(task, depth - 1).until();
    }

    private static String verb(Need.Condition condition) {
        return switch (condition) {
            case SUCCEEDED -> "has to succeed";
            case FINISHED -> "has to finish";
            case STARTED -> "has to start";
            case READY -> "has to be ready";
        };
    }

    private static OptionalLong latest(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()))
                : OptionalLong.empty();
    }

    private Wait wait(Task task, Verdict verdict, int depth) {
        Limits limits = state.rulesOf(task).limits();
        return switch (verdict) {
            case Verdict.Admitted _ -> new Wait(List.of(), OptionalLong.of(state.now()));
            // The first look comes of itself.
            case Verdict.HostUnknown _, Verdict.Adopting _ -> Wait.UNKNOWN;
            // What presses is not always a task.
            case Verdict.UnderPressure _ -> new Wait(others(task), OptionalLong.empty());
            case Verdict.Locked(String lock, String _) ->
                    withMemory(
                            first(running(each -> holds(each, task, lock), "lock " + lock), 1),
                            task,
                            limits);
            case Verdict.LockKept(String lock, String keptFor) ->
                    withMemory(
                            behind(
                                    task,
                                    other -> holds(other, task, lock) && named(other, keptFor),
                                    "lock " + lock,
                                    depth),
                            task,
                            limits);
            case Verdict.NoPlace(int parallel, int running) ->
                    withMemory(
                            first(
                                    running(
                                            each ->
                                                    each.spec()
                                                            .workspace()
                                                            .equals(task.spec().workspace()),
                                            "a place"),
                                    running - parallel + 1),
                            task,
                            limits);
            case Verdict.NoHeavyPlace _ -> {
                List<Blocking> heavy = running(state::heavy, "a heavy place");
                yield withMemory(first(heavy, heavy.size() - limits.heavy() + 1), task, limits);
            }
            case Verdict.NoMemory _ -> memory(task, limits);
            case Verdict.MemoryKept(long _, String keptFor) ->
                    behind(task, other -> named(other, keptFor), "kept room", depth);
            case Verdict.TooBig _, Verdict.EvictedOften _ -> {
                List<Blocking> jobs =
                        running(each -> each.spec().kind().endsByItself(), "has to end first");
                yield first(jobs, jobs.size());
            }
        };
    }

    private static boolean holds(Task holder, Task waiting, String lock) {
        return holder.spec().workspace().equals(waiting.spec().workspace())
                && holder.spec().locks().contains(lock);
    }

    /** What runs and is as wanted, the first to end first. */
    private List<Blocking> running(Predicate<Task> wanted, String holds) {
        List<Blocking> found = new ArrayList<>();
        for (TaskId id : state.active()) {
            Task task = state.task(id);
            if (wanted.test(task)) {
                found.add(new Blocking(id, task.spec().name(), holds, end(task, 0)));
            }
        }
        return sorted(found);
    }

    private static List<Blocking> sorted(List<Blocking> blockers) {
        List<Blocking> sorted = new ArrayList<>(blockers);
        sorted.sort(Comparator.comparingLong(each -> each.endsAt().orElse(Long.MAX_VALUE)));
        return sorted;
    }

    /** Waits for so many of them to end. */
    private static Wait first(List<Blocking> sorted, int count) {
        int needed = Math.clamp(count, 0, sorted.size());
        return new Wait(
                sorted, needed == 0 ? OptionalLong.empty() : sorted.get(needed - 1).endsAt());
    }

    private static boolean named(Task task, String name) {
        return task.spec().name().equals(name);
    }

    /** The same, and then there must be memory too: the later of both, where both are known. */
    private Wait withMemory(Wait wait, Task task, Limits limits) {
        Wait memory = memory(task, limits);
        List<Blocking> blockers = new ArrayList<>(wait.blockers());
        for (Blocking each : memory.blockers()) {
            if (wait.blockers().stream().noneMatch(other -> other.id().equals(each.id()))) {
                blockers.add(each);
            }
        }
        return new Wait(blockers, latest(wait.until(), memory.until()));
    }

    /**
     * Waits for a task of the queue that something is kept for, and that has to end too. Names are
     * unique in a workspace only: of several it is the one that has waited the longest.
     */
    private Wait behind(Task task, Predicate<Task> keptFor, String what, int depth) {
        Optional<Task> other =
                state.queue().stream()
                        .map(key -> state.task(key.id()))
                        .filter(each -> !each.id().equals(task.id()) && keptFor.test(each))
                        .min(Comparator.comparingLong(this::since));
        if (other.isEmpty()) {
            return Wait.UNKNOWN;
        }
        OptionalLong end = end(other.get(), depth);
        return new Wait(
                List.of(new Blocking(other.get().id(), other.get().spec().name(), what, end)), end);
    }

    private Wait memory(Task task, Limits limits) {
        if (state.host().isEmpty()) {
            return Wait.UNKNOWN;
        }
        HostReading host = state.host().get();
        long free =
                host.availableBytes()
                        - reasons.heldBytes()
                        - limits.reserve().bytes(host.totalBytes());
        List<Blocking> all = new ArrayList<>();
        for (TaskId id : state.active()) {
            Task other = state.task(id);
            all.add(
                    new Blocking(
                            id,
                            other.spec().name(),
                            ByteSize.format(claims(other)),
                            end(other, 0)));
        }
        List<Blocking> ended = new ArrayList<>();
        OptionalLong until = OptionalLong.of(state.now());
        for (Blocking each : sorted(all)) {
            if (free >= task.expected().bytes()) {
                break;
            }
            if (claims(state.task(each.id())) > 0) {
                free += claims(state.task(each.id()));
                ended.add(each);
                until = latest(until, each.endsAt());
            }
        }
        return new Wait(ended, free >= task.expected().bytes() ? until : OptionalLong.empty());
    }

    /** What a running task gives back: what it uses, and what is held for it. */
    private static long claims(Task task) {
        long used =
                task.state() instanceof TaskState.Active active ? active.attempt().rssBytes() : 0;
        return Math.max(used, task.expected().bytes());
    }

    private List<String> notes(Task task) {
        List<String> notes = new ArrayList<>();
        task.expected().farOff().ifPresent(notes::add);
        if (state.host().isPresent()) {
            HostReading host = state.host().get();
            long capacity =
                    host.totalBytes()
                            - state.rulesOf(task.spec().workspace())
                                    .limits()
                                    .reserve()
                                    .bytes(host.totalBytes());
            if (task.expected().bytes() > capacity) {
                notes.add(
                        "it is expected to need "
                                + ByteSize.format(task.expected().bytes())
                                + ", and this host can promise "
                                + ByteSize.format(capacity)
                                + ": it runs when nothing else does");
            }
        }
        return notes;
    }
}
