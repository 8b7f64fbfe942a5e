package dev.simmer.tui.term;

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
import dev.simmer.tui.model.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine without processes: every request is carried out at once. Safe for all threads. */
class FakeEngine implements Engine {
    private final TreeMap<TaskId, TaskView> tasks = new TreeMap<>();
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Path logs;
    private HostView host;
    private long version;
    private @Nullable String trouble;

    FakeEngine(Path logs, HostView host, List<TaskView> tasks) {
        this.logs = logs;
        this.host = host;
        tasks.forEach(task -> this.tasks.put(task.id(), task));
    }

    @Override
    public synchronized Snapshot snapshot() {
        return new Snapshot(
                version,
                Instant.now(),
                host,
                List.copyOf(tasks.values()),
                List.of(),
                Optional.ofNullable(trouble));
    }

    @Override
    public Subscription subscribe(Consumer<Snapshot> listener) {
        listeners.add(listener);
        listener.accept(snapshot());
        return () -> listeners.remove(listener);
    }

    synchronized void change(TaskId id, UnaryOperator<TaskView> how) {
        tasks.computeIfPresent(id, (_, task) -> how.apply(task));
    }

    synchronized void host(HostView now) {
        host = now;
    }

    /** What keeps it from going on; null for nothing. */
    synchronized void trouble(@Nullable String words) {
        trouble = words;
    }

    /** Begins anew, as a supervisor does that knows less than the one before. */
    synchronized void restart(List<TaskView> known) {
        version = 0;
        tasks.clear();
        known.forEach(task -> tasks.put(task.id(), task));
    }

    void publish() {
        Snapshot snapshot;
        synchronized (this) {
            version++;
            snapshot = snapshot();
        }
        listeners.forEach(listener -> listener.accept(snapshot));
    }

    @Override
    public CompletableFuture<Reply> submit(Request request) {
        Reply reply =
                switch (request) {
                    case Request.Spawn spawn -> spawn(spawn.tasks());
                    case Request.Start(Set<TaskId> ids) -> to(ids, Phase.RUNNING);
                    case Request.Stop(Set<TaskId> ids, boolean _) -> to(ids, Phase.KILLED);
                    case Request.Restart(Set<TaskId> ids) -> to(ids, Phase.RUNNING);
                    case Request.Pause(Set<TaskId> ids) -> to(ids, Phase.PAUSED);
                    case Request.Resume(Set<TaskId> ids) -> to(ids, Phase.RUNNING);
                    case Request.Rename(TaskId id, String name) -> rename(id, name);
                    case Request.Forget(Set<TaskId> ids) -> forget(ids);
                    case Request.OpenSession _,
                            Request.RenameSession _,
                            Request.Explain _,
                            Request.Send _ ->
                            new Reply.Refused("this fake cannot do that");
                };
        publish();
        return CompletableFuture.completedFuture(reply);
    }

    private synchronized Reply spawn(List<TaskSpec> specs) {
        List<TaskId> ids = new ArrayList<>();
        for (TaskSpec spec : specs) {
            long next = tasks.isEmpty() ? 1 : tasks.lastKey().value() + 1;
            TaskId id = new TaskId(next);
            Optional<Instant> now = Optional.of(Instant.now());
            Path log = logs.resolve(next + ".log");
            tasks.put(
                    id,
                    new TaskView(
                            id,
                            spec,
                            Phase.RUNNING,
                            "",
                            OptionalLong.of(1_000 + next),
                            List.of(
                                    new AttemptView(
                                            1, log, now, Optional.empty(), Optional.empty(), 0)),
                            0.1,
                            1 << 20,
                            new MemoryEstimate(100 << 20, MemorySource.GUESSED),
                            false,
                            now,
                            Optional.empty(),
                            Optional.empty()));
            ids.add(id);
        }
        return new Reply.Accepted(ids);
    }

    private synchronized Reply rename(TaskId id, String name) {
        TaskView task = tasks.get(id);
        if (task == null) {
            return new Reply.Refused("there is no task " + id);
        }
        WorkspaceId place = task.spec().workspace();
        Command command = task.spec().command();
        tasks.put(id, Samples.with(task, TaskSpec.named(name, place, command).build()));
        return new Reply.Accepted(List.of(id));
    }

    private synchronized Reply forget(Set<TaskId> ids) {
        tasks.keySet().removeAll(ids);
        return new Reply.Accepted(List.copyOf(ids));
    }

    private synchronized Reply to(Set<TaskId> ids, Phase phase) {
        for (TaskId id : ids) {
            TaskView task = tasks.get(id);
            if (task == null) {
                return new Reply.Refused("there is no task " + id);
            }
            if (phase == Phase.PAUSED && !task.phase().active()) {
                return new Reply.Refused(task.name() + " does not run, so it cannot be paused");
            }
            tasks.put(id, in(task, phase));
        }
        return new Reply.Accepted(List.copyOf(ids));
    }

    /** The task in another phase. */
    static TaskView in(TaskView task, Phase phase) {
        Instant now = Instant.now();
        Optional<Outcome> outcome =
                phase == Phase.KILLED
                        ? Optional.of(new Outcome.Stopped("stopped by you"))
                        : Optional.empty();
        return new TaskView(
                task.id(),
                task.spec(),
                phase,
                outcome.map(Outcome::reason).orElse(""),
                task.pid(),
                task.attempts(),
                phase.active() ? task.cpu() : 0,
                phase.active() ? task.rssBytes() : 0,
                task.expected(),
                task.heavy(),
                task.startedAt().or(() -> Optional.of(now)),
                phase.ended() ? Optional.of(now) : Optional.empty(),
                outcome);
    }

    @Override
    public void close() {}
}
