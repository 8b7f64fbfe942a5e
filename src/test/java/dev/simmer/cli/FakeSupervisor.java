package dev.simmer.cli;

import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceView;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.SupervisorStatus;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A supervisor without processes. For one thread, which is the command's. */
final class FakeSupervisor implements Supervisor {
    /** What there is to see. */
    Snapshot snapshot = Snapshot.EMPTY;

    /** Whether it runs. */
    boolean running = true;

    /** Whether the home has tasks. */
    boolean hasTasks = true;

    /** Whether it can be started. */
    boolean starts = true;

    /** How often it was started. */
    int started;

    int shutdowns;
    int open;

    /** What was asked for, in order. */
    final List<Request> requests = new ArrayList<>();

    /** What is answered. */
    Function<Request, Reply> answer = FakeSupervisor::accept;

    /** What a watch shows one after the other; an empty one is a lost connection. */
    final Deque<Optional<Snapshot>> states = new ArrayDeque<>();

    private static Reply accept(Request request) {
        return new Reply.Accepted(
                switch (request) {
                    case Request.Spawn spawn -> numbered(spawn.tasks().size());
                    case Request.Start start -> List.copyOf(start.ids());
                    case Request.Stop stop -> List.copyOf(stop.ids());
                    case Request.Restart restart -> List.copyOf(restart.ids());
                    case Request.Pause pause -> List.copyOf(pause.ids());
                    case Request.Resume resume -> List.copyOf(resume.ids());
                    case Request.Rename rename -> List.of(rename.id());
                    case Request.Send send -> List.of(send.id());
                    case Request.Explain explain -> List.of(explain.id());
                    case Request.Forget forget -> List.copyOf(forget.ids());
                    case Request.OpenSession _, Request.RenameSession _ -> List.of();
                });
    }

    private static List<TaskId> numbered(int tasks) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            ids.add(new TaskId(100 + i));
        }
        return ids;
    }

    /** Shows these tasks. */
    void show(TaskView... tasks) {
        snapshot = Views.snapshot(List.of(), tasks);
    }

    /** Shows these tasks in these workspaces. */
    void show(List<WorkspaceView> workspaces, TaskView... tasks) {
        snapshot = Views.snapshot(workspaces, tasks);
    }

    /** A state that a watch shows. */
    void then(TaskView... tasks) {
        states.add(Optional.of(Views.snapshot(List.of(), tasks)));
    }

    /** A connection that is lost during a watch. */
    void thenLost() {
        states.add(Optional.empty());
    }

    @Override
    public Connection connect() throws SupervisorFailure {
        if (!running) {
            if (!starts) {
                throw new SupervisorFailure(
                        SupervisorFailure.Kind.DID_NOT_START, "the supervisor did not start");
            }
            running = true;
            started++;
        }
        open++;
        return new Link();
    }

    @Override
    public Optional<Connection> look() throws SupervisorFailure {
        return running || hasTasks ? Optional.of(connect()) : Optional.empty();
    }

    @Override
    public Optional<Connection> find() throws SupervisorFailure {
        return running ? Optional.of(connect()) : Optional.empty();
    }

    private final class Link implements Connection {
        private boolean watching;
        private boolean closed;

        @Override
        public Reply submit(Request request) {
            requests.add(request);
            return answer.apply(request);
        }

        @Override
        public Snapshot snapshot(TaskFilter filter) {
            return filtered(snapshot, filter);
        }

        @Override
        public SupervisorStatus status() {
            return new SupervisorStatus(
                    "1.2.3",
                    1,
                    4711,
                    Path.of("/home/me/.local/state/simmer"),
                    Duration.ofMinutes(3),
                    80 << 20,
                    10 << 20,
                    48 << 20,
                    Map.of("running", 2),
                    1,
                    0,
                    Map.of("database", 4096L));
        }

        @Override
        public void shutdown() {
            shutdowns++;
            running = false;
        }

        @Override
        public void watch(TaskFilter filter) {
            watching = true;
        }

        @Override
        public Snapshot next() throws SupervisorFailure {
            return next(Duration.ZERO).orElseThrow(() -> new AssertionError("waits for ever"));
        }

        @Override
        public Optional<Snapshot> next(Duration limit) throws SupervisorFailure {
            if (!watching) {
                throw new AssertionError("nothing is watched");
            }
            if (states.isEmpty()) {
                return Optional.empty();
            }
            Optional<Snapshot> state = states.removeFirst();
            if (state.isEmpty()) {
                throw new SupervisorFailure(SupervisorFailure.Kind.NOT_RUNNING, "it went away");
            }
            return state;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }
    }

    private static Snapshot filtered(Snapshot whole, TaskFilter filter) {
        List<TaskView> tasks = new ArrayList<>();
        for (TaskView task : whole.tasks()) {
            boolean id = filter.ids().isEmpty() || filter.ids().contains(task.id());
            boolean place =
                    filter.workspace().isEmpty()
                            || filter.workspace().get().equals(task.spec().workspace());
            if (id && place) {
                tasks.add(task);
            }
        }
        if (filter.newestEnded().isPresent()) {
            long ended = tasks.stream().filter(task -> task.phase().ended()).count();
            for (TaskView task : List.copyOf(tasks)) {
                if (task.phase().ended() && ended > filter.newestEnded().getAsInt()) {
                    tasks.remove(task);
                    ended--;
                }
            }
        }
        return new Snapshot(
                whole.version(),
                whole.at(),
                whole.host(),
                tasks,
                whole.workspaces(),
                whole.trouble());
    }
}
