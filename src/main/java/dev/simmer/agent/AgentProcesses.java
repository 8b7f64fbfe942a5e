package dev.simmer.agent;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopCause;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Attempts whose agents are kept to the contract of a background agent, whatever their programs do:
 * each is prepared before it is started, watched while it runs, and settled when it has ended, also
 * when an engine before this one has started it. What is no agent's passes through untouched.
 *
 * <p>The end of an agent is told once its report, its session entry and the mark of both are on the
 * disk; what happens to it meanwhile is told after that. Nothing is settled after {@link #close}:
 * that is left to the engine that adopts the attempt.
 */
public final class AgentProcesses implements Processes {
    private static final int CLOSE_SECONDS = 5;

    private final Map<AttemptId, AgentAttempt> agents = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Processes inner;
    private final Shared shared;

    /**
     * Agents by what starts processes.
     *
     * @param worktrees the folder that isolated agents' worktrees are made in, outside of any
     *     workspace; made where missing
     */
    public static Function<Listener, Processes> around(
            Function<Listener, Processes> inner, Path worktrees) {
        return listener -> new AgentProcesses(inner, listener, worktrees, AgentTiming.USUAL);
    }

    AgentProcesses(
            Function<Listener, Processes> inner,
            Listener listener,
            Path worktrees,
            AgentTiming timing) {
        this.shared = new Shared(listener, worktrees, timing);
        this.inner = inner.apply(new Hearing(listener, agents));
    }

    private final class Shared implements AgentAttempt.Surroundings {
        private final Listener outer;
        private final Path worktrees;
        private final AgentTiming timing;

        private Shared(Listener outer, Path worktrees, AgentTiming timing) {
            this.outer = outer;
            this.worktrees = worktrees;
            this.timing = timing;
        }

        @Override
        public Processes inner() {
            return inner;
        }

        @Override
        public Listener outer() {
            return outer;
        }

        @Override
        public Path worktrees() {
            return worktrees;
        }

        @Override
        public AgentTiming timing() {
            return timing;
        }

        @Override
        public Executor threads() {
            return threads;
        }

        @Override
        public boolean closed() {
            return closed.get();
        }

        @Override
        public void forget(AttemptId attempt) {
            agents.remove(attempt);
        }
    }

    @Override
    public void spawn(Launch launch) {
        begin(launch, AgentAttempt::spawn, () -> inner.spawn(launch));
    }

    @Override
    public void adopt(Launch launch, boolean sameBoot) {
        begin(launch, agent -> agent.adopt(sameBoot), () -> inner.adopt(launch, sameBoot));
    }

    private void begin(Launch launch, Consumer<AgentAttempt> ofAgent, Runnable otherwise) {
        Optional<AgentSpec.Planned> planned = launch.spec().planned();
        if (planned.isEmpty()) {
            otherwise.run();
            return;
        }
        AgentAttempt agent = new AgentAttempt(new AgentLaunch(launch, planned.get()), shared);
        if (agents.putIfAbsent(launch.id(), agent) != null) {
            throw new IllegalStateException("attempt " + launch.id() + " has been started before");
        }
        ofAgent.accept(agent);
    }

    /** Has something asked of an attempt in its order. */
    private void ask(AttemptId id, Runnable question) {
        AgentAttempt agent = agents.get(id);
        if (agent == null) {
            question.run();
        } else {
            agent.ask(question);
        }
    }

    @Override
    public void signal(AttemptId id, Signal signal) {
        AgentAttempt agent = agents.get(id);
        if (agent == null) {
            inner.signal(id, signal);
        } else {
            agent.signal(signal);
        }
    }

    @Override
    public void kill(AttemptId id) {
        AgentAttempt agent = agents.get(id);
        if (agent == null) {
            inner.kill(id);
        } else {
            agent.kill();
        }
    }

    @Override
    public void stopping(AttemptId id, StopCause cause) {
        AgentAttempt agent = agents.get(id);
        if (agent == null) {
            inner.stopping(id, cause);
        } else {
            agent.stopping(cause);
        }
    }

    @Override
    public void probe(AttemptId id, Readiness.Probe probe) {
        ask(id, () -> inner.probe(id, probe));
    }

    @Override
    public CompletableFuture<Optional<String>> input(AttemptId id, String text) {
        AgentAttempt agent = agents.get(id);
        if (agent == null || closed.get()) {
            return inner.input(id, text);
        }
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        agent.ask(() -> {
            CompletableFuture<Void> _ = inner.input(id, text).thenAccept(answer::complete);
        });
        return answer;
    }

    @Override
    public void discard(Path taskFolder) {
        inner.discard(taskFolder);
    }

    @Override
    public void release(AttemptId id, boolean keepTmp) {
        AgentAttempt agent = agents.remove(id);
        if (agent == null) {
            inner.release(id, keepTmp);
        } else {
            agent.ask(() -> inner.release(id, keepTmp));
            agent.release();
        }
    }

    @Override
    public boolean outputMatches(AttemptId id, Pattern pattern) {
        return inner.outputMatches(id, pattern);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        inner.close();
        threads.shutdown();
        try {
            // What is being settled may come to its end; what may not is settled again.
            boolean _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hears of processes, and has agents hear of theirs. */
    private record Hearing(Listener outer, Map<AttemptId, AgentAttempt> agents)
            implements Listener {
        private void tell(AttemptId id, Consumer<AgentAttempt> toAgent, Runnable otherwise) {
            AgentAttempt agent = agents.get(id);
            if (agent == null) {
                otherwise.run();
            } else {
                toAgent.accept(agent);
            }
        }

        /** Tells the same, behind what happened to the agent before. */
        private void pass(AttemptId id, Runnable event) {
            tell(id, agent -> agent.tell(event), event);
        }

        @Override
        public void started(AttemptId id, long pid) {
            tell(id, agent -> agent.started(pid), () -> outer.started(id, pid));
        }

        @Override
        public void startFailed(AttemptId id, StartFailure failure) {
            tell(id, agent -> agent.startFailed(failure), () -> outer.startFailed(id, failure));
        }

        @Override
        public void ready(AttemptId id) {
            pass(id, () -> outer.ready(id));
        }

        @Override
        public void exited(AttemptId id, Ending ending) {
            tell(id, agent -> agent.exited(ending), () -> outer.exited(id, ending));
        }

        @Override
        public void adopted(AttemptId id) {
            tell(id, AgentAttempt::adopted, () -> outer.adopted(id));
        }

        @Override
        public void neverBegan(AttemptId id) {
            tell(id, AgentAttempt::neverBegan, () -> outer.neverBegan(id));
        }

        @Override
        public void signalled(AttemptId id, Signal signal) {
            pass(id, () -> outer.signalled(id, signal));
        }

        @Override
        public void logFull(AttemptId id, boolean byChoice) {
            pass(id, () -> outer.logFull(id, byChoice));
        }

        @Override
        public void notIsolated(AttemptId id, String why) {
            pass(id, () -> outer.notIsolated(id, why));
        }

        @Override
        public void progress(AttemptId id, AgentRun run) {
            outer.progress(id, run);
        }

        @Override
        public void agentStop(AttemptId id, AgentStop why, String words) {
            outer.agentStop(id, why, words);
        }

        @Override
        public void gone(AttemptId id) {
            tell(id, AgentAttempt::gone, () -> outer.gone(id));
        }
    }
}
