package dev.simmer.scheduler;

import dev.simmer.model.ByteSize;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What happens when memory runs short although nothing was promised twice: estimates were wrong, or
 * other programs took it. A ladder, climbed step by step at each look at the host; R is the
 * reserve.
 *
 * <p><b>Tight</b> is memory when less than R/2 is available, when the kernel says that much waits
 * for it, or when it falls so fast that less than R/4 would be left within a second (a task that
 * grows is taken to stop where it is expected to: room was kept for that). It is tight until looks
 * have shown 3/4 R and no waiting for {@link #CALM_MILLIS}, so that it does not flap.
 *
 * <p>Of a job that has outgrown its estimate by a tenth while memory is tight half as much again is
 * expected as it uses: nobody knows where it stops.
 *
 * <ol>
 *   <li>While it is tight nothing heavy starts (see {@link Ledger}).
 *   <li>The youngest heavy task is paused at once, then another one every {@link #PAUSE_MILLIS}.
 *   <li>The youngest heavy task is ended and queued again, expecting more, when it gets worse: when
 *       next to nothing has been available for {@link #EVICT_MILLIS}; when all have been paused for
 *       that time and what is available has fallen by a fifth since the last of these steps; or
 *       when less than R/4 has been available for {@link #STANDSTILL_MILLIS} and Simmer's own tasks
 *       use more than half of what there is for them. Only one whose memory brings back R/2, as
 *       nobody else would be helped. What other programs take and keep costs no work: it is left
 *       paused.
 * </ol>
 *
 * <p>When memory is calm again, those that were paused go on one after another, the longest
 * admitted first, each when what it is still expected to need fits above 3/4 R. One that does not
 * fit goes on when no other job runs, or when it has been calm for {@link #LONG_CALM_MILLIS} and no
 * heavy job runs that could be paused: its wait is bounded by theirs. It has stood still for {@link
 * #LEAST_PAUSE_MILLIS} then, so that nothing flaps.
 *
 * <p>Standing still for {@link #STANDSTILL_MILLIS} although R/4 is available helps nobody: then the
 * first of them goes on regardless.
 *
 * <p>Services and tasks that say so are never touched, nor is an attempt that was let in, or let go
 * on, although memory is short: waiting would not help it. That is what a task comes to that was
 * ended so too often, so every job ends.
 */
final class Pressure {
    /** How long memory must be calm before it is tight no more. */
    static final long CALM_MILLIS = 2_000;

    /** The time between two tasks that are paused. */
    static final long PAUSE_MILLIS = 3_000;

    /** The time between two tasks that go on. */
    static final long RESUME_MILLIS = 1_000;

    /** A task goes on although it does not fit only after standing still for so long. */
    static final long LEAST_PAUSE_MILLIS = 5_000;

    /** When memory has been calm for so long, room for one that does not fit is not waited for. */
    static final long LONG_CALM_MILLIS = 10_000;

    /** How long it must be critical before a task is ended, and the time between two of them. */
    static final long EVICT_MILLIS = 5_000;

    /** After this time of standing still while memory is tight, somebody goes on regardless. */
    static final long STANDSTILL_MILLIS = 30_000;

    /** The same while next to nothing is available. */
    static final long CRITICAL_STANDSTILL_MILLIS = 120_000;

    /** A task that was ended for memory so many times in a row runs alone. */
    static final int MOST_EVICTIONS = 3;

    private static final int WORSE_PERCENT = 80;

    private final Transition step;
    private final HostReading host;
    private final long reserve;
    private final Shortage shortage;

    private Pressure(Transition step, HostReading host) {
        this.step = step;
        this.host = host;
        this.reserve = Ledger.reserveBytes(step.state());
        this.shortage = new Shortage(step.state(), host, reserve);
    }

    /**
     * Takes a look at the host into account, which the step has entered into its state already.
     *
     * @param before the state before the look
     */
    static void looked(Transition step, State before, HostReading host) {
        Pressure pressure = new Pressure(step, host);
        step.stress(pressure.shortage.measured(before));
        if (step.state().adopting().isEmpty()) {
            pressure.act();
        }
    }

    private void act() {
        Stress stress = step.state().stress();
        if (stress.tight()) {
            raiseOutgrown();
            if (!evict(stress) && !pause(stress)) {
                goOnRegardless(stress);
            }
        } else if (stress.calmSince().isPresent()
                && step.now() - stress.calmSince().getAsLong() >= CALM_MILLIS
                && step.now() - stress.resumedAt() >= RESUME_MILLIS) {
            resumeNext();
        }
    }

    private void raiseOutgrown() {
        for (TaskId id : step.state().active()) {
            Task task = step.task(id);
            long expected = task.expected().bytes();
            if (task.spec().kind().endsByItself() && Raising.outgrown(task, expected)) {
                Task raised = task.expecting(Raising.outgrowing(task));
                step.put(raised);
                record(
                        raised,
                        "uses "
                                + ByteSize.format(task.usedBytes())
                                + " of the "
                                + ByteSize.format(expected)
                                + " expected: expects "
                                + ByteSize.format(raised.expected().bytes())
                                + " from now on");
            }
        }
    }

    private boolean pause(Stress stress) {
        boolean acute = stress.falling() || shortage.acute();
        if (!acute || step.now() - stress.pausedAt() < PAUSE_MILLIS) {
            return false;
        }
        for (Task task : touchable()) {
            if (task.state() instanceof TaskState.Running running) {
                step.put(task.in(new TaskState.Paused(running, step.now(), true)));
                Attempts.send(step, task.id(), Signal.STOP);
                step.stress(stress.paused(step.now()).with(host.availableBytes()));
                record(task, "paused: " + PressureWords.of(step.state()));
                return true;
            }
        }
        return false;
    }

    private boolean evict(Stress stress) {
        if (step.now() - stress.evictedAt() < EVICT_MILLIS || dying()) {
            return false;
        }
        long missing = Math.max(0, reserve / 2 - host.availableBytes());
        boolean critical =
                stress.criticalSince().isPresent()
                        && step.now() - stress.criticalSince().getAsLong() >= EVICT_MILLIS;
        List<Task> all = touchable();
        if (!critical && !worse(stress, all) && !ours(stress)) {
            return false;
        }
        for (Task task : all) {
            long used = task.usedBytes();
            if (used > missing) {
                Attempts.stop(step, task, new StopCause.Evicted(used), true);
                step.stress(stress.evicted(step.now()).with(host.availableBytes()));
                record(
                        task,
                        "ended at "
                                + ByteSize.format(used)
                                + " and queued again: "
                                + PressureWords.of(step.state()));
                return true;
            }
        }
        return false;
    }

    /** Whether memory has become shorter still although several stand still. */
    private boolean worse(Stress stress, List<Task> all) {
        long since = Math.max(stress.pausedAt(), stress.tightSince().orElse(step.now()));
        for (Task task : all) {
            if (task.state() instanceof TaskState.Running) {
                return false;
            }
        }
        return all.size() > 1
                && shortage.acute()
                && host.availableBytes() < stress.stepBytes() / 100 * WORSE_PERCENT
                && step.now() - since >= EVICT_MILLIS;
    }

    /** Whether it is the memory of tasks that has been lacking for long, not that of others. */
    private boolean ours(Stress stress) {
        long ours = 0;
        for (TaskId id : step.state().active()) {
            ours += step.task(id).usedBytes();
        }
        return ours > (host.totalBytes() - reserve) / 2
                && stress.bareSince().isPresent()
                && step.now() - stress.bareSince().getAsLong() >= STANDSTILL_MILLIS;
    }

    /** Whether one that was ended for memory has not given it back yet. */
    private boolean dying() {
        for (TaskId id : step.state().active()) {
            if (step.task(id).state() instanceof TaskState.Stopping stopping
                    && stopping.cause() instanceof StopCause.Evicted) {
                return true;
            }
        }
        return false;
    }

    private void resumeNext() {
        List<Task> paused = paused(step.state());
        if (paused.isEmpty()) {
            return;
        }
        Task next = paused.getFirst();
        long free = free(step.state(), host, reserve);
        boolean fits = next.unusedBytes() <= free;
        TaskState.Paused was = (TaskState.Paused) next.state();
        boolean idle = idle(step.state());
        boolean late = step.now() - was.since() >= LEAST_PAUSE_MILLIS;
        if (fits || (late && (idle || (calmForLong() && !heavyRuns())))) {
            resume(next, was, Attempt.Leave.NONE);
            record(
                    next,
                    fits
                            ? "goes on: needs "
                                    + ByteSize.format(next.unusedBytes())
                                    + " more, "
                                    + ByteSize.format(free)
                                    + " free to promise"
                            : idle
                                    ? "goes on: nothing else runs"
                                    : "goes on: nothing else heavy runs, and memory is calm");
        }
    }

    private boolean calmForLong() {
        OptionalLong since = step.state().stress().calmSince();
        return since.isPresent() && step.now() - since.getAsLong() >= LONG_CALM_MILLIS;
    }

    /** Whether a heavy job runs that could be paused: then there is one to wait for. */
    private boolean heavyRuns() {
        for (TaskId id : step.state().active()) {
            Task task = step.task(id);
            if (!(task.state() instanceof TaskState.Paused)
                    && task.spec().kind().endsByItself()
                    && task.spec().mayBeEvicted()
                    && weighty(task)) {
                return true;
            }
        }
        return false;
    }

    /** Standing still for long helps nobody; whoever goes on then is not touched any more. */
    private void goOnRegardless(Stress stress) {
        List<Task> paused = paused(step.state());
        long since = Math.max(stress.pausedAt(), stress.evictedAt());
        if (!shortage.bare()
                && !paused.isEmpty()
                && idle(step.state())
                && standsStill(step.state(), since)) {
            Task first = paused.getFirst();
            resume(first, (TaskState.Paused) first.state(), Attempt.Leave.WAITED);
            record(
                    first,
                    "goes on regardless, as waiting does not help: "
                            + PressureWords.of(step.state()));
        }
    }

    private void resume(Task task, TaskState.Paused paused, Attempt.Leave leave) {
        resume(step, task, paused, leave);
        step.stress(step.state().stress().resumed(step.now()).with(host.availableBytes()));
    }

    /**
     * Lets a suspended task go on.
     *
     * @param leave on whose leave although memory is short: with any it is not suspended again
     */
    static void resume(Transition step, Task task, TaskState.Paused paused, Attempt.Leave leave) {
        TaskState.Running running = paused.was().later(step.now() - paused.since());
        step.put(
                task.in(
                        leave == Attempt.Leave.NONE
                                ? running
                                : running.with(running.attempt().regardless(leave))));
        Attempts.send(step, task.id(), Signal.CONT);
    }

    private void record(Task task, String words) {
        step.effect(new Effect.Record(task.id(), task.spec().name() + " " + words));
    }

    /** Heavy tasks that run or were paused for memory and may be touched, the youngest first. */
    private List<Task> touchable() {
        List<Task> all = new ArrayList<>();
        for (TaskId id : step.state().active()) {
            Task task = step.task(id);
            boolean there =
                    task.state() instanceof TaskState.Running
                            || (task.state() instanceof TaskState.Paused paused
                                    && paused.forMemory());
            if (there
                    && task.spec().mayBeEvicted()
                    && weighty(task)
                    && task.state() instanceof TaskState.Active active
                    && !active.attempt().alone()) {
                all.add(task);
            }
        }
        all.sort(YOUNGEST_LAST.reversed());
        return all;
    }

    /** Whether it is heavy by what is expected of it or by what it uses. */
    private boolean weighty(Task task) {
        State state = step.state();
        return state.heavy(task)
                || (task.spec().heavy().isEmpty()
                        && task.usedBytes() >= state.rulesOf(task).limits().heavyFromBytes());
    }

    private static final Comparator<Task> YOUNGEST_LAST =
            Comparator.comparingLong(Pressure::admittedAt).thenComparing(Task::id);

    private static long admittedAt(Task task) {
        return task.state() instanceof TaskState.Active active
                ? active.attempt().admittedAt()
                : Long.MAX_VALUE;
    }

    /** Those that were paused for memory, in the order in which they go on. */
    static List<Task> paused(State state) {
        List<Task> all = new ArrayList<>();
        for (TaskId id : state.active()) {
            Task task = state.task(id);
            if (task.state() instanceof TaskState.Paused paused && paused.forMemory()) {
                all.add(task);
            }
        }
        all.sort(YOUNGEST_LAST);
        return all;
    }

    /** Whether no job runs, so that waiting for one to end is of no use. */
    private static boolean idle(State state) {
        for (TaskId id : state.active()) {
            Task task = state.task(id);
            if (task.spec().kind().endsByItself() && !(task.state() instanceof TaskState.Paused)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is free to one that goes on, above what calm takes: what is held for those that wait is
     * theirs.
     */
    static long free(State state, HostReading host, long reserve) {
        long free = host.availableBytes() - (reserve - reserve / 4);
        for (TaskId id : state.active()) {
            Task task = state.task(id);
            if (!(task.state() instanceof TaskState.Paused paused && paused.forMemory())) {
                free -= task.unusedBytes();
            }
        }
        return free;
    }

    /** Whether memory has been tight for so long that waiting for better times does not help. */
    static boolean standsStill(State state, long since) {
        Stress stress = state.stress();
        long patience =
                stress.criticalSince().isPresent() ? CRITICAL_STANDSTILL_MILLIS : STANDSTILL_MILLIS;
        return stress.tight()
                && state.now() - Math.max(since, stress.tightSince().getAsLong()) >= patience;
    }
}
