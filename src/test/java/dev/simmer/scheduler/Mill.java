package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulated host that grinds one workload to its end as fast as the scheduler lets it. Nothing
 * goes wrong in it but what memory brings about: processes start within 20 ms, the host is looked
 * at every second, every quarter of a second while that is wanted, and 20 ms after it was asked
 * for. The kernel kills the process that uses most when more is used than there is.
 */
final class Mill {
    private static final long START_MILLIS = 20;
    private static final long LOOK_MILLIS = 1_000;
    private static final long WATCHFUL_MILLIS = 250;
    private static final long KERNEL_MILLIS = 50;
    private static final long MOST_EVENTS = 2_000_000;

    /**
     * What came of a workload.
     *
     * @param millis until the last task had ended
     * @param mostBytes the most that was used at once
     * @param kills how many processes the kernel killed
     * @param evictions how many attempts the scheduler ended to free memory
     * @param pauses how often it paused one
     * @param wastedShare memory x time of attempts that came to nothing, as a share of all
     * @param lost tasks that did not succeed
     */
    record Result(
            long millis,
            long mostBytes,
            int kills,
            int evictions,
            int pauses,
            double wastedShare,
            int lost) {}

    private record Due(long at, long order, Supplier<@Nullable Event> what) {}

    /** A process that runs. */
    private static final class Run {
        final AttemptId id;
        final Grist.Grain grain;
        boolean suspended;

        /** How long it has run up to {@code since}, and since when it does again. */
        long done;

        long since;
        int fate;

        Run(AttemptId id, Grist.Grain grain, long since) {
            this.id = id;
            this.grain = grain;
            this.since = since;
        }

        long age(long now) {
            return suspended ? done : done + now - since;
        }

        long rss(long now) {
            return grain.usedAfter(age(now));
        }
    }

    private final Grist grist;
    private final boolean durations;
    private final boolean kernel;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Map<AttemptId, Run> runs = new TreeMap<>();
    private State state = State.EMPTY;
    private long now;
    private long order;
    private long most;
    private int kills;
    private int evictions;
    private int pauses;
    private double spent;
    private double wasted;

    /**
     * @param durations whether it is known how long tasks take
     * @param kernel whether to look between the looks whether more is used than there is
     */
    Mill(Grist grist, boolean durations, boolean kernel) {
        this.grist = grist;
        this.durations = durations;
        this.kernel = kernel;
    }

    Result grind() {
        List<Event.NewTask> tasks = new ArrayList<>();
        Map<TaskId, Long> millis = new TreeMap<>();
        for (Grist.Grain grain : grist.grains()) {
            TaskId id = new TaskId(tasks.size() + 1);
            millis.put(id, grain.millis());
            tasks.add(
                    new Event.NewTask(
                            id,
                            grain.spec(),
                            new MemoryEstimate(grain.expectedBytes(), MemorySource.DECLARED)));
        }
        Limits limits =
                new Limits(1_000, 0, new Limits.Reserve.Size(grist.reserveBytes()), 1L << 30);
        deliver(new Event.TasksSubmitted(now, tasks, limits, false, Request.Existing.REFUSE));
        if (durations) {
            deliver(new Event.Estimated(now, Map.of(), millis));
        }
        deliver(look());
        if (kernel) {
            at(KERNEL_MILLIS, this::kernel);
        }
        long events = 0;
        while (!over()) {
            Due next = agenda.remove();
            OptionalLong deadline = state.nextDeadline();
            if (deadline.isPresent() && deadline.getAsLong() < next.at()) {
                agenda.add(next);
                now = Math.max(now, deadline.getAsLong());
                deliver(new Event.TimePassed(now));
            } else {
                now = next.at();
                Event event = next.what().get();
                if (event != null) {
                    deliver(event);
                }
            }
            if (++events > MOST_EVENTS) {
                throw new AssertionError("does not end: " + grist);
            }
        }
        int lost = 0;
        for (Task task : state.tasks().values()) {
            boolean well =
                    task.state() instanceof TaskState.Ended ended
                            && ended.outcome() instanceof Outcome.Succeeded;
            lost += well ? 0 : 1;
        }
        double share = spent == 0 ? 0 : wasted / spent;
        return new Result(now, most, kills, evictions, pauses, share, lost);
    }

    private boolean over() {
        for (Task task : state.tasks().values()) {
            if (!(task.state() instanceof TaskState.Ended)) {
                return false;
            }
        }
        return true;
    }

    private void at(long delay, Supplier<@Nullable Event> what) {
        agenda.add(new Due(now + delay, order++, what));
    }

    private Event look() {
        at(Reasons.watchful(state) ? WATCHFUL_MILLIS : LOOK_MILLIS, this::look);
        return sample();
    }

    private Event sample() {
        Map<AttemptId, TreeMemory> rss = new TreeMap<>();
        runs.forEach((id, run) -> rss.put(id, new TreeMemory(run.rss(now))));
        long free = Math.max(0, grist.totalBytes() - used());
        return new Event.HostSampled(now, new HostReading(grist.totalBytes(), free), rss);
    }

    private long used() {
        long used = grist.othersBytes();
        for (Run run : runs.values()) {
            used += run.rss(now);
        }
        most = Math.max(most, used);
        return used;
    }

    /** The kernel looks whether there is enough for all. */
    private @Nullable Event kernel() {
        at(KERNEL_MILLIS, this::kernel);
        if (used() <= grist.totalBytes()) {
            return null;
        }
        Run biggest = null;
        for (Run run : runs.values()) {
            biggest = biggest == null || run.rss(now) > biggest.rss(now) ? run : biggest;
        }
        if (biggest == null) {
            return null;
        }
        kills++;
        return ended(biggest, new ExitStatus.Signaled(9), true);
    }

    private void deliver(Event event) {
        Decision decision = Scheduler.decide(state, event);
        state = decision.state();
        for (Effect effect : decision.effects()) {
            carryOut(effect);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SpawnProcess spawn -> at(START_MILLIS, () -> begin(spawn.attempt()));
            case Effect.SignalProcesses(AttemptId id, Signal signal) -> {
                Run run = runs.get(id);
                if (run != null && signal == Signal.STOP && !run.suspended) {
                    pauses++;
                    run.done = run.age(now);
                    run.suspended = true;
                    run.fate++;
                } else if (run != null && signal == Signal.CONT && run.suspended) {
                    run.suspended = false;
                    run.since = now;
                    goOn(run);
                }
                at(1, () -> new Event.Signalled(now, id, signal));
            }
            case Effect.KillProcesses(AttemptId id) -> {
                Run run = runs.get(id);
                if (run != null) {
                    evictions++;
                    run.fate++;
                    at(
                            START_MILLIS,
                            () ->
                                    runs.containsKey(id)
                                            ? ended(run, new ExitStatus.Signaled(9), false)
                                            : null);
                }
            }
            case Effect.SampleHost _ -> at(START_MILLIS, this::sample);
            case Effect.ProbeReadiness _,
                    Effect.ReleaseAttempt _,
                    Effect.AdoptProcess _,
                    Effect.DiscardTask _,
                    Effect.Record _ -> {}
        }
    }

    private Event begin(AttemptId id) {
        Run run = new Run(id, grist.grains().get((int) id.task().value() - 1), now);
        runs.put(id, run);
        goOn(run);
        return new Event.ProcessStarted(now, id);
    }

    private void goOn(Run run) {
        int fate = ++run.fate;
        at(
                run.grain.millis() - run.done,
                () -> run.fate == fate ? ended(run, new ExitStatus.Code(0), false) : null);
    }

    private Event ended(Run run, ExitStatus status, boolean outOfMemory) {
        used();
        double area = run.grain.area(run.age(now));
        spent += area;
        wasted += status instanceof ExitStatus.Code ? 0 : area;
        run.fate++;
        runs.remove(run.id);
        return new Event.ProcessExited(
                now,
                run.id,
                status,
                now,
                0,
                false,
                0.5,
                new KernelMemory(
                        run.grain.usedAfter(run.age(now)), outOfMemory, OptionalLong.empty()));
    }
}
