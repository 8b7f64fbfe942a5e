package dev.simmer.scheduler;

import static dev.simmer.scheduler.Witness.hold;

import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** The rules of admission, worked out from a witness's own books. */
final class Admissions {
    /** After this time a task may be let in alone, and what it needs is kept for it. */
    static final long PATIENCE = 30_000;

    private final Witness witness;

    Admissions(Witness witness) {
        this.witness = witness;
    }

    // At the moment at which a task starts.

    void needs(Life.Seen seen, State after) {
        for (ResolvedNeed need : seen.needs) {
            hold(
                    met(need, after),
                    Rule.NEEDS,
                    "%s starts, but %s is not %s: %s",
                    seen.task.id(),
                    need.task(),
                    need.condition(),
                    String.valueOf(after.tasks().get(need.task())));
        }
    }

    boolean met(ResolvedNeed need, State state) {
        if (!state.tasks().containsKey(need.task())) {
            return false;
        }
        Life.Seen other = witness.seen(need.task());
        TaskState is = state.task(need.task()).state();
        return switch (need.condition()) {
            case FINISHED -> is instanceof TaskState.Ended;
            case SUCCEEDED -> succeeded(is);
            case STARTED -> other.started > other.attemptsBefore;
            case READY ->
                    succeeded(is) || (runs(is) && other.current().map(Life::ready).orElse(false));
        };
    }

    /** Whether a need cannot come true any more. */
    boolean hopeless(ResolvedNeed need, State state) {
        Task other = state.tasks().get(need.task());
        return other == null || (other.state() instanceof TaskState.Ended && !met(need, state));
    }

    private static boolean runs(TaskState state) {
        return state instanceof TaskState.Running || state instanceof TaskState.Paused;
    }

    private static boolean succeeded(TaskState state) {
        return state instanceof TaskState.Ended ended && ended.outcome().phase() == Phase.SUCCEEDED;
    }

    void room(Life.Seen seen, boolean alone, State before) {
        Limits limits = witness.rulesOf(seen).limits();
        hold(
                limits.parallel() == 0 || places(seen) < limits.parallel(),
                Rule.PARALLEL,
                "%s starts, %d run already",
                seen.task.id(),
                places(seen));
        hold(
                !seen.heavy(limits) || heavies() < limits.heavy(),
                Rule.HEAVY,
                "%s starts, %d heavy ones run already",
                seen.task.id(),
                heavies());
        for (String lock : seen.task.spec().locks()) {
            hold(!locked(seen, lock), Rule.LOCKS, "%s starts without %s", seen.task.id(), lock);
        }
        memory(seen, alone, before);
    }

    private void memory(Life.Seen seen, boolean alone, State before) {
        HostReading host = witness.host;
        if (host == null) {
            throw new Broken(Rule.MEMORY, seen.task.id() + " starts on an unknown host");
        }
        long expected = seen.task.expected().bytes();
        if (!alone) {
            hold(
                    free(seen, host) >= expected,
                    Rule.MEMORY,
                    "%s starts with %d, but only %d are free",
                    seen.task.id(),
                    expected,
                    free(seen, host));
            return;
        }
        hold(jobs() == 0, Rule.MEMORY, "%s is let in alone, but is not", seen.task.id());
        boolean tooBig = expected > capacity(seen, host);
        boolean overdue =
                before.tasks().containsKey(seen.task.id())
                        && before.task(seen.task.id()).state() instanceof TaskState.Queued queued
                        && witness.now - queued.since() >= PATIENCE;
        hold(
                tooBig
                        || Pressures.runsAlone(seen)
                        || (overdue
                                && (expected > free(seen, host) || witness.pressures().tight())),
                Rule.MEMORY,
                "%s is let in alone without cause",
                seen.task.id());
    }

    /**
     * Nobody takes the room of the first in the queue that is overdue: with {@code E} the jobs that
     * were admitted before it was, {@code available - reserve + used(E) - unused(others) - its own}
     * must be left for one that passes it. As those of {@code E} end, the room comes to be.
     */
    void keepsItsPlace(Life.Seen seen, boolean alone, State before, State after) {
        HostReading host = witness.host;
        Task first = firstOverdue(before, after);
        if (host == null || alone || first == null || first.id().equals(seen.task.id())) {
            return;
        }
        Life.Seen big = witness.seen(first.id());
        long since = since(first);
        Task was = before.tasks().get(seen.task.id());
        long queued =
                was != null && was.state() instanceof TaskState.Queued own
                        ? own.since()
                        : witness.now;
        long head = 300_000L * (seen.task.spec().priority() - first.spec().priority());
        Limits limits = witness.rulesOf(big).limits();
        boolean otherwise =
                (limits.parallel() > 0 && places(big) >= limits.parallel())
                        || (big.heavy(limits) && heavies() >= limits.heavy())
                        || first.spec().locks().stream().anyMatch(l -> locked(big, l));
        if (otherwise || queued - head <= since) {
            return;
        }
        long room = host.availableBytes() - reserve(seen, host) - first.expected().bytes();
        for (Life life : witness.active.values()) {
            boolean ends = life.of.job() && life.spawnedAt <= since + PATIENCE;
            room += ends ? life.rssBytes : -life.unused();
        }
        hold(
                seen.task.expected().bytes() <= room,
                Rule.WAITS_BOUNDED,
                "%s takes what %s has waited for",
                seen.task.id(),
                first.id());
    }

    private static @Nullable Task firstOverdue(State before, State after) {
        for (State.QueueKey key : before.queue()) {
            Task task = before.task(key.id());
            Task is = after.tasks().get(key.id());
            if (is != null
                    && is.state() instanceof TaskState.Queued queued
                    && task.state().equals(queued)
                    && after.now() - queued.since() >= PATIENCE) {
                return task;
            }
        }
        return null;
    }

    // While a task waits.

    /** What could start has been started, as far as nothing is kept for anybody. */
    void nothingIdles(State after) {
        HostReading host = witness.host;
        if (host == null || after.queue().isEmpty() || !witness.adoptions().none()) {
            return;
        }
        boolean kept = false;
        for (State.QueueKey key : after.queue()) {
            kept |= overdue(after.task(key.id()), after);
        }
        for (State.QueueKey key : after.queue()) {
            hold(
                    !couldStart(witness.seen(key.id()), host, since(after.task(key.id()))),
                    Rule.NO_IDLING,
                    "%s waits, but could start",
                    key.id());
            if (kept) {
                return;
            }
        }
    }

    private static long since(Task task) {
        return task.state() instanceof TaskState.Queued queued ? queued.since() : Long.MAX_VALUE;
    }

    private boolean couldStart(Life.Seen seen, HostReading host, long queuedSince) {
        Limits limits = witness.rulesOf(seen).limits();
        boolean place = limits.parallel() == 0 || places(seen) < limits.parallel();
        boolean heavyPlace = !seen.heavy(limits) || heavies() < limits.heavy();
        boolean locks = seen.task.spec().locks().stream().noneMatch(l -> locked(seen, l));
        long expected = seen.task.expected().bytes();
        boolean alone = expected > capacity(seen, host) || Pressures.runsAlone(seen);
        boolean memory = alone ? jobs() == 0 : free(seen, host) >= expected;
        boolean held = witness.pressures().holds(seen, queuedSince);
        return place
                && heavyPlace
                && locks
                && (held ? witness.pressures().standstill(queuedSince) : memory);
    }

    static boolean overdue(Task task, State state) {
        return task.state() instanceof TaskState.Queued queued
                && state.now() - queued.since() >= PATIENCE;
    }

    long free(Life.Seen seen, HostReading host) {
        return host.availableBytes() - held() - reserve(seen, host);
    }

    long held() {
        long held = 0;
        for (Life life : witness.active.values()) {
            held += life.unused();
        }
        return held;
    }

    private long reserve(Life.Seen seen, HostReading host) {
        return witness.rulesOf(seen).limits().reserve().bytes(host.totalBytes());
    }

    long capacity(Life.Seen seen, HostReading host) {
        return host.totalBytes() - reserve(seen, host);
    }

    int jobs() {
        int jobs = 0;
        for (Life life : witness.active.values()) {
            jobs += life.of.job() ? 1 : 0;
        }
        return jobs;
    }

    int heavies() {
        int heavies = 0;
        for (Life life : witness.active.values()) {
            heavies += life.of.heavy(witness.rulesOf(life.of).limits()) ? 1 : 0;
        }
        return heavies;
    }

    int places(Life.Seen seen) {
        WorkspaceId workspace = seen.task.spec().workspace();
        int places = 0;
        for (Life life : witness.active.values()) {
            places += life.of.task.spec().workspace().equals(workspace) ? 1 : 0;
        }
        return places;
    }

    boolean locked(Life.Seen seen, String lock) {
        WorkspaceId workspace = seen.task.spec().workspace();
        for (Life life : witness.active.values()) {
            if (life.of.task.spec().workspace().equals(workspace)
                    && life.of.task.spec().locks().contains(lock)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing but services, which may run for ever, keeps a task from starting. */
    boolean behindServices(Life.Seen seen) {
        Limits limits = witness.rulesOf(seen).limits();
        if (jobs() > 0) {
            return false;
        }
        boolean place = limits.parallel() == 0 || places(seen) < limits.parallel();
        boolean heavyPlace = !seen.heavy(limits) || heavies() < limits.heavy();
        boolean locks = seen.task.spec().locks().stream().noneMatch(l -> locked(seen, l));
        return !place || !heavyPlace || !locks;
    }
}
