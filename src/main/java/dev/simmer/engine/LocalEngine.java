package dev.simmer.engine;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.EventLog;
import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.Processes;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.engine.ports.Usage;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Engine;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import dev.simmer.scheduler.Decision;
import dev.simmer.scheduler.Event;
import dev.simmer.scheduler.HostReading;
import dev.simmer.scheduler.KernelMemory;
import dev.simmer.scheduler.Reasons;
import dev.simmer.scheduler.State;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import dev.simmer.scheduler.TreeMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
 * The engine in this process: feeds the scheduler with what happens and has done what it decides.
 *
 * <p>One thread owns the scheduler's state. Everybody else puts an input into a bounded queue
 * (whoever finds it full waits) and reads the published snapshot. The thread takes what is there,
 * gives each event its time and has it decided on; saves all that follows in one go; and only then
 * hands the effects to the ports, which never block it, and answers who asked. So after a crash a
 * decision either stands or was never made. Snapshots are published at once when the last one is a
 * while ago, else after {@link #PUBLISH_MILLIS}, so that a burst of events costs a few snapshots
 * and not one each.
 *
 * <p>At first the thread reads what the store has and goes on from there; requests wait until then.
 *
 * <p>Where something cannot be saved, such as on a full disk, the thread goes on in memory:
 * processes are watched and ended, nothing is started, requests but stops are refused, and the
 * snapshot says why. It tries again at each input and every second.
 */
public final class LocalEngine implements Engine {
    /** Snapshots are at least this far apart. */
    private static final long PUBLISH_MILLIS = 25;

    /** Making snapshots may take one part of the thread's time in so many. */
    private static final long PUBLISH_SHARE = 10;

    /** How often the store is tried again. */
    private static final long RETRY_MILLIS = 1_000;

    private static final Reply CLOSED = new Reply.Refused("the engine has been closed");
    private static final int QUEUE = 16_384;
    private static final int BATCH = 256;

    private final Processes processes;
    private final Clock clock;
    private final RandomGenerator random;
    private final TaskStore store;
    private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(QUEUE);
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Sampler sampler;
    private final EventLog events;
    private final Thread thread;
    private volatile Snapshot published = Snapshot.EMPTY;
    private volatile Map<AttemptId, Path> running = Map.of();

    // Owned by the engine's thread.
    private final SharedParts parts = new SharedParts();
    private final Learning learning;
    private final Wishes wishes;
    private final EngineTime time;
    private final Views views;
    private final Journal journal;
    private final Deeds deeds;
    private final Asides asides;
    private final Turn turn = new Turn();
    private Optional<HostSample> host = Optional.empty();
    private Map<AttemptId, UsageSample> usage = Map.of();
    private Optional<String> blind = Optional.empty();
    private boolean recovered;
    private long lastTaskId;
    private long savedTaskId;
    private long retryAt;
    private boolean dirty = true;
    private long publishAt;

    /**
     * Starts an engine. Returns before it has read the store.
     *
     * @param processes makes the port that starts attempts, given who is to be told of them
     * @param host the machine
     * @param usage what attempts use
     * @param clock the time
     * @param random for jitter; used by the engine's thread alone
     * @param runs the folder for run folders; attempt 2 of task 7 gets {@code 7/2} in it
     * @param store keeps what the engine knows; used by the engine's thread, and closed with the
     *     engine
     * @param events where it is written down what is done unasked; used by the engine's thread
     */
    public LocalEngine(
            Function<Processes.Listener, Processes> processes,
            Host host,
            Usage usage,
            Clock clock,
            RandomGenerator random,
            Path runs,
            TaskStore store,
            EventLog events) {
        this.clock = clock;
        this.random = random;
        this.store = store;
        this.learning = new Learning(store);
        this.wishes = new Wishes(learning, parts::of);
        this.time = new EngineTime(clock);
        this.journal = new Journal(store, learning::isCutOff);
        this.sampler = new Sampler(host, usage, () -> running, new Looks());
        this.processes = processes.apply(new Told(this::put));
        this.events = events;
        this.deeds =
                new Deeds(
                        this.processes,
                        sampler,
                        runs,
                        this::startedSinceBoot,
                        this::stopCause,
                        events);
        this.asides = new Asides(this.processes, readers, deeds::folder);
        this.views = new Views(id -> deeds.folder(id).resolve("output.log"), time::wall);
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
        store.close();
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

    private final class Looks implements Sampler.Sink {
        @Override
        public void seen(HostSample sample, Map<AttemptId, UsageSample> used) {
            put(new Input.Sampled(sample, used));
        }

        @Override
        public void unseen(String words) {
            put(new Input.Unseen(words));
        }
    }

    /** A failure here is a bug: it ends the thread, by way of its uncaught exception handler. */
    private void run() {
        List<Input> batch = new ArrayList<>(BATCH);
        try {
            recover();
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
        time.look();
        if (first != null) {
            batch.add(first);
            inputs.drainTo(batch, BATCH - 1);
        }
        boolean trouble = journal.trouble().isPresent();
        if (trouble && (first != null || time.now() >= retryAt)) {
            tryAgain();
        }
        batch.forEach(this::handle);
        batch.clear();
        OptionalLong deadline = turn.state().nextDeadline();
        if (deadline.isPresent() && deadline.getAsLong() <= time.now()) {
            decide(new Event.TimePassed(time.now()));
        }
        if (!turn.isEmpty()) {
            expect(learning.after(turn.begun(), turn.state(), turn.changed()));
            settle();
        }
        if (dirty && (time.now() >= publishAt || nothingGoesOn())) {
            publish();
        }
    }

    private void tryAgain() {
        if (recovered) {
            settle();
        } else {
            recover();
        }
    }

    /** Whether no task runs or waits for its turn: nobody gains by waiting for more to happen. */
    private boolean nothingGoesOn() {
        State state = turn.state();
        return state.active().isEmpty() && state.queue().isEmpty() && state.backingOff().isEmpty();
    }

    /** Milliseconds until the thread has something to do by itself. */
    private long untilNext() {
        long next = Long.MAX_VALUE;
        long now = time.now();
        OptionalLong deadline = turn.state().nextDeadline();
        if (deadline.isPresent()) {
            next = deadline.getAsLong() - now;
        }
        if (dirty) {
            next = Math.min(next, publishAt - now);
        }
        if (journal.trouble().isPresent()) {
            next = Math.min(next, retryAt - now);
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

    /** Goes on where an engine before this one was, if the store can be read. */
    private void recover() {
        Optional<Stored> loaded = journal.load();
        dirty = true;
        retryAt = time.now() + RETRY_MILLIS;
        if (loaded.isEmpty()) {
            return;
        }
        StoredForm.Known known = StoredForm.known(loaded.get(), parts::of);
        lastTaskId = loaded.get().lastTaskId();
        savedTaskId = lastTaskId;
        time.goOn(loaded.get().marks(), known.newest());
        recovered = true;
        decide(new Event.Recovered(time.now(), known.tasks(), known.rules()));
        journal.begin(turn.state());
        settle();
        publishAt = time.now();
        if (!known.tasks().isEmpty()) {
            publish();
        }
        // Somebody may wait for the first snapshot, and this asks the store for each task.
        decide(
                new Event.Estimated(
                        time.now(),
                        learning.waiting(turn.state()),
                        learning.usualMillis(turn.state())));
        settle();
        if (!known.tasks().isEmpty() && store.complete()) {
            deeds.sweep(readers, turn.state().tasks().keySet(), lastTaskId);
        }
    }

    private void expect(Map<TaskId, MemoryEstimate> news) {
        if (!news.isEmpty()) {
            decide(new Event.Estimated(time.now(), news));
        }
    }

    private boolean startedSinceBoot(AttemptId attempt) {
        return turn.state().task(attempt.task()).state() instanceof TaskState.Active active
                && time.sinceBoot(active.attempt().admittedAt());
    }

    private Optional<StopCause> stopCause(AttemptId attempt) {
        Task task = turn.state().tasks().get(attempt.task());
        return task != null
                        && task.state() instanceof TaskState.Stopping stopping
                        && stopping.attempt().id().equals(attempt)
                ? Optional.of(stopping.cause())
                : Optional.empty();
    }

    /** Saves what has been decided, then has it done and answers; as far as it can be saved. */
    @SuppressWarnings("ReferenceEquality") // what has not changed is the same
    private void settle() {
        Decision.News before = journal.noted();
        boolean asked = turn.isAsked();
        turn.noteIn(journal);
        if (journal.save(turn.state(), lastTaskId, time.mark())) {
            deeds.add(turn.effects());
            deeds.all();
            savedTaskId = lastTaskId;
        } else {
            journal.only(before);
            turn.takeBack(refusal());
            lastTaskId = Math.max(savedTaskId, largestId());
            turn.noteIn(journal);
            deeds.add(turn.effects());
            deeds.urgent();
            retryAt = time.now() + RETRY_MILLIS;
        }
        boolean others = turn.begun().active() != turn.state().active();
        dirty = true;
        if (asked) {
            // Whoever is answered finds in the snapshot what the answer speaks of.
            publish();
        }
        turn.end();
        if (others) {
            running = runningNow();
        }
        sampler.busy(!nothingGoesOn());
        sampler.tight(Reasons.watchful(turn.state()));
    }

    private Reply.Refused refusal() {
        return new Reply.Refused(
                journal.trouble().orElse("the engine does not know its tasks yet"));
    }

    private void handle(Input input) {
        switch (input) {
            case Input.Asked asked -> ask(asked);
            case Input.Happened happened ->
                    decide(
                            happened.event()
                                    .apply(new Input.Moment(time.now(), random.nextDouble())));
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
            case Input.NotIsolated(AttemptId attempt, String why) -> notIsolated(attempt, why);
            case Input.Progressed(AttemptId attempt, AgentRun run) -> {
                views.progress(attempt, run);
                dirty = true;
            }
            case Input.Sampled sampled -> sampled(sampled);
            case Input.Unseen(String words) -> {
                blind = Optional.of(words);
                dirty = true;
            }
            case Input.Subscribed subscribed -> {
                listeners.add(subscribed.listener());
                subscribed.listener().accept(published);
            }
        }
    }

    private void ask(Input.Asked asked) {
        boolean savesNothing =
                asked.request() instanceof Request.Stop
                        || asked.request() instanceof Request.Explain;
        if (journal.trouble().isPresent() && !(recovered && savesNothing)) {
            asked.reply().complete(refusal());
            return;
        }
        if (asked.request() instanceof Request.Spawn spawn && !planned(spawn)) {
            asked.reply().complete(new Reply.Refused("an agent is to be planned before it runs"));
            return;
        }
        if (asked.request() instanceof Request.Send send) {
            asides.send(turn.state().tasks().get(send.id()), send, asked.reply());
            return;
        }
        if (asked.request() instanceof Request.Explain explain) {
            explain(explain.id(), asked.reply());
            return;
        }
        if (asked.request() instanceof Request.Start(Set<TaskId> ids)) {
            expect(learning.again(turn.state(), ids));
        } else if (asked.request() instanceof Request.Restart(Set<TaskId> ids)) {
            expect(learning.again(turn.state(), ids));
        }
        turn.decide(wishes.event(asked.request(), time.now(), lastTaskId), asked.reply());
        lastTaskId = Math.max(lastTaskId, largestId());
    }

    private static boolean planned(Request.Spawn spawn) {
        return spawn.tasks().stream()
                .noneMatch(task ->
                        task.agent().isPresent()
                                && task.agent().get() instanceof AgentSpec.Ordered);
    }

    private void explain(TaskId id, CompletableFuture<Reply> reply) {
        Task task = turn.state().tasks().get(id);
        if (task == null) {
            reply.complete(new Reply.Refused("there is no task " + id));
        } else {
            asides.explain(
                    task,
                    views.explanation(turn.state(), task, host, usage, learning::usualMillis),
                    reply);
        }
    }

    private long largestId() {
        var tasks = turn.state().tasks();
        return tasks.isEmpty() ? 0 : tasks.lastKey().value();
    }

    private void exited(Input.Exited exited) {
        Ending ending = exited.ending();
        boolean failed = !ending.status().equals(new ExitStatus.Code(0));
        boolean outOfMemory =
                KilledForMemory.is(turn.state().tasks().get(exited.attempt().task()), ending, host);
        if (outOfMemory && !failed) {
            learning.cutOff(exited.attempt());
        }
        long endedAt = ending.endedAt().map(time::at).orElse(time.now());
        withOutput(
                exited.attempt(),
                failed,
                matched ->
                        moment ->
                                new Event.ProcessExited(
                                        moment.at(),
                                        exited.attempt(),
                                        ending.status(),
                                        Math.min(endedAt, moment.at()),
                                        ending.leftovers(),
                                        matched,
                                        moment.jitter(),
                                        new KernelMemory(
                                                ending.peakBytes(),
                                                outOfMemory,
                                                ending.limitBytes()),
                                        ending.agent()));
    }

    private void notIsolated(AttemptId attempt, String why) {
        Task task = turn.state().tasks().get(attempt.task());
        if (task == null) {
            return;
        }
        events.write(
                task.id(),
                task.spec().name() + " has no control group of its own, nor a hard limit: " + why);
        views.notIsolated(attempt, why);
        dirty = true;
    }

    /**
     * Makes an event that says whether an attempt's output matches its task's pattern. Where there
     * is none to match the event is handled now; else after a reader has looked.
     */
    private void withOutput(
            AttemptId attempt,
            boolean look,
            Function<Boolean, Function<Input.Moment, Event>> event) {
        Task task = turn.state().tasks().get(attempt.task());
        if (!look || task == null || task.spec().retry().onOutput().isEmpty()) {
            handle(new Input.Happened(event.apply(false)));
            return;
        }
        var pattern = task.spec().retry().onOutput().get();
        readers.execute(() ->
                put(new Input.Happened(event.apply(processes.outputMatches(attempt, pattern)))));
    }

    private void sampled(Input.Sampled sampled) {
        blind = Optional.empty();
        host = Optional.of(sampled.host());
        usage = sampled.usage();
        dirty = true;
        if (!recovered) {
            return;
        }
        Map<AttemptId, TreeMemory> memory = new TreeMap<>();
        usage.forEach((attempt, used) ->
                memory.put(attempt, new TreeMemory(used.rssBytes(), used.peakBytes())));
        HostReading reading =
                new HostReading(
                        sampled.host().totalBytes(),
                        sampled.host().availableBytes(),
                        sampled.host().memoryStall(),
                        sampled.host().ioStall(),
                        sampled.host().load1());
        decide(new Event.HostSampled(time.now(), reading, memory));
    }

    private void decide(Event event) {
        assert Thread.currentThread().equals(thread) : "the engine's state belongs to its thread";
        turn.decide(event, null);
    }

    private Map<AttemptId, Path> runningNow() {
        Map<AttemptId, Path> folders = new TreeMap<>();
        for (TaskId id : turn.state().active()) {
            if (turn.state().task(id).state() instanceof TaskState.Active active) {
                folders.put(active.attempt().id(), deeds.folder(active.attempt().id()));
            }
        }
        return folders;
    }

    /** What the user should know: first what keeps the engine from going on. */
    private Optional<String> trouble() {
        return journal.trouble().or(() -> blind).or(store::notice);
    }

    private void publish() {
        long begun = System.nanoTime();
        Snapshot snapshot = views.snapshot(turn.state(), clock.wall(), host, usage, trouble());
        published = snapshot;
        dirty = false;
        for (Consumer<Snapshot> listener : listeners) {
            listener.accept(snapshot);
        }
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        publishAt = time.now() + Math.max(PUBLISH_MILLIS, cost * PUBLISH_SHARE);
    }
}
