package dev.simmer.scheduler;

import static dev.simmer.scheduler.Witness.hold;

import dev.simmer.model.AttemptId;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Limits;
import dev.simmer.model.TaskId;
import java.util.List;
import java.util.Optional;

/** The rules that hold in every state, whichever way it was reached. */
final class States {
    /** How late the simulation may tell that time has passed. */
    static final long LATEST = 20;

    private final Witness witness;

    States(Witness witness) {
        this.witness = witness;
    }

    void check(State state) {
        int queued = 0;
        int backingOff = 0;
        for (Task task : state.tasks().values()) {
            TaskId id = task.id();
            TaskState is = task.state();
            Optional<Life> life = witness.seen(id).current();
            Optional<AttemptId> attempt =
                    is instanceof TaskState.Active active
                            ? Optional.of(active.attempt().id())
                            : Optional.empty();
            hold(
                    attempt.equals(life.map(l -> l.id)),
                    Rule.ENDS_ONCE,
                    "%s is %s, but %s lives",
                    id,
                    is,
                    life.map(l -> l.id));
            hold(
                    state.active().contains(id) == attempt.isPresent(),
                    Rule.INDICES,
                    "%s: %s",
                    id,
                    is);
            if (is instanceof TaskState.Queued wait) {
                queued++;
                State.QueueKey key = State.QueueKey.of(state.tails(), task, wait);
                hold(state.queue().contains(key), Rule.INDICES, "%s is not in the queue", id);
            }
            if (is instanceof TaskState.Backoff) {
                backingOff++;
                hold(state.backingOff().contains(id), Rule.INDICES, "%s is forgotten", id);
            }
            for (ResolvedNeed need : witness.seen(id).needs) {
                var dependents = state.dependents().get(need.task());
                boolean known = dependents != null && dependents.contains(id);
                hold(known, Rule.INDICES, "%s needs %s unknown to it", id, need.task());
            }
            if (is instanceof TaskState.Active active && life.isPresent()) {
                hold(
                        active.attempt().owed().equals(life.get().owed),
                        Rule.OWED,
                        "%s is owed %s, not %s",
                        id,
                        life.get().owed,
                        active.attempt().owed());
            }
            punctual(id, is, life);
        }
        hold(state.queue().size() == queued, Rule.INDICES, "queue: %s", state.queue());
        hold(state.backingOff().size() == backingOff, Rule.INDICES, "%s", state.backingOff());
        hold(state.active().size() == witness.active.size(), Rule.INDICES, "%s", state.active());
    }

    /** Nothing sleeps past its deadline. */
    private void punctual(TaskId id, TaskState is, Optional<Life> life) {
        long due =
                switch (is) {
                    case TaskState.Running running when life.isPresent() -> {
                        var spec = life.get().of.task.spec();
                        long ready = life.get().readyLimit();
                        long timeout = life.get().limitAt(spec.timeout());
                        yield running.ready() ? timeout : Math.min(ready, timeout);
                    }
                    case TaskState.Stopping _ when life.isPresent() && !life.get().killed ->
                            life.get().stopAt + life.get().of.task.spec().stop().grace().toMillis();
                    case TaskState.Backoff backoff -> backoff.until();
                    case TaskState.Running _,
                            TaskState.Stopping _,
                            TaskState.Dormant _,
                            TaskState.Blocked _,
                            TaskState.Queued _,
                            TaskState.Starting _,
                            TaskState.Paused _,
                            TaskState.Ended _ ->
                            Life.NEVER;
                };
        boolean told = witness.adoptions().none();
        // A limit may run out while nobody is told, and the task be paused before anybody is.
        long resumed = life.map(each -> each.resumedAt).orElse(0L);
        long since = Math.max(witness.adoptions().foundAt(), resumed);
        hold(
                due == Life.NEVER || !told || witness.now <= Math.max(due, since) + LATEST,
                Rule.DEADLINES,
                "at %d task %s, %s, is past its deadline %d",
                witness.now,
                id,
                is,
                due);
    }

    /** A task that waits says why. */
    void reasons(State state) {
        Reasons reasons = new Reasons(state);
        Admissions book = witness.admissions();
        int overdue = 0;
        for (State.QueueKey key : state.queue()) {
            overdue += Admissions.overdue(state.task(key.id()), state) ? 1 : 0;
        }
        for (Task task : state.tasks().values()) {
            boolean so =
                    switch (task.state()) {
                        case TaskState.Dormant _, TaskState.Paused _, TaskState.Stopping _ ->
                                !reasons.of(task).isBlank();
                        case TaskState.Blocked _ ->
                                blocked(
                                        reasons.of(task),
                                        witness.seen(task.id()).needs,
                                        state,
                                        book);
                        case TaskState.Queued _ -> queued(reasons.of(task), task, overdue, book);
                        case TaskState.Backoff _ ->
                                reasons.of(task)
                                        .startsWith(
                                                (task.spec().kind().endsByItself()
                                                                ? "retry "
                                                                : "restart ")
                                                        + task.repeats()
                                                        + " of ");
                        case TaskState.Starting _, TaskState.Running _, TaskState.Ended _ -> true;
                    };
            hold(so, Rule.REASONS, "%s, %s: \"%s\"", task.id(), task.state(), reasons.of(task));
        }
    }

    private static boolean blocked(
            String reason, List<ResolvedNeed> needs, State state, Admissions book) {
        boolean open = false;
        for (ResolvedNeed need : needs) {
            if (!book.met(need, state)) {
                open = true;
                Task other = state.tasks().get(need.task());
                String name = other == null ? need.name() : other.spec().name();
                if (!reason.contains(name + " to ")) {
                    return false;
                }
            }
        }
        return open && reason.startsWith("waits for ");
    }

    /** Whether the reason of a task that waits for room is its true cause. */
    private boolean queued(String reason, Task task, int overdue, Admissions book) {
        Life.Seen seen = witness.seen(task.id());
        Limits limits = witness.rulesOf(seen).limits();
        HostReading host = witness.host;
        if (reason.isBlank() || !reason.equals(reason.strip())) {
            return false;
        }
        if (!witness.adoptions().none()) {
            return reason.startsWith("waits until ") && reason.endsWith(" been found again");
        }
        if (reason.equals("waits for the first look at the host's memory")) {
            return host == null;
        }
        if (reason.startsWith("waits for a place: ")) {
            boolean full = book.places(seen) >= limits.parallel();
            return limits.parallel() > 0 && (full || overdue > 0);
        }
        if (reason.startsWith("waits for a heavy task to end: ")) {
            return seen.heavy(limits) && (book.heavies() >= limits.heavy() || overdue > 0);
        }
        if (reason.startsWith("waits for lock ")) {
            String lock = reason.substring("waits for lock ".length()).split(",", 2)[0];
            return task.spec().locks().contains(lock)
                    && (reason.contains(", held by ") ? book.locked(seen, lock) : overdue > 0);
        }
        if (host == null) {
            return false;
        }
        if (reason.startsWith("heavy work is held back: ")) {
            return witness.pressures().holds(seen, ((TaskState.Queued) task.state()).since());
        }
        if (reason.startsWith("was ended ")) {
            return Pressures.runsAlone(seen) && book.jobs() > 0;
        }
        long expected = task.expected().bytes();
        if (reason.startsWith("too big to share this host: ")) {
            return expected > book.capacity(seen, host) && book.jobs() > 0;
        }
        if (!reason.startsWith("waits for memory: needs " + ByteSize.format(expected) + ", ")) {
            return false;
        }
        if (reason.contains("the room is kept for ")) {
            return overdue > 0;
        }
        long free = book.free(seen, host);
        String figures = ByteSize.format(Math.max(0, free)) + " free to promise";
        String held = book.held() > 0 ? ", " + ByteSize.format(book.held()) + " held for " : "";
        return expected > free && reason.contains(figures + held);
    }
}
