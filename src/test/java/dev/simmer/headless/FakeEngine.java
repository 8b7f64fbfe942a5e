package dev.simmer.headless;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Engine;
import dev.simmer.model.HostView;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An engine that does nothing by itself: the test says what becomes of the tasks. */
final class FakeEngine implements Engine {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Path logs;
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private List<TaskView> tasks = List.of();
    private volatile Snapshot published = Snapshot.EMPTY;
    private volatile boolean refuses;

    FakeEngine(Path logs) {
        this.logs = logs;
    }

    /** From now on every request is refused. */
    void refuse() {
        refuses = true;
    }

    /** The next request, in the order in which they came. */
    Request nextRequest() throws InterruptedException {
        Request next = requests.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was asked of the engine");
        }
        return next;
    }

    /** The tasks that the next request, a stop, names. */
    Set<TaskId> nextStop(boolean now) throws InterruptedException {
        Request.Stop stop = (Request.Stop) nextRequest();
        if (stop.now() != now) {
            throw new AssertionError("a stop with now=" + now + " was expected: " + stop);
        }
        return stop.ids();
    }

    Path log(String task, int attempt) {
        return logs.resolve(task + "." + attempt + ".log");
    }

    /** The task's newest attempt runs. */
    synchronized void start(String task) {
        replace(
                task,
                Phase.RUNNING,
                Optional.empty(),
                attempts -> attempts.add(running(task, attempts.size() + 1)));
    }

    /** The task's newest attempt ends; the task does not. */
    synchronized void endAttempt(String task, Outcome outcome) {
        replace(task, Phase.BACKOFF, Optional.empty(), attempts -> end(attempts, outcome));
    }

    /** The task waits for its turn, for another attempt where it has had one. */
    synchronized void queue(String task) {
        replace(task, Phase.WAITING, Optional.empty(), _ -> {});
    }

    /** The task ends, and its newest attempt with it where one runs. */
    synchronized void end(String task, Outcome outcome) {
        replace(task, outcome.phase(), Optional.of(outcome), attempts -> end(attempts, outcome));
    }

    /** Publishes what has become of the tasks since the last time. */
    void publish() {
        Snapshot next;
        synchronized (this) {
            next =
                    new Snapshot(
                            published.version() + 1,
                            START,
                            HostView.UNKNOWN,
                            tasks,
                            List.of(),
                            Optional.empty());
            published = next;
        }
        listeners.forEach(each -> each.accept(next));
    }

    private AttemptView running(String task, int number) {
        return new AttemptView(
                number,
                log(task, number),
                Optional.of(START),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static void end(List<AttemptView> attempts, Outcome outcome) {
        if (!attempts.isEmpty() && attempts.getLast().outcome().isEmpty()) {
            AttemptView last = attempts.removeLast();
            attempts.add(
                    new AttemptView(
                            last.number(),
                            last.log(),
                            last.startedAt(),
                            Optional.of(START.plusSeconds(2)),
                            Optional.of(outcome),
                            0,
                            last.transcript(),
                            last.agent()));
        }
    }

    /** The newest attempt is an agent's, of which that is known. */
    synchronized void tellOfAgent(String task, AgentRun run, Path transcript) {
        replace(
                task,
                Phase.RUNNING,
                Optional.empty(),
                attempts -> {
                    AttemptView last = attempts.removeLast();
                    attempts.add(
                            new AttemptView(
                                    last.number(),
                                    last.log(),
                                    last.startedAt(),
                                    last.endedAt(),
                                    last.outcome(),
                                    0,
                                    Optional.of(transcript),
                                    Optional.of(run)));
                });
    }

    private void replace(
            String name,
            Phase phase,
            Optional<Outcome> outcome,
            Consumer<List<AttemptView>> change) {
        List<TaskView> changed = new ArrayList<>();
        for (TaskView task : tasks) {
            if (!task.name().equals(name)) {
                changed.add(task);
                continue;
            }
            List<AttemptView> attempts = new ArrayList<>(task.attempts());
            change.accept(attempts);
            changed.add(view(task.id(), task.spec(), phase, attempts, outcome));
        }
        tasks = changed;
    }

    /** A task at some moment. */
    static TaskView view(
            TaskId id,
            TaskSpec spec,
            Phase phase,
            List<AttemptView> attempts,
            Optional<Outcome> outcome) {
        return new TaskView(
                id,
                spec,
                phase,
                phase == Phase.BACKOFF ? "tries again in 1.0s" : "",
                OptionalLong.empty(),
                attempts,
                0,
                phase == Phase.RUNNING ? 5 << 20 : 0,
                new MemoryEstimate(0, MemorySource.GUESSED),
                false,
                attempts.isEmpty() ? Optional.empty() : Optional.of(START),
                outcome.map(_ -> START.plusSeconds(2)),
                outcome);
    }

    /** The same task with another reason to be in its state. */
    static TaskView because(TaskView task, String reason) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                reason,
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** Why the task is in its present state. */
    synchronized void because(String name, String reason) {
        tasks =
                tasks.stream()
                        .map(task -> task.name().equals(name) ? because(task, reason) : task)
                        .toList();
    }

    @Override
    public Snapshot snapshot() {
        return published;
    }

    @Override
    public Subscription subscribe(Consumer<Snapshot> listener) {
        listeners.add(listener);
        listener.accept(published);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Reply> submit(Request request) {
        List<TaskId> ids = new ArrayList<>();
        if (refuses) {
            return CompletableFuture.completedFuture(new Reply.Refused("no room"));
        }
        if (request instanceof Request.Spawn spawn) {
            synchronized (this) {
                List<TaskView> taken = new ArrayList<>();
                for (TaskSpec spec : spawn.tasks()) {
                    TaskId id = new TaskId(taken.size() + 1);
                    ids.add(id);
                    taken.add(view(id, spec, Phase.WAITING, List.of(), Optional.empty()));
                }
                tasks = taken;
            }
            publish();
        }
        requests.add(request);
        return CompletableFuture.completedFuture(new Reply.Accepted(ids));
    }

    @Override
    public void close() {}
}
