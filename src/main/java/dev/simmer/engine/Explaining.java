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
        Wait wait = waits ? wait(task, DEPTH) : Wait.UNKNOWN;
        OptionalLong endsAt =
                waits ? later(wait.until(), usualMillis.apply(task.spec())) : end(task, 0);
        return new Found(since(task), wait.blockers(), wait.until(), endsAt, notes(task));
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
            // What presses is not always a task, and the first look comes of itself.
            case Verdict.HostUnknown _, Verdict.Adopting _, Verdict.UnderPressure _ -> Wait.UNKNOWN;
            case Verdict.Locked(String lock, String _) ->
                    first(running(each -> holds(each, task, lock), "lock " + lock), 1);
            case Verdict.LockKept(String lock, String keptFor) ->
                    behind(task, keptFor, "lock " + lock, depth);
            case Verdict.NoPlace(int parallel, int running) ->
                    first(
                            running(
                                    each ->
                                            each.spec()
                                                    .workspace()
                                                    .equals(task.spec().workspace()),
                                    "a place"),
                            running - parallel + 1);
            case Verdict.NoHeavyPlace _ -> {
                List<Blocking> heavy = running(state::heavy, "a heavy place");
                yield first(heavy, heavy.size() - limits.heavy() + 1);
            }
            case Verdict.NoMemory _ -> memory(task, limits);
            case Verdict.MemoryKept(long _, String keptFor) ->
                    behind(task, keptFor, "kept room", depth);
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

    /** Waits for a task of the queue that something is kept for, and that has to end too. */
    private Wait behind(Task task, String keptFor, String what, int depth) {
        Optional<Task> other =
                state.queue().stream()
                        .map(key -> state.task(key.id()))
                        .filter(each ->
                                each.spec().name().equals(keptFor) && !each.id().equals(task.id()))
                        .findFirst();
        if (other.isEmpty()) {
            return Wait.UNKNOWN;
        }
        OptionalLong end = end(other.get(), depth);
        return new Wait(List.of(new Blocking(other.get().id(), keptFor, what, end)), end);
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
