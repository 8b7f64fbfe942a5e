package dev.simmer.scheduler;

import static dev.simmer.scheduler.Witness.hold;

import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what is done when memory runs short, worked out from a witness's own books. R is the
 * largest reserve of a workspace.
 */
final class Pressures {
    private static final long NEVER = Long.MIN_VALUE / 4;
    private static final long CALM = 2_000;
    private static final long BETWEEN_PAUSES = 3_000;
    private static final long BETWEEN_RESUMES = 1_000;
    private static final long BETWEEN_EVICTIONS = 5_000;
    private static final long LEAST_PAUSE = 5_000;
    private static final long LONG_CALM = 10_000;
    private static final long STANDSTILL = 30_000;
    private static final long CRITICAL_STANDSTILL = 120_000;
    private static final int MOST_EVICTIONS = 3;

    private final Witness witness;

    // Since when it has been so; NEVER where it is not.
    private long tight = NEVER;
    private long calm = NEVER;
    private long critical = NEVER;
    private long bare = NEVER;
    private boolean acute;
    private boolean low;
    private boolean io;

    private long reserve;
    private long lookedAt = NEVER;
    private long fall;
    private long pausedAt = NEVER;
    private long resumedAt = NEVER;
    private long evictedAt = NEVER;

    /** What was available when somebody was last paused, let go on or ended. */
    private long stepBytes;

    Pressures(Witness witness) {
        this.witness = witness;
    }

    Pressures(Witness witness, Pressures other) {
        this.witness = witness;
        tight = other.tight;
        calm = other.calm;
        critical = other.critical;
        bare = other.bare;
        stepBytes = other.stepBytes;
        acute = other.acute;
        low = other.low;
        io = other.io;
        reserve = other.reserve;
        lookedAt = other.lookedAt;
        fall = other.fall;
        pausedAt = other.pausedAt;
        resumedAt = other.resumedAt;
        evictedAt = other.evictedAt;
    }

    boolean tight() {
        return tight != NEVER;
    }

    /** How much is waited for is forgotten in a crash. */
    void forget() {
        tight = NEVER;
        calm = NEVER;
        critical = NEVER;
        bare = NEVER;
        stepBytes = 0;
        acute = false;
        low = false;
        io = false;
        lookedAt = NEVER;
        fall = 0;
        pausedAt = NEVER;
        resumedAt = NEVER;
        evictedAt = NEVER;
    }

    private static long reserve(HostReading host, State state) {
        long most = state.rules().isEmpty() ? (long) (host.totalBytes() * 0.1) : 0;
        for (WorkspaceRules rules : state.rules().values()) {
            most = Math.max(most, rules.limits().reserve().bytes(host.totalBytes()));
        }
        return most;
    }

    /** Takes a look at the host down, before the books of who uses what are. */
    void looked(Event.HostSampled event, @Nullable HostReading before, State state) {
        HostReading host = event.host();
        reserve = reserve(host, state);
        boolean anyPaused = false;
        for (TaskId id : state.active()) {
            anyPaused |=
                    state.task(id).state() instanceof TaskState.Paused paused && paused.forMemory();
        }
        long now = event.at();
        double waits = host.memoryStall().recent();
        boolean falling = falling(event, before);
        low =
                host.availableBytes() < reserve / 2
                        || (waits > 0.1 && host.memoryStall().avg10() > 0.2);
        acute = falling || low;
        boolean quiet = !falling && waits < 0.05 && host.availableBytes() >= reserve - reserve / 4;
        calm = !quiet ? NEVER : calm == NEVER ? now : calm;
        boolean next = host.availableBytes() < reserve / 8 || waits > 0.4;
        critical = !next ? NEVER : critical == NEVER ? now : critical;
        bare = host.availableBytes() >= reserve / 4 ? NEVER : bare == NEVER ? now : bare;
        boolean short_ = tight() ? !calmEnough(now) : acute || (!quiet && anyPaused);
        tight = !short_ ? NEVER : tight() ? tight : now;
        io = io ? host.ioStall().avg10() >= 0.2 : host.ioStall().avg10() > 0.4;
        lookedAt = now;
    }

    private boolean calmEnough(long now) {
        return calm != NEVER && now - calm >= CALM;
    }

    /**
     * Whether less than R/4 would be left in a second, a task taken to stop where it is expected
     * to.
     */
    private boolean falling(Event.HostSampled event, @Nullable HostReading before) {
        long time = event.at() - lookedAt;
        long was = fall;
        if (time >= 50) {
            fall = time > 3_000 || before == null ? 0 : fall(event, before, time);
        }
        long sure = time < 400 ? Math.min(was, fall) : fall;
        return sure > 0 && event.host().availableBytes() - sure < reserve / 4;
    }

    private long fall(Event.HostSampled event, HostReading before, long time) {
        long gone = before.availableBytes() - event.host().availableBytes();
        long beyond = 0;
        for (Life life : witness.active.values()) {
            TreeMemory memory = event.memory().get(life.id);
            if (memory == null) {
                continue;
            }
            long more = memory.rssBytes() - life.rssBytes;
            gone -= more;
            long promised = life.of.task.expected().bytes() - memory.rssBytes();
            long grows = Math.max(0, more * 1_000 / time);
            beyond += promised >= 0 ? Math.min(promised, grows) : grows;
        }
        return Math.max(0, gone) * 1_000 / time + beyond;
    }

    /** Writes down of whom more is expected after a look, once the books say who uses what. */
    void outgrown(State after) {
        for (Life life : witness.active.values()) {
            long expected = life.of.task.expected().bytes();
            if (tight()
                    && witness.adoptions().none()
                    && life.of.job()
                    && life.rssBytes > expected + expected / 10) {
                life.of.outgrown(life.rssBytes);
                hold(
                        after.task(life.id.task()).expected().bytes() >= life.rssBytes / 2 * 3,
                        Rule.HELD,
                        "%s uses %d and is expected to need %s",
                        life.id,
                        life.rssBytes,
                        after.task(life.id.task()).expected());
            }
        }
    }

    /** Checks what a look at the host has led to, once it has been written down. */
    void check(State before, Event event, State after) {
        List<Life> paused = new ArrayList<>();
        List<Life> resumed = new ArrayList<>();
        List<Life> evicted = new ArrayList<>();
        for (TaskId id : before.active()) {
            TaskState was = before.task(id).state();
            TaskState is = after.task(id).state();
            Life life = witness.seen(id).last;
            if (life == null || was.equals(is)) {
                continue;
            }
            if (is instanceof TaskState.Paused now && now.forMemory()) {
                if (!(was instanceof TaskState.Paused)) {
                    paused.add(life);
                }
            } else if (was instanceof TaskState.Paused p && is instanceof TaskState.Running) {
                if (event instanceof Event.ResumeRequested) {
                    life.regardless |= p.forMemory();
                } else {
                    hold(p.forMemory(), Rule.PAUSES, "%s goes on, says nobody", life.id);
                    resumed.add(life);
                }
            } else if (is instanceof TaskState.Stopping s
                    && s.cause() instanceof StopCause.Evicted
                    && !(was instanceof TaskState.Stopping)) {
                evicted.add(life);
            }
        }
        if (!(event instanceof Event.HostSampled)) {
            hold(
                    paused.isEmpty() && resumed.isEmpty() && evicted.isEmpty(),
                    Rule.PRESSURE,
                    "%s paused %s, resumed %s, evicted %s",
                    event,
                    ids(paused),
                    ids(resumed),
                    ids(evicted));
            return;
        }
        hold(
                paused.size() + resumed.size() + evicted.size() <= 1,
                Rule.PRESSURE,
                "at once %s are paused, %s go on, %s end",
                ids(paused),
                ids(resumed),
                ids(evicted));
        if (witness.host != null && witness.adoptions().none()) {
            paused(before, paused, !evicted.isEmpty());
            evicted(before, evicted);
            resumed(before, resumed, !paused.isEmpty() || !evicted.isEmpty());
            if (paused.size() + resumed.size() + evicted.size() > 0) {
                stepBytes = witness.host.availableBytes();
            }
        }
    }

    private static List<String> ids(List<Life> lives) {
        return lives.stream().map(life -> life.id.toString()).toList();
    }

    /** The youngest that may be touched is paused while memory is tight, now and then. */
    private void paused(State before, List<Life> paused, boolean evicted) {
        List<Life> run = new ArrayList<>(touchable(before));
        run.removeIf(life -> state(before, life) instanceof TaskState.Paused);
        boolean due = tight() && acute && witness.now - pausedAt >= BETWEEN_PAUSES;
        for (Life life : paused) {
            hold(tight() && acute, Rule.PRESSURE, "%s is paused without cause", life.id);
            hold(due, Rule.STEADY, "%s is paused too soon after another", life.id);
            hold(
                    run.contains(life),
                    Rule.PRESSURE,
                    "%s is paused, and may not be touched",
                    life.id);
            hold(
                    run.getLast() == life,
                    Rule.PRESSURE,
                    "%s is paused before %s",
                    life.id,
                    run.getLast().id);
            life.pausedForMemoryAt = witness.now;
            pausedAt = witness.now;
        }
        hold(
                !due || run.isEmpty() || evicted || !paused.isEmpty(),
                Rule.PRESSURE,
                "memory is short and nobody is paused of %s",
                ids(run));
    }

    /** One is ended when that is due, and it frees what is worth the loss. */
    private void evicted(State before, List<Life> evicted) {
        HostReading host = host();
        long missing = Math.max(0, reserve / 2 - host.availableBytes());
        List<Life> all = touchable(before);
        List<Life> worth = new ArrayList<>(all);
        worth.removeIf(life -> life.rssBytes <= missing);
        boolean long_ = critical != NEVER && witness.now - critical >= BETWEEN_EVICTIONS;
        boolean due =
                tight()
                        && (long_ || worse(before, all) || ours())
                        && witness.now - evictedAt >= BETWEEN_EVICTIONS;
        for (Life life : evicted) {
            hold(all.contains(life), Rule.PRESSURE, "%s is ended, and may not be", life.id);
            hold(due, Rule.STEADY, "%s is ended too soon", life.id);
            hold(worth.contains(life), Rule.GAIN, "%s has %d", life.id, life.rssBytes);
            hold(worth.getLast() == life, Rule.PRESSURE, "%s is not the youngest", life.id);
            evictedAt = witness.now;
        }
        boolean dying = false;
        for (TaskId id : before.active()) {
            dying |=
                    before.task(id).state() instanceof TaskState.Stopping stopping
                            && stopping.cause() instanceof StopCause.Evicted;
        }
        hold(
                !due || worth.isEmpty() || dying || !evicted.isEmpty(),
                Rule.PRESSURE,
                "next to nothing is left and nobody is ended of %s",
                ids(worth));
    }

    /** Whether a fifth of what was available has gone although several are paused. */
    private boolean worse(State before, List<Life> all) {
        boolean paused = true;
        for (Life life : all) {
            paused &= state(before, life) instanceof TaskState.Paused;
        }
        return paused
                && low
                && all.size() > 1
                && host().availableBytes() < stepBytes / 100 * 80
                && witness.now - Math.max(tight, pausedAt) >= BETWEEN_EVICTIONS;
    }

    /** Whether tasks themselves have kept memory next to used up for half a minute. */
    private boolean ours() {
        long all = 0;
        for (Life life : witness.active.values()) {
            all += life.rssBytes;
        }
        return bare != NEVER
                && witness.now - bare >= STANDSTILL
                && all > (host().totalBytes() - reserve) / 2;
    }

    /**
     * The longest admitted goes on when memory has been calm and it fits or, after standing still
     * for 5 s, nothing else runs: with k before it that is no later than 5 s, k seconds and the
     * time between two looks after relief. After 10 s of calm it waits for nobody but heavy jobs.
     */
    private void resumed(State before, List<Life> resumed, boolean otherwise) {
        List<Life> wait = new ArrayList<>();
        boolean idle = true;
        boolean heavy = false;
        long free = host().availableBytes() - (reserve - reserve / 4);
        for (Life life : byAdmission(before)) {
            TaskState was = state(before, life);
            boolean forMemory = was instanceof TaskState.Paused paused && paused.forMemory();
            if (forMemory) {
                wait.add(life);
            } else {
                free -= life.unused();
            }
            idle &= was instanceof TaskState.Paused || !life.of.job();
            heavy |= !(was instanceof TaskState.Paused) && life.of.job() && weighty(life);
        }
        boolean calmed =
                !tight() && calmEnough(witness.now) && witness.now - resumedAt >= BETWEEN_RESUMES;
        boolean restful = calm != NEVER && witness.now - calm >= LONG_CALM && !heavy;
        boolean may =
                !wait.isEmpty()
                        && (wait.getFirst().unused() <= free
                                || (witness.now - pausedSince(before, wait.getFirst())
                                                >= LEAST_PAUSE
                                        && (idle || restful)));
        long patience = critical == NEVER ? STANDSTILL : CRITICAL_STANDSTILL;
        boolean regardless =
                tight()
                        && bare == NEVER
                        && idle
                        && witness.now - Math.max(tight, Math.max(pausedAt, evictedAt)) >= patience;
        for (Life life : resumed) {
            hold(wait.getFirst() == life, Rule.RESUMES, "%s is not the first", life.id);
            hold(
                    witness.now - life.pausedForMemoryAt >= CALM,
                    Rule.STEADY,
                    "%s has hardly been paused",
                    life.id);
            hold((calmed && may) || regardless, Rule.RESUMES, "%s has no room", life.id);
            life.regardless |= tight();
            resumedAt = witness.now;
        }
        hold(
                otherwise
                        || !resumed.isEmpty()
                        || wait.isEmpty()
                        || !((calmed && may) || regardless),
                Rule.RESUMES,
                "%s could go on",
                ids(wait));
    }

    private HostReading host() {
        if (witness.host == null) {
            throw new IllegalStateException("no host");
        }
        return witness.host;
    }

    private static TaskState state(State state, Life life) {
        return state.task(life.id.task()).state();
    }

    /** The attempts that were there when the host was looked at, the oldest first. */
    private List<Life> byAdmission(State before) {
        List<Life> all = new ArrayList<>(witness.active.values());
        all.removeIf(life -> !before.active().contains(life.id.task()));
        all.sort(
                Comparator.comparingLong((Life life) -> life.spawnedAt)
                        .thenComparing(life -> life.id.task()));
        return all;
    }

    /** Heavy ones that run or are paused for memory, the oldest first. */
    private List<Life> touchable(State before) {
        List<Life> all = byAdmission(before);
        all.removeIf(life -> {
            TaskState was = state(before, life);
            boolean there =
                    was instanceof TaskState.Running
                            || (was instanceof TaskState.Paused paused && paused.forMemory());
            return !there || !weighty(life) || life.regardless;
        });
        return all;
    }

    /** Whether it is heavy, by what is expected or by what it uses, and may be paused for that. */
    private boolean weighty(Life life) {
        var spec = life.of.task.spec();
        var limits = witness.rulesOf(life.of).limits();
        return spec.evictable().orElse(life.of.job())
                && (life.of.heavy(limits)
                        || (spec.heavy().isEmpty() && life.rssBytes >= limits.heavyFromBytes()));
    }

    private static long pausedSince(State before, Life life) {
        return state(before, life) instanceof TaskState.Paused paused ? paused.since() : NEVER;
    }

    /** Nothing heavy starts under pressure, unless it has waited long and nobody runs. */
    void spawned(Life.Seen seen, boolean alone, long queuedSince) {
        if (!seen.heavy(witness.rulesOf(seen).limits())) {
            return;
        }
        boolean overdue = witness.now - queuedSince >= Admissions.PATIENCE;
        if (tight()) {
            hold(
                    alone && standstill(queuedSince),
                    Rule.HEAVY_HELD,
                    "%s starts while memory is short",
                    seen.task.id());
        } else {
            hold(
                    !busy(seen) || (overdue && heavyJobs() == 0),
                    Rule.HEAVY_HELD,
                    "%s starts while much waits",
                    seen.task.id());
        }
    }

    /** Whether a task may be let in although memory is short. */
    boolean standstill(long queuedSince) {
        long patience = critical == NEVER ? STANDSTILL : CRITICAL_STANDSTILL;
        return tight()
                && witness.admissions().jobs() == 0
                && witness.now - queuedSince >= Admissions.PATIENCE
                && witness.now - Math.max(queuedSince, tight) >= patience;
    }

    private int heavyJobs() {
        int count = 0;
        for (Life life : witness.active.values()) {
            count += life.of.job() && life.of.heavy(witness.rulesOf(life.of).limits()) ? 1 : 0;
        }
        return count;
    }

    boolean ioStalled() {
        return io;
    }

    private boolean busy(Life.Seen seen) {
        var load = witness.rulesOf(seen).limits().load();
        return io || (load.isPresent() && host().load1() >= load.getAsDouble());
    }

    /** Whether pressure keeps a task from starting. */
    boolean holds(Life.Seen seen, long queuedSince) {
        if (!seen.heavy(witness.rulesOf(seen).limits())) {
            return false;
        }
        boolean overdue = witness.now - queuedSince >= Admissions.PATIENCE;
        return tight() || (busy(seen) && !(overdue && heavyJobs() == 0));
    }

    /** Whether a task has been ended for memory so often that it runs alone. */
    static boolean runsAlone(Life.Seen seen) {
        return seen.evictions >= MOST_EVICTIONS;
    }
}
