package dev.simmer.scheduler;

import dev.simmer.model.Limits;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The admission rule. A ledger is opened on a state and says of one queued task after another, in
 * the order of the queue, whether it may start; what starts is entered, and so is what is kept for
 * a task that has waited too long.
 *
 * <p><b>Memory.</b> A task starts when {@code available - held - reserve >= expected}. Held is what
 * running tasks have been promised and do not use yet. So memory that was promised is never
 * promised again, though the kernel still shows it as free.
 *
 * <p><b>Passing.</b> A small task may pass a big one that waits for memory. Once the big one has
 * waited for {@link #PATIENCE_MILLIS}, its room is kept: a task passes only where it would still
 * fit beside the big one after all jobs that were running by then have ended. As those end, the
 * room grows and nobody else takes it. Locks and heavy places are kept in the same way. Nothing is
 * kept for a task that only the end of a service would let start, as that may never come.
 *
 * <p><b>Too big.</b> A task that could not be promised its memory even on an idle host runs when no
 * other job does. So does a task that has run out of patience while other programs, not Simmer's
 * tasks, use the memory: waiting longer would help nobody.
 */
final class Ledger {
    /** After this time of waiting, what a task needs is kept for it. */
    static final long PATIENCE_MILLIS = 30_000;

    private final State state;
    private final Map<WorkspaceId, Places> places = new TreeMap<>();
    private final Map<String, Task> locks = new TreeMap<>();
    private final List<Task> heavy = new ArrayList<>();
    private final List<Task> heavyWaiting = new ArrayList<>();
    private final List<Task> holders = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private int jobs;
    private int heavyServices;
    private int heavyKept;
    private int heavyLimit = Integer.MAX_VALUE;
    private long held;
    private boolean keeps;

    /** How many tasks of a workspace run, how many of them are services, and what is kept. */
    private record Places(int running, int services, int kept) {
        static final Places NONE = new Places(0, 0, 0);

        Places with(Task task) {
            int more = task.spec().kind().endsByItself() ? 0 : 1;
            return new Places(running + 1, services + more, kept);
        }

        Places keep() {
            return new Places(running, services, kept + 1);
        }
    }

    /** Memory that is kept for a task; places in the queue are compared by {@code overdueAt}. */
    private record Kept(Task task, long overdueAt, long bytes) {}

    /** The verdict on all that follow: with one workspace a place that is taken stays taken. */
    private Verdict.@Nullable NoPlace full;

    Ledger(State state) {
        this.state = state;
        for (TaskId id : state.active()) {
            enter(state.task(id));
        }
    }

    /** Whether a task in the queue may start. */
    Verdict judge(Task task) {
        if (full != null) {
            return full;
        }
        if (!state.adopting().isEmpty()) {
            return new Verdict.Adopting(state.adopting().size());
        }
        Verdict verdict = judgeAfresh(task);
        if (verdict instanceof Verdict.NoPlace noPlace && state.rules().size() == 1) {
            full = noPlace;
        }
        return verdict;
    }

    /** Whether something is kept for a task that has waited too long. */
    boolean keeps() {
        return keeps;
    }

    /** Whether no place is left for anybody, so that nobody else needs to be judged. */
    boolean full() {
        return full != null;
    }

    private Verdict judgeAfresh(Task task) {
        Limits limits = state.rulesOf(task).limits();
        Places taken = placesOf(task);
        if (limits.parallel() > 0 && taken.running() + taken.kept() >= limits.parallel()) {
            return new Verdict.NoPlace(limits.parallel(), taken.running());
        }
        int heavyPlaces = Math.min(limits.heavy(), heavyLimit);
        if (state.heavy(task) && heavy.size() + heavyKept >= heavyPlaces) {
            return new Verdict.NoHeavyPlace(limits.heavy(), heavyHolders());
        }
        for (String lock : task.spec().locks()) {
            Task holder = locks.get(lockKey(task, lock));
            if (holder != null) {
                String name = holder.spec().name();
                return holder.state() instanceof TaskState.Queued
                        ? new Verdict.LockKept(lock, name)
                        : new Verdict.Locked(lock, name);
            }
        }
        return judgeMemory(task, limits);
    }

    private Verdict judgeMemory(Task task, Limits limits) {
        if (state.host().isEmpty()) {
            return new Verdict.HostUnknown();
        }
        HostReading host = state.host().get();
        if (state.heavy(task)) {
            if (state.stress().tight()) {
                return jobs == 0
                                && kept.isEmpty()
                                && overdue(task)
                                && Pressure.standsStill(state, queuedSince(task))
                        ? new Verdict.Admitted(true)
                        : new Verdict.UnderPressure(PressureWords.of(state));
            }
            String busy = busy(task, limits, host);
            if (!busy.isEmpty()) {
                return new Verdict.UnderPressure(busy);
            }
        }
        int evictions = Raising.evictions(task);
        if (evictions >= Pressure.MOST_EVICTIONS) {
            return jobs == 0
                    ? new Verdict.Admitted(true)
                    : new Verdict.EvictedOften(evictions, jobs);
        }
        long needed = task.expected().bytes();
        long reserve = limits.reserve().bytes(host.totalBytes());
        long free = host.availableBytes() - held - reserve;
        if (needed > Verdict.capacity(host, limits)) {
            return jobs == 0
                    ? new Verdict.Admitted(true)
                    : new Verdict.TooBig(needed, Verdict.capacity(host, limits), jobs);
        }
        if (needed > free) {
            return jobs == 0 && kept.isEmpty() && overdue(task)
                    ? new Verdict.Admitted(true)
                    : new Verdict.NoMemory(needed, free, held, names(holders));
        }
        for (Kept each : kept) {
            if (needed > roomBeside(each, host, reserve)) {
                return new Verdict.MemoryKept(needed, each.task().spec().name());
            }
        }
        return new Verdict.Admitted(false);
    }

    /**
     * What else than memory heavy work waits for: input and output, or processors; empty where
     * nothing. Waiting for it ends when no heavy job runs, as then others are to blame.
     */
    private String busy(Task task, Limits limits, HostReading host) {
        if (heavy.size() == heavyServices && overdue(task)) {
            return "";
        }
        if (state.stress().ioStalled()) {
            return PressureWords.ofIo(state);
        }
        return limits.load().isPresent() && host.load1() >= limits.load().getAsDouble()
                ? "the load is "
                        + figure(host.load1())
                        + ", the limit "
                        + figure(limits.load().getAsDouble())
                : "";
    }

    /** One decimal, or two where there are. */
    private static String figure(double value) {
        String two = String.format(Locale.ROOT, "%.2f", value);
        return two.endsWith("0") ? two.substring(0, two.length() - 1) : two;
    }

    /**
     * What is left beside a task that room is kept for, once all jobs before it have ended, those
     * in the queue before it too: they may put off its start, who comes after it may not.
     */
    private long roomBeside(Kept big, HostReading host, long reserve) {
        long room = host.availableBytes() - reserve;
        for (Task task : holders) {
            boolean ends =
                    task.spec().kind().endsByItself()
                            && task.state() instanceof TaskState.Active active
                            && active.attempt().admittedAt() <= big.overdueAt();
            room += ends ? task.usedBytes() : -task.unusedBytes();
        }
        return room - big.bytes();
    }

    /** Enters a task that starts now. */
    void enter(Task task) {
        boolean job = task.spec().kind().endsByItself();
        places.put(task.spec().workspace(), placesOf(task).with(task));
        for (String lock : task.spec().locks()) {
            locks.putIfAbsent(lockKey(task, lock), task);
        }
        if (state.heavy(task)) {
            heavy.add(task);
            heavyServices += job ? 0 : 1;
        }
        if (job) {
            jobs++;
        }
        holders.add(task);
        held += task.unusedBytes();
    }

    /**
     * Keeps what a task lacks out of the hands of those behind it, where it has waited too long.
     */
    void keepFor(Task task, Verdict.Held verdict) {
        if (!overdue(task) || behindServices(task)) {
            return;
        }
        keeps = true;
        for (String lock : task.spec().locks()) {
            locks.putIfAbsent(lockKey(task, lock), task);
        }
        switch (verdict) {
            case Verdict.NoMemory _,
                    Verdict.MemoryKept _,
                    Verdict.TooBig _,
                    Verdict.EvictedOften _,
                    Verdict.UnderPressure _ -> {
                places.put(task.spec().workspace(), placesOf(task).keep());
                keepHeavyPlace(task);
                kept.add(
                        new Kept(
                                task,
                                queuedSince(task) + PATIENCE_MILLIS,
                                task.expected().bytes()));
            }
            case Verdict.NoHeavyPlace _ -> keepHeavyPlace(task);
            case Verdict.HostUnknown _,
                    Verdict.Adopting _,
                    Verdict.NoPlace _,
                    Verdict.Locked _,
                    Verdict.LockKept _ -> {}
        }
    }

    /** Those behind it count by its own limit too: theirs may be larger. */
    private void keepHeavyPlace(Task task) {
        if (state.heavy(task)) {
            heavyKept++;
            heavyWaiting.add(task);
            heavyLimit = Math.min(heavyLimit, state.rulesOf(task).limits().heavy());
        }
    }

    /** Whether only the end of a service, which may never come, would let a task start. */
    private boolean behindServices(Task task) {
        Limits limits = state.rulesOf(task).limits();
        boolean noPlace = limits.parallel() > 0 && placesOf(task).services() >= limits.parallel();
        boolean noHeavyPlace = state.heavy(task) && heavyServices >= limits.heavy();
        return noPlace || noHeavyPlace || task.spec().locks().stream().anyMatch(serving(task));
    }

    /** Whether a lock of a task is held by a service. */
    private Predicate<String> serving(Task task) {
        return lock -> {
            Task holder = locks.get(lockKey(task, lock));
            return holder != null
                    && !holder.spec().kind().endsByItself()
                    && !(holder.state() instanceof TaskState.Queued);
        };
    }

    private Places placesOf(Task task) {
        return places.getOrDefault(task.spec().workspace(), Places.NONE);
    }

    /** Memory that is promised and not yet used, in bytes. */
    long heldBytes() {
        return held;
    }

    private boolean overdue(Task task) {
        return state.now() - queuedSince(task) >= PATIENCE_MILLIS;
    }

    private static long queuedSince(Task task) {
        return switch (task.state()) {
            case TaskState.Queued queued -> queued.since();
            case TaskState other -> throw new IllegalStateException("not in the queue: " + other);
        };
    }

    /** A lock's name counts within its workspace. */
    private static String lockKey(Task task, String lock) {
        return task.spec().workspace() + "\0" + lock;
    }

    /** The tasks that have memory promised and unused, those with most of it first. */
    private static String names(List<Task> tasks) {
        return names(
                tasks.stream()
                        .filter(task -> task.unusedBytes() > 0)
                        .sorted(Comparator.comparingLong(Task::unusedBytes).reversed())
                        .map(task -> task.spec().name()));
    }

    /** The heavy tasks that run, and those that the next places are kept for. */
    private String heavyHolders() {
        String running = names(heavy.stream().map(task -> task.spec().name()));
        String waiting = names(heavyWaiting.stream().map(task -> task.spec().name()));
        return (running.isEmpty() ? "none" : running)
                + (waiting.isEmpty() ? "" : "; the next place is kept for " + waiting);
    }

    /** Up to three names. */
    private static String names(Stream<String> all) {
        List<String> names = all.limit(4).toList();
        return names.size() > 3
                ? String.join(", ", names.subList(0, 3)) + ", …"
                : String.join(", ", names);
    }

    /** The verdict on every queued task, in the order of the queue, with nothing started. */
    Map<TaskId, Verdict> explain() {
        Map<TaskId, Verdict> verdicts = new HashMap<>();
        for (State.QueueKey key : state.queue()) {
            Task task = state.task(key.id());
            Verdict verdict = judge(task);
            verdicts.put(key.id(), verdict);
            if (verdict instanceof Verdict.Held held) {
                keepFor(task, held);
            }
        }
        return verdicts;
    }

    /** The reserve in bytes: the largest that a workspace with rules asks for. */
    static long reserveBytes(State state) {
        Optional<HostReading> host = state.host();
        return host.isEmpty()
                ? 0
                : state.rules().values().stream()
                        .mapToLong(rules -> rules.limits().reserve().bytes(host.get().totalBytes()))
                        .max()
                        .orElse(Limits.DEFAULT.reserve().bytes(host.get().totalBytes()));
    }
}
