package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Kind;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulated host: a clock, processes, and memory that follows what those really use plus what
 * other programs use. Carries out effects as {@code engine.ports.Processes} promises to: in the
 * order asked, also before the attempt has started; told of each attempt are started or
 * startFailed, then exited, then gone where exited told of leftovers. How long it takes until
 * something is told differs, so that news of different attempts overtake each other, readiness
 * comes after the end, and news come of attempts that are being stopped or are long forgotten.
 * Since any thread may tell them, started may also come after exited.
 */
final class World {
    private static final double HUGE_NOISE = 0.8;

    final SplittableRandom random;
    final long totalBytes;
    private final Consumer<Event> engine;
    private final Fates fates;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Map<AttemptId, SimulatedProcess> processes = new TreeMap<>();
    private final long sampleMillis;
    private long order;
    private long now = 1;
    private long noSampleBefore;
    private double noise;
    private boolean calm;

    /** Which engine lives; what was to be told to another one is not. */
    private int epoch;

    private record Due(long at, long order, Runnable what) {}

    World(SplittableRandom random, Consumer<Event> engine) {
        this.random = random;
        this.engine = engine;
        this.fates = new Fates(random);
        this.totalBytes = between(2, 32) * Workload.GIB;
        this.sampleMillis = between(500, 4_000);
        this.noise = between(5, 40) / 100.0;
        at(between(0, 500), this::sampleForEver);
    }

    long now() {
        return now;
    }

    /** Has something happen in a while. */
    void at(long delay, Runnable what) {
        agenda.add(new Due(now + delay, order++, what));
    }

    long nextAt() {
        Due next = agenda.peek();
        return next == null ? Long.MAX_VALUE : next.at();
    }

    /** Lets the next thing happen. */
    void step() {
        Due next = agenda.poll();
        if (next == null) {
            throw new IllegalStateException("nothing will ever happen");
        }
        now = Math.max(now, next.at());
        next.what().run();
    }

    /** Lets time pass up to a moment at which nothing else happens. */
    void advance(long to) {
        now = Math.max(now, to);
    }

    SimulatedProcess process(AttemptId id) {
        SimulatedProcess found = processes.get(id);
        if (found == null) {
            throw new Broken(Rule.EFFECTS, "attempt " + id + " was never spawned");
        }
        return found;
    }

    @Nullable SimulatedProcess known(AttemptId id) {
        return processes.get(id);
    }

    /** Whether a process of an attempt lives or is about to. */
    boolean lives(AttemptId id) {
        SimulatedProcess p = processes.get(id);
        return p != null && p.stage != SimulatedProcess.Stage.GONE;
    }

    /** What was told of an attempt's end is what became of it. */
    void truth(Life life) {
        SimulatedProcess p = processes.get(life.id);
        if (p == null || life.exit == null) {
            return;
        }
        boolean so = p.lost ? life.exit instanceof ExitStatus.Unknown : life.exit.equals(p.exit);
        Witness.hold(
                so,
                Rule.OUTCOMES,
                "%s is told to be %s, was %s",
                life.id,
                life.exit,
                String.valueOf(p.exit));
    }

    /** How many processes of a task, of whichever attempt, live or are about to. */
    long living(TaskId task) {
        return processes.values().stream()
                .filter(p -> p.id.task().equals(task) && p.stage != SimulatedProcess.Stage.GONE)
                .count();
    }

    /** The engine is no more; the processes go on, unless the machine goes down with it. */
    void crash(boolean machine) {
        epoch++;
        for (SimulatedProcess p : processes.values()) {
            p.watched = false;
            p.wanted = false;
            p.toldUntil = now;
            p.killAsked = false;
            p.asked.clear();
            if (p.stage == SimulatedProcess.Stage.SPAWNING && (machine || chance(50))) {
                p.neverBegan = true;
                p.stage = SimulatedProcess.Stage.GONE;
            }
            if (machine && p.lives()) {
                p.lost = p.stage == SimulatedProcess.Stage.ALIVE;
                p.stage = SimulatedProcess.Stage.GONE;
                p.fate++;
            }
        }
    }

    /** An engine that crashed has done something to an attempt that it could not save. */
    void meddled(AttemptId id) {
        SimulatedProcess p = processes.get(id);
        if (p != null) {
            p.meddled = true;
        }
    }

    /** Has something told to the engine that lives now, if it still does by then. */
    private void later(long delay, Supplier<Event> news) {
        int to = epoch;
        at(
                delay,
                () -> {
                    if (epoch == to) {
                        engine.accept(news.get());
                    }
                });
    }

    private void adopt(AttemptId id) {
        int to = epoch;
        at(
                between(0, 200),
                () -> {
                    if (epoch == to) {
                        answer(id);
                    }
                });
    }

    /** Tells what was found of an attempt of an earlier engine. */
    private void answer(AttemptId id) {
        SimulatedProcess p = processes.get(id);
        if (p == null || p.neverBegan || (p.stage == SimulatedProcess.Stage.GONE && failed(p))) {
            later(between(0, 20), () -> new Event.NeverBegan(now, id, jitter()));
            return;
        }
        if (p.stage == SimulatedProcess.Stage.SPAWNING) {
            p.wanted = true;
            return;
        }
        p.watched = true;
        if (p.stage == SimulatedProcess.Stage.ALIVE) {
            tell(p, t -> new Event.Adopted(t, id));
            return;
        }
        ExitStatus exit = p.exit == null ? new ExitStatus.Unknown("nothing of it is left") : p.exit;
        boolean matched = p.spec.retry().onOutput().isPresent() && chance(50);
        int left = p.stage == SimulatedProcess.Stage.LEFTOVERS ? p.leftovers : 0;
        boolean when = p.exit != null;
        tell(
                p,
                t ->
                        new Event.ProcessExited(
                                t,
                                id,
                                exit,
                                when ? p.exitAt : t,
                                left,
                                matched,
                                jitter(),
                                KernelMemory.NONE,
                                judged(p)));
    }

    private static boolean failed(SimulatedProcess p) {
        return p.plan.failure().isPresent() && p.exit == null && !p.lost;
    }

    /** From now on nothing goes wrong: what hangs ends, memory keeps still, new attempts behave. */
    void becomeCalm() {
        calm = true;
        noSampleBefore = 0;
        noise = 0.1;
        fates.becomeCalm();
        for (SimulatedProcess p : processes.values()) {
            if (p.stage == SimulatedProcess.Stage.ALIVE) {
                p.remaining = p.suspended ? p.remaining : p.endAt - now;
                if (p.remaining > Fates.LONGEST_CALM_RUN && !servesForEver(p)) {
                    p.remaining = between(10, 20_000);
                    if (!p.suspended) {
                        run(p);
                    }
                }
            } else if (p.stage == SimulatedProcess.Stage.LEFTOVERS) {
                dieLater(p, between(10, 20_000));
            }
        }
    }

    private static boolean servesForEver(SimulatedProcess p) {
        return p.plan.run().isEmpty() && p.spec.kind() == Kind.SERVICE;
    }

    // What the scheduler wants done.

    void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SpawnProcess spawn -> spawn(spawn);
            case Effect.SignalProcesses(AttemptId id, Signal signal) -> ask(process(id), signal);
            case Effect.KillProcesses(AttemptId id) -> kill(process(id));
            case Effect.ProbeReadiness(AttemptId id, _) -> {
                SimulatedProcess p = process(id);
                if (p.plan.readyDelay().isPresent()) {
                    if (p.readyAt == Long.MAX_VALUE) {
                        p.readyAt = now + p.plan.readyDelay().getAsLong();
                    }
                    int to = epoch;
                    at(
                            Math.max(0, p.readyAt - now),
                            () -> {
                                if (epoch == to) {
                                    probePasses(p);
                                }
                            });
                }
            }
            case Effect.ReleaseAttempt(AttemptId id, _) -> {
                SimulatedProcess p = processes.get(id);
                if (p != null) {
                    p.released = true;
                }
            }
            case Effect.AdoptProcess(AttemptId id, _) -> adopt(id);
            case Effect.DiscardTask _, Effect.Record _ -> {}
            case Effect.SampleHost _ -> at(between(1, 50), this::sample);
        }
    }

    private void spawn(Effect.SpawnProcess spawn) {
        if (lives(spawn.attempt())) {
            throw new Broken(Rule.ONE_PROCESS, spawn.attempt() + " is spawned twice");
        }
        SimulatedProcess p = new SimulatedProcess(spawn.attempt(), spawn.spec(), fates.draw(spawn));
        p.watched = true;
        processes.put(p.id, p);
        at(p.plan.startDelay(), () -> begin(p));
    }

    private void begin(SimulatedProcess p) {
        if (p.neverBegan) {
            return;
        }
        if (p.plan.failure().isPresent()) {
            p.stage = SimulatedProcess.Stage.GONE;
            tell(p, t -> new Event.StartFailed(t, p.id, p.plan.failure().get(), jitter()));
            if (p.wanted) {
                answer(p.id);
            }
            return;
        }
        p.stage = SimulatedProcess.Stage.ALIVE;
        p.startedAt = now;
        p.remaining = p.plan.run().orElse(Long.MAX_VALUE);
        if (calm && !servesForEver(p)) {
            p.remaining = Math.min(p.remaining, between(10, 20_000));
        }
        boolean overtaken = !calm && chance(1);
        if (p.wanted) {
            answer(p.id);
        } else {
            tell(p, t -> new Event.ProcessStarted(t, p.id));
        }
        if (overtaken) {
            p.toldUntil = now;
        }
        run(p);
        if (!calm && chance(2)) {
            at(between(1, 5_000), () -> outgrows(p));
        }
        if (!calm && p.spec.kind() == Kind.AGENT && chance(20)) {
            at(between(1, 5_000), () -> misbehaves(p));
        }
        for (Signal signal : p.asked) {
            ask(p, signal);
        }
        if (p.killAsked) {
            kill(p);
        }
    }

    private void run(SimulatedProcess p) {
        int fate = ++p.fate;
        p.suspended = false;
        if (p.remaining == Long.MAX_VALUE) {
            p.endAt = Long.MAX_VALUE;
            return;
        }
        p.endAt = now + p.remaining;
        at(
                p.remaining,
                () -> {
                    if (p.fate == fate) {
                        mainEnds(p, p.plan.exit());
                    }
                });
    }

    private void outgrows(SimulatedProcess p) {
        if (p.stage == SimulatedProcess.Stage.ALIVE && !p.suspended && p.watched) {
            later(between(0, 20), () -> new Event.LogLimitReached(now, p.id, chance(50)));
        }
    }

    private void misbehaves(SimulatedProcess p) {
        if (p.stage == SimulatedProcess.Stage.ALIVE && p.watched) {
            AgentStop why = chance(50) ? AgentStop.TURNS : AgentStop.LINGERING;
            later(
                    between(0, 20),
                    () -> new Event.AgentStopWanted(now, p.id, why, "it went too far"));
        }
    }

    /** An agent is judged when its main process ends, and the same however often that is told. */
    private static Optional<AgentEnding> judged(SimulatedProcess p) {
        if (p.spec.kind() != Kind.AGENT || p.exit == null) {
            return Optional.empty();
        }
        AgentVerdict verdict =
                switch ((int) (p.exitAt % 4)) {
                    case 0 -> AgentVerdict.COMPLETED;
                    case 1 -> AgentVerdict.COMPLETED_WITH_DENIALS;
                    case 2 -> AgentVerdict.PARTIAL;
                    default -> AgentVerdict.FAILED;
                };
        AgentRun run =
                new AgentRun(
                        AgentRun.State.ENDED,
                        "",
                        Instant.EPOCH,
                        Optional.empty(),
                        1,
                        0,
                        p.exitAt,
                        0,
                        OptionalDouble.empty(),
                        false,
                        "",
                        Optional.of(verdict),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        return Optional.of(new AgentEnding(verdict, "as the world has it", run));
    }

    private void mainEnds(SimulatedProcess p, ExitStatus status) {
        p.fate++;
        p.exit = status;
        p.exitAt = now;
        p.leftovers = p.plan.leftovers();
        if (p.killAsked && chance(70)) {
            p.leftovers = 0;
        }
        int told = p.leftovers;
        boolean matched = p.spec.retry().onOutput().isPresent() && chance(50);
        Optional<AgentEnding> agent = judged(p);
        tell(
                p,
                t ->
                        new Event.ProcessExited(
                                t,
                                p.id,
                                status,
                                t,
                                told,
                                matched,
                                jitter(),
                                KernelMemory.NONE,
                                agent));
        if (p.leftovers == 0) {
            p.stage = SimulatedProcess.Stage.GONE;
            return;
        }
        p.stage = SimulatedProcess.Stage.LEFTOVERS;
        if (p.killAsked) {
            dieLater(p, between(1, 30));
        } else if (calm || p.plan.leftoversRun().isPresent()) {
            dieLater(p, p.plan.leftoversRun().orElse(between(10, 20_000)));
        }
    }

    private void dieLater(SimulatedProcess p, long delay) {
        int fate = ++p.fate;
        at(
                delay,
                () -> {
                    if (p.fate == fate) {
                        p.stage = SimulatedProcess.Stage.GONE;
                        p.fate++;
                        boolean matched = p.spec.retry().onOutput().isPresent() && chance(50);
                        tell(p, t -> new Event.LeftoversGone(t, p.id, matched, jitter()));
                    }
                });
    }

    private void ask(SimulatedProcess p, Signal signal) {
        if (p.stage == SimulatedProcess.Stage.SPAWNING) {
            p.asked.add(signal);
            return;
        }
        later(between(0, 20), () -> new Event.Signalled(now, p.id, signal));
        if (!p.lives()) {
            return;
        }
        switch (signal) {
            case STOP -> {
                if (p.stage == SimulatedProcess.Stage.ALIVE && !p.suspended) {
                    p.remaining = p.endAt == Long.MAX_VALUE ? Long.MAX_VALUE : p.endAt - now;
                    p.suspended = true;
                    p.fate++;
                }
            }
            case CONT -> {
                if (p.suspended) {
                    run(p);
                    if (p.stopPending) {
                        heed(p);
                    }
                }
            }
            case HUP, INT, QUIT, KILL, USR1, USR2, TERM -> {
                p.stopPending |= p.suspended;
                if (!p.suspended) {
                    heed(p);
                }
            }
        }
    }

    /** A stop signal reaches processes that run. */
    private void heed(SimulatedProcess p) {
        p.stopPending = false;
        if (p.plan.deaf()) {
            return;
        }
        if (p.stage == SimulatedProcess.Stage.LEFTOVERS) {
            dieLater(p, p.plan.dying());
            return;
        }
        int fate = ++p.fate;
        p.endAt = now + p.plan.dying();
        at(
                p.plan.dying(),
                () -> {
                    if (p.fate == fate) {
                        mainEnds(p, p.plan.stopped());
                    }
                });
    }

    private void kill(SimulatedProcess p) {
        p.killAsked = true;
        if (p.stage == SimulatedProcess.Stage.LEFTOVERS) {
            dieLater(p, between(1, 30));
        } else if (p.stage == SimulatedProcess.Stage.ALIVE) {
            int fate = ++p.fate;
            p.suspended = false;
            long dying = between(1, 30);
            p.endAt = now + dying;
            at(
                    dying,
                    () -> {
                        if (p.fate == fate) {
                            mainEnds(p, new ExitStatus.Signaled(9));
                        }
                    });
        }
    }

    private void probePasses(SimulatedProcess p) {
        if (p.stage == SimulatedProcess.Stage.ALIVE) {
            long delay = calm || chance(80) ? between(0, 20) : between(0, 15_000);
            later(delay, () -> new Event.BecameReady(now, p.id));
        }
    }

    /** Tells the engine something about an attempt, after what it was told before. */
    private void tell(SimulatedProcess p, java.util.function.LongFunction<Event> news) {
        if (!p.watched) {
            return;
        }
        long delay = calm || chance(90) ? between(0, 20) : between(0, 1_500);
        p.toldUntil = Math.max(p.toldUntil, now + delay);
        later(p.toldUntil - now, () -> news.apply(now));
    }

    private double jitter() {
        return chance(5) ? 0.0 : random.nextDouble();
    }

    // Memory.

    private void sampleForEver() {
        sample();
        if (!calm) {
            noise = Math.clamp(noise + between(-8, 8) / 100.0, 0.02, 0.6);
            if (chance(2)) {
                noise = HUGE_NOISE;
            }
            if (chance(2)) {
                noSampleBefore = now + between(5_000, 60_000);
            }
        }
        at(calm ? 3_000 : sampleMillis / 2 + random.nextLong(sampleMillis), this::sampleForEver);
    }

    private void sample() {
        if (now < noSampleBefore) {
            return;
        }
        long used = (long) (totalBytes * noise);
        Map<AttemptId, TreeMemory> rss = new TreeMap<>();
        for (SimulatedProcess p : processes.values()) {
            if (p.lives()) {
                long bytes = p.rssBytes(now);
                rss.put(p.id, new TreeMemory(bytes));
                used += bytes;
            }
        }
        HostReading host = new HostReading(totalBytes, Math.max(0, totalBytes - used));
        long delay = between(0, 30);
        later(delay, () -> new Event.HostSampled(now, host, rss));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private long between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
