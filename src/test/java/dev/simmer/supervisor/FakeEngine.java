package dev.simmer.supervisor;

import static java.util.Objects.requireNonNull;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Command;
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
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An engine that does nothing by itself: the test says what becomes of the tasks. */
final class FakeEngine implements Engine {
    static final WorkspaceId SHOP = new WorkspaceId(Path.of("/home/me/shop"));
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final TreeMap<TaskId, TaskView> tasks = new TreeMap<>();
    private final List<WorkspaceView> workspaces = new ArrayList<>();
    private volatile Snapshot published;
    private volatile boolean answers = true;
    private volatile Optional<String> refusal = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private long version;
    private long lastId;

    /** Knows from the beginning that it has no tasks. */
    FakeEngine() {
        publish();
    }

    private FakeEngine(Snapshot first) {
        published = first;
    }

    /** Publishes nothing until {@link #publish}, like an engine that still looks for its tasks. */
    static FakeEngine thatHasNotSpoken() {
        return new FakeEngine(Snapshot.EMPTY);
    }

    /** From now on nothing is answered. */
    void fallSilent() {
        answers = false;
    }

    /** From now on every request is refused. */
    void refuse(String why) {
        refusal = Optional.of(why);
    }

    /** The next request, in the order in which they came. */
    Request nextRequest() throws InterruptedException {
        Request next = requests.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was asked of the engine");
        }
        return next;
    }

    /** Requests that nobody has looked at. */
    int unseenRequests() {
        return requests.size();
    }

    /** Adds a task that runs. */
    synchronized TaskId add(String name) {
        TaskId id = new TaskId(++lastId);
        tasks.put(id, view(id, spec(name), Phase.RUNNING, ""));
        return id;
    }

    /** Gives a task another reason, which is a change that shows. */
    synchronized void say(TaskId id, String reason) {
        TaskView now = requireNonNull(tasks.get(id));
        tasks.put(id, view(id, now.spec(), now.phase(), reason));
    }

    /** Gives a task another phase. */
    synchronized void phase(TaskId id, Phase phase, String reason) {
        tasks.put(id, view(id, requireNonNull(tasks.get(id)).spec(), phase, reason));
    }

    synchronized void remove(TaskId id) {
        tasks.remove(id);
    }

    synchronized void trouble(Optional<String> words) {
        trouble = words;
    }

    synchronized void workspace(WorkspaceView view) {
        workspaces.add(view);
    }

    /** Lets everybody see how it is. */
    synchronized void publish() {
        version++;
        HostView host =
                new HostView(
                        true, 16L << 30, 8L << 30, 0, 1L << 30, OptionalLong.empty(), 4, 0.5, 1);
        published =
                new Snapshot(
                        version,
                        START.plusMillis(version),
                        host,
                        new ArrayList<>(tasks.values()),
                        workspaces,
                        trouble);
        listeners.forEach(each -> each.accept(published));
    }

    static TaskSpec spec(String name) {
        return TaskSpec.named(name, SHOP, new Command.Shell("sleep 1")).build();
    }

    static TaskView view(TaskId id, TaskSpec spec, Phase phase, String reason) {
        boolean ended = phase.ended();
        Optional<Instant> end =
                ended ? Optional.of(START.plusSeconds(id.value())) : Optional.empty();
        Optional<Outcome> outcome =
                ended ? Optional.of(new Outcome.ExitedWith(1)) : Optional.empty();
        AttemptView attempt =
                new AttemptView(
                        1,
                        Path.of("/runs/" + id + "/1/output.log"),
                        Optional.of(START),
                        end,
                        outcome,
                        0);
        return new TaskView(
                id,
                spec,
                phase,
                reason,
                ended ? OptionalLong.empty() : OptionalLong.of(1000 + id.value()),
                List.of(attempt),
                0.5,
                1 << 20,
                new MemoryEstimate(100 << 20, MemorySource.GUESSED),
                false,
                Optional.of(START),
                end,
                outcome);
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
        requests.add(request);
        if (!answers) {
            return new CompletableFuture<>();
        }
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(new Reply.Refused(refusal.get()));
        }
        return CompletableFuture.completedFuture(new Reply.Accepted(carryOut(request)));
    }

    private synchronized List<TaskId> carryOut(Request request) {
        if (!(request instanceof Request.Spawn spawn)) {
            return List.of();
        }
        List<TaskId> ids = new ArrayList<>();
        for (TaskSpec spec : spawn.tasks()) {
            TaskId id = new TaskId(++lastId);
            tasks.put(id, view(id, spec, Phase.RUNNING, ""));
            ids.add(id);
        }
        publish();
        return ids;
    }

    /** How many listen to it. */
    int listeners() {
        return listeners.size();
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
