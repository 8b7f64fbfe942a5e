package dev.simmer.engine;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.engine.ports.Usage;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Engine;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.scheduler.Decision;
import dev.simmer.scheduler.Effect;
import dev.simmer.scheduler.Event;
import dev.simmer.scheduler.HostReading;
import dev.simmer.scheduler.Scheduler;
import dev.simmer.scheduler.State;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The engine in this process: feeds the scheduler with what happens and carries out what it
 * decides.
 *
 * <p>One thread owns the scheduler's state. Everybody else puts an input into a bounded queue
 * (whoever finds it full waits) and reads the published snapshot. The thread gives each event its
 * time, asks {@link Scheduler#decide}, hands the effects to the ports, which never block it, and
 * publishes a snapshot: at once when the last one is a while ago, else after {@link
 * #PUBLISH_MILLIS}, so that a burst of events costs a few snapshots and not one each.
 */
public final class LocalEngine implements Engine {
    /** Snapshots are at least this far apart. */
    private static final long PUBLISH_MILLIS = 25;

    /** Making snapshots may take one part of the thread's time in so many. */
    private static final long PUBLISH_SHARE = 10;

    private static final Reply CLOSED = new Reply.Refused("the engine has been closed");
    private static final int QUEUE = 16_384;
    private static final int BATCH = 256;

    private final Processes processes;
    private final Clock clock;
    private final RandomGenerator random;
    private final MemoryGuesses guesses;
    private final Path runs;
    private final long zeroMillis;
    private final Instant zeroWall;
    private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(QUEUE);
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Sampler sampler;
    private final Thread thread;
    private volatile Snapshot published = Snapshot.EMPTY;
    private volatile Map<AttemptId, Path> running = Map.of();

    // Owned by the engine's thread.
    private final Views views;
    private State state = State.EMPTY;
    private Optional<HostSample> host = Optional.empty();
    private Map<AttemptId, UsageSample> usage = Map.of();
    private long lastTaskId;
    private boolean dirty = true;
    private long publishAt;

    /** What the engine's thread is handed. */
    private sealed interface Input {
        /** Somebody asks for something. */
        record Asked(Request request, CompletableFuture<Reply> reply) implements Input {}

        /** Something has happened to an attempt; the event gets its time when it is handled. */
        record Happened(Function<Moment, Event> event) implements Input {}

        /** A main process has ended, and nobody has looked at its output yet. */
        record Exited(AttemptId attempt, ExitStatus status, int leftovers) implements Input {}

        /** The last leftover has ended. */
        record Gone(AttemptId attempt) implements Input {}

        /** The host has been looked at. */
        record Sampled(HostSample host, Map<AttemptId, UsageSample> usage) implements Input {}

        /** A new listener wants the newest snapshot. */
        record Subscribed(Consumer<Snapshot> listener) implements Input {}
    }

    /** A time and a chance. */
    private record Moment(long at, double jitter) {}

    /**
     * Starts an engine.
     *
     * @param processes makes the port that starts attempts, given who is to be told of them
     * @param host the machine
     * @param usage what attempts use
     * @param clock the time
     * @param random for jitter; used by the engine's thread alone
     * @param runs the folder for run folders; attempt 2 of task 7 gets {@code 7/2} in it
     */
    public LocalEngine(
            Function<Processes.Listener, Processes> processes,
            Host host,
            Usage usage,
            Clock clock,
            RandomGenerator random,
            Path runs) {
        this.clock = clock;
        this.random = random;
        this.runs = runs;
        this.guesses = MemoryGuesses.load();
        this.zeroMillis = clock.millis();
        this.zeroWall = clock.wall();
        this.views = new Views(id -> folder(id).resolve("output.log"), zeroWall::plusMillis);
        this.sampler = new Sampler(host, usage, () -> running, this::sampled);
        this.processes = processes.apply(new Told());
        this.thread = Thread.ofPlatform().name("simmer-engine").daemon().unstarted(this::run);
        thread.start();
        sampler.start();
    }

    @Override
    public Snapshot snapshot() {
        return published;
    }

    @Override
    public Subscription subscribe(Consumer<Snapshot> listener) {
        put(new Input.Subscribed(listener));
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Reply> submit(Request request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        if (closed.get()) {
            reply.complete(CLOSED);
        } else {
            put(new Input.Asked(request, reply));
        }
        return reply;
    }

    @Override
    public void close() {
        closed.set(true);
        sampler.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        processes.close();
        readers.shutdownNow();
    }

    private void put(Input input) {
        try {
            boolean taken = false;
            while (!taken && !closed.get()) {
                taken = inputs.offer(input, 1, TimeUnit.SECONDS);
            }
            if (!taken && input instanceof Input.Asked asked) {
                asked.reply().complete(CLOSED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sampled(HostSample sample, Map<AttemptId, UsageSample> used) {
        put(new Input.Sampled(sample, used));
    }

    private Path folder(AttemptId attempt) {
        return runs.resolve(attempt.task().toString()).resolve(Integer.toString(attempt.number()));
    }

    private long now() {
        return clock.millis() - zeroMillis;
    }

    /** A failure here is a bug: it ends the thread, by way of its uncaught exception handler. */
    private void run() {
        List<Input> batch = new ArrayList<>(BATCH);
        try {
            while (!closed.get()) {
                turn(batch);
            }
        } catch (InterruptedException e) {
            // Closed.
        } finally {
            closed.set(true);
            refuseTheRest();
        }
    }

    private void turn(List<Input> batch) throws InterruptedException {
        Input first = inputs.poll(Math.max(0, untilNext()), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            inputs.drainTo(batch, BATCH - 1);
            batch.forEach(this::handle);
            batch.clear();
        }
        OptionalLong deadline = state.nextDeadline();
        if (deadline.isPresent() && deadline.getAsLong() <= now()) {
            decide(new Event.TimePassed(now()));
        }
        if (dirty && (now() >= publishAt || nothingGoesOn())) {
            publish();
        }
    }

    /** Whether no task runs or waits for its turn: nobody gains by waiting for more to happen. */
    private boolean nothingGoesOn() {
        return state.active().isEmpty() && state.queue().isEmpty() && state.backingOff().isEmpty();
    }

    /** Milliseconds until the thread has something to do by itself. */
    private long untilNext() {
        long next = Long.MAX_VALUE;
        OptionalLong deadline = state.nextDeadline();
        if (deadline.isPresent()) {
            next = deadline.getAsLong() - now();
        }
        if (dirty) {
            next = Math.min(next, publishAt - now());
        }
        return next;
    }

    private void refuseTheRest() {
        for (Input input = inputs.poll(); input != null; input = inputs.poll()) {
            if (input instanceof Input.Asked asked) {
                asked.reply().complete(CLOSED);
            }
        }
    }

    private void handle(Input input) {
        switch (input) {
            case Input.Asked asked -> ask(asked);
            case Input.Happened happened ->
                    decide(happened.event().apply(new Moment(now(), random.nextDouble())));
            case Input.Exited exited -> exited(exited);
            case Input.Gone gone ->
                    withOutput(
                            gone.attempt(),
                            true,
                            matched ->
                                    moment ->
                                            new Event.LeftoversGone(
                                                    moment.at(),
                                                    gone.attempt(),
                                                    matched,
                                                    moment.jitter()));
            case Input.Sampled sampled -> sampled(sampled);
            case Input.Subscribed subscribed -> {
                listeners.add(subscribed.listener());
                subscribed.listener().accept(published);
            }
        }
    }

    private void ask(Input.Asked asked) {
        long at = now();
        Event event =
                switch (asked.request()) {
                    case Request.Spawn spawn -> {
                        List<Event.NewTask> tasks = new ArrayList<>();
                        for (TaskSpec spec : spawn.tasks()) {
                            lastTaskId++;
                            tasks.add(
                                    new Event.NewTask(
                                            new TaskId(lastTaskId), spec, guesses.of(spec)));
                        }
                        yield new Event.TasksSubmitted(
                                at, tasks, spawn.limits(), spawn.failFast(), spawn.existing());
                    }
                    case Request.Start start -> new Event.StartRequested(at, start.ids());
                    case Request.Stop stop -> new Event.StopRequested(at, stop.ids(), stop.now());
                    case Request.Restart restart -> new Event.RestartRequested(at, restart.ids());
                    case Request.Pause pause -> new Event.PauseRequested(at, pause.ids());
                    case Request.Resume resume -> new Event.ResumeRequested(at, resume.ids());
                    case Request.Rename _,
                            Request.OpenSession _,
                            Request.RenameSession _,
                            Request.Send _,
                            Request.Forget _ ->
                            throw new UnsupportedOperationException();
                };
        Decision decision = decide(event);
        asked.reply()
                .complete(
                        decision.reply()
                                .orElseThrow(
                                        () -> new IllegalStateException("no reply to " + event)));
    }

    private void exited(Input.Exited exited) {
        boolean failed = !exited.status().equals(new ExitStatus.Code(0));
        withOutput(
                exited.attempt(),
                failed,
                matched ->
                        moment ->
                                new Event.ProcessExited(
                                        moment.at(),
                                        exited.attempt(),
                                        exited.status(),
                                        moment.at(),
                                        exited.leftovers(),
                                        matched,
                                        moment.jitter()));
    }

    /**
     * Makes an event that says whether an attempt's output matches its task's pattern. Where there
     * is none to match the event is handled now; else after a reader has looked.
     */
    private void withOutput(
            AttemptId attempt, boolean look, Function<Boolean, Function<Moment, Event>> event) {
        Task task = state.tasks().get(attempt.task());
        if (!look || task == null || task.spec().retry().onOutput().isEmpty()) {
            handle(new Input.Happened(event.apply(false)));
            return;
        }
        var pattern = task.spec().retry().onOutput().get();
        readers.execute(() ->
                put(new Input.Happened(event.apply(processes.outputMatches(attempt, pattern)))));
    }

    private void sampled(Input.Sampled sampled) {
        host = Optional.of(sampled.host());
        usage = sampled.usage();
        Map<AttemptId, Long> rss = new TreeMap<>();
        usage.forEach((attempt, used) -> rss.put(attempt, used.rssBytes()));
        HostReading reading =
                new HostReading(sampled.host().totalBytes(), sampled.host().availableBytes());
        decide(new Event.HostSampled(now(), reading, rss));
    }

    private Decision decide(Event event) {
        assert Thread.currentThread().equals(thread) : "the engine's state belongs to its thread";
        Decision decision = Scheduler.decide(state, event);
        state = decision.state();
        dirty = true;
        boolean membersChanged = false;
        for (Effect effect : decision.effects()) {
            membersChanged |=
                    effect instanceof Effect.SpawnProcess
                            || effect instanceof Effect.ReleaseAttempt;
            carryOut(effect);
        }
        if (membersChanged) {
            running = runningNow();
        }
        sampler.busy(!nothingGoesOn());
        return decision;
    }

    private Map<AttemptId, Path> runningNow() {
        Map<AttemptId, Path> folders = new TreeMap<>();
        for (TaskId id : state.active()) {
            if (state.task(id).state() instanceof TaskState.Active active) {
                folders.put(active.attempt().id(), folder(active.attempt().id()));
            }
        }
        return folders;
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SpawnProcess(AttemptId attempt, TaskSpec spec) ->
                    processes.spawn(new Launch(attempt, spec, folder(attempt)));
            case Effect.SignalProcesses(AttemptId attempt, var signal) ->
                    processes.signal(attempt, signal);
            case Effect.KillProcesses(AttemptId attempt) -> processes.kill(attempt);
            case Effect.ProbeReadiness(AttemptId attempt, var probe) ->
                    processes.probe(attempt, probe);
            case Effect.ReleaseAttempt(AttemptId attempt, boolean keepTmp) ->
                    processes.release(attempt, keepTmp);
            case Effect.AdoptProcess(AttemptId attempt, TaskSpec spec) ->
                    processes.adopt(new Launch(attempt, spec, folder(attempt)), true);
            case Effect.DiscardTask(TaskId task) ->
                    processes.discard(runs.resolve(task.toString()));
            case Effect.SampleHost _ -> sampler.soon();
        }
    }

    private void publish() {
        long begun = System.nanoTime();
        Snapshot snapshot = views.snapshot(state, clock.wall(), host, usage);
        published = snapshot;
        dirty = false;
        for (Consumer<Snapshot> listener : listeners) {
            listener.accept(snapshot);
        }
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        publishAt = now() + Math.max(PUBLISH_MILLIS, cost * PUBLISH_SHARE);
    }

    /** Passes on what the port tells; called by the port's threads. */
    private final class Told implements Processes.Listener {
        @Override
        public void started(AttemptId attempt, long pid) {
            put(new Input.Happened(moment -> new Event.ProcessStarted(moment.at(), attempt)));
        }

        @Override
        public void startFailed(AttemptId attempt, StartFailure failure) {
            put(
                    new Input.Happened(moment ->
                            new Event.StartFailed(moment.at(), attempt, failure, moment.jitter())));
        }

        @Override
        public void ready(AttemptId attempt) {
            put(new Input.Happened(moment -> new Event.BecameReady(moment.at(), attempt)));
        }

        @Override
        public void exited(
                AttemptId attempt, ExitStatus status, int leftovers, Optional<Instant> endedAt) {
            put(new Input.Exited(attempt, status, leftovers));
        }

        @Override
        public void adopted(AttemptId attempt) {
            throw new UnsupportedOperationException("adoption");
        }

        @Override
        public void neverBegan(AttemptId attempt) {
            throw new UnsupportedOperationException("adoption");
        }

        @Override
        public void signalled(AttemptId attempt, Signal signal) {}

        @Override
        public void logFull(AttemptId attempt, boolean byChoice) {
            throw new UnsupportedOperationException("log limits");
        }

        @Override
        public void gone(AttemptId attempt) {
            put(new Input.Gone(attempt));
        }
    }
}
