package dev.simmer.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a task is, before anything of it has run. Made by {@link #named}.
 *
 * @param name unique within a submission; may hold any character, so sanitise before printing
 * @param kind job, service or agent
 * @param command what is executed
 * @param workspace whose limits count
 * @param cwd the folder in which the command starts, absolute
 * @param env variables set on top of what Simmer itself has, in the order of the file
 * @param needs what must be true of other tasks first
 * @param locks names that no two running tasks hold at once
 * @param priority from -10 to 10; a step is worth {@link #PRIORITY_STEP} of waiting
 * @param memory the declared peak resident memory in bytes; empty: learned or guessed
 * @param heavy whether it counts as heavy; empty: by its expected memory
 * @param evictable whether it may be paused, or ended and queued again, while memory is short;
 *     empty: a service may not, all else may
 * @param isolateMemory whether it runs in a control group of its own with a hard memory limit,
 *     where the system allows that
 * @param timeout how long an attempt may run, pauses not counted
 * @param retry when a failed attempt is repeated
 * @param restart when a service is started again
 * @param ready how to tell that it is ready
 * @param stop how it is stopped
 * @param input whether it takes input also without a pseudo-terminal; else its standard input is
 *     empty
 * @param tty whether it runs on a pseudo-terminal, which takes input
 * @param keepTmpOnFailure whether its TMPDIR stays after a failure
 * @param autostart whether it starts with its workspace; else when somebody says so
 * @param logLimit how much of its output is kept
 * @param session the name of the workspace's set of tasks that it belongs to; empty for a set
 *     without a name; an engine sets it when it takes the task on
 * @param inherited the environment that {@code env} comes on top of; empty: the engine's own
 * @param agent what makes it an agent's; only where its kind is {@link Kind#AGENT}
 */
public record TaskSpec(
        String name,
        Kind kind,
        Command command,
        WorkspaceId workspace,
        Path cwd,
        Map<String, String> env,
        List<Need> needs,
        SortedSet<String> locks,
        int priority,
        OptionalLong memory,
        Optional<Boolean> heavy,
        Optional<Boolean> evictable,
        boolean isolateMemory,
        Optional<Duration> timeout,
        RetryPolicy retry,
        RestartPolicy restart,
        Optional<Readiness> ready,
        StopPolicy stop,
        boolean input,
        boolean tty,
        boolean keepTmpOnFailure,
        boolean autostart,
        LogLimit logLimit,
        String session,
        Optional<CallerEnvironment> inherited,
        Optional<AgentSpec> agent) {

    /** The waiting time that one step of priority is worth. */
    public static final Duration PRIORITY_STEP = Duration.ofMinutes(5);

    /** The largest priority, and negated the smallest. */
    public static final int MAX_PRIORITY = 10;

    // Most tasks have neither, and an engine may know thousands of tasks.
    private static final Map<String, String> NO_ENV =
            Collections.unmodifiableMap(new LinkedHashMap<>());
    private static final SortedSet<String> NO_LOCKS =
            Collections.unmodifiableSortedSet(new TreeSet<>());

    public TaskSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a task has a name");
        }
        if (!cwd.isAbsolute()) {
            throw new IllegalArgumentException("a task's folder is absolute, not " + cwd);
        }
        if (Math.abs(priority) > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority lies in -10 to 10, not " + priority);
        }
        if (memory.isPresent() && memory.getAsLong() < 0) {
            throw new IllegalArgumentException("a task's memory is not negative");
        }
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw new IllegalArgumentException("a timeout is longer than zero");
        }
        env = env.isEmpty() ? NO_ENV : Collections.unmodifiableMap(new LinkedHashMap<>(env));
        if (agent.isPresent() && kind != Kind.AGENT) {
            throw new IllegalArgumentException("only an agent is an agent's");
        }
        needs = List.copyOf(needs);
        locks =
                locks.isEmpty()
                        ? NO_LOCKS
                        : Collections.unmodifiableSortedSet(new TreeSet<>(locks));
    }

    /** Whether it may be paused, or ended and queued again, while memory is short. */
    public boolean mayBeEvicted() {
        return evictable.orElse(kind.endsByItself());
    }

    /** Whether something can be written to it: a terminal where nobody can type is of no use. */
    public boolean takesInput() {
        return input || tty;
    }

    /**
     * What tells its work from another task's: its command, but of an agent the program and the
     * definition, since what an agent is told differs from run to run.
     */
    public String work() {
        return planned()
                .map(planned -> "agent " + planned.runner() + " " + planned.definition())
                .orElseGet(command::text);
    }

    /** How its agent is run, where it is one that has been planned. */
    public Optional<AgentSpec.Planned> planned() {
        return agent.isPresent() && agent.get() instanceof AgentSpec.Planned planned
                ? Optional.of(planned)
                : Optional.empty();
    }

    /** Starts a specification: a job with default policies that runs in the workspace's folder. */
    public static Builder named(String name, WorkspaceId workspace, Command command) {
        return new Builder(name, workspace, command);
    }

    /** A specification that starts out as this one. */
    public Builder edit() {
        Builder builder = new Builder(name, workspace, command);
        builder.kind = kind;
        builder.cwd = cwd;
        builder.env = env;
        builder.needs.addAll(needs);
        builder.locks.addAll(locks);
        builder.priority = priority;
        builder.memory = memory;
        builder.heavy = heavy;
        builder.evictable = evictable;
        builder.isolateMemory = isolateMemory;
        builder.timeout = timeout;
        builder.retry = retry;
        builder.restart = restart;
        builder.ready = ready;
        builder.stop = stop;
        builder.input = input;
        builder.tty = tty;
        builder.keepTmpOnFailure = keepTmpOnFailure;
        builder.autostart = autostart;
        builder.logLimit = logLimit;
        builder.session = session;
        builder.inherited = inherited;
        builder.agent = agent;
        return builder;
    }

    /** Collects a specification's parts; {@link #build} checks them. Not for use by two threads. */
    public static final class Builder {
        private String name;
        private final WorkspaceId workspace;
        private Command command;
        private Kind kind = Kind.JOB;
        private Path cwd;
        private Map<String, String> env = Map.of();
        private final List<Need> needs = new ArrayList<>();
        private final SortedSet<String> locks = new TreeSet<>();
        private int priority;
        private OptionalLong memory = OptionalLong.empty();
        private Optional<Boolean> heavy = Optional.empty();
        private Optional<Boolean> evictable = Optional.empty();
        private boolean isolateMemory;
        private Optional<Duration> timeout = Optional.empty();
        private RetryPolicy retry = RetryPolicy.NEVER;
        private RestartPolicy restart = RestartPolicy.NEVER;
        private Optional<Readiness> ready = Optional.empty();
        private StopPolicy stop = StopPolicy.DEFAULT;
        private boolean input;
        private boolean tty;
        private boolean keepTmpOnFailure;
        private boolean autostart = true;
        private LogLimit logLimit = LogLimit.DEFAULT;
        private String session = "";
        private Optional<CallerEnvironment> inherited = Optional.empty();
        private Optional<AgentSpec> agent = Optional.empty();

        private Builder(String name, WorkspaceId workspace, Command command) {
            this.name = name;
            this.workspace = workspace;
            this.command = command;
            this.cwd = workspace.folder();
        }

        /** Sets another name. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Sets another command. */
        public Builder command(Command value) {
            command = value;
            return this;
        }

        /** Makes it an agent's. */
        public Builder agent(AgentSpec value) {
            kind = Kind.AGENT;
            agent = Optional.of(value);
            return this;
        }

        /** Sets what sort of task it is. */
        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        /** Sets the folder in which the command starts. */
        public Builder cwd(Path value) {
            cwd = value;
            return this;
        }

        /** Sets the additional environment. */
        public Builder env(Map<String, String> value) {
            env = value;
            return this;
        }

        /** Adds a need. */
        public Builder need(String task, Need.Condition condition) {
            needs.add(new Need(task, condition));
            return this;
        }

        /** Adds a lock. */
        public Builder lock(String value) {
            locks.add(value);
            return this;
        }

        /** Sets the priority. */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /** Declares the peak resident memory in bytes. */
        public Builder memory(long bytes) {
            memory = OptionalLong.of(bytes);
            return this;
        }

        /** Says whether it counts as heavy, whatever its memory. */
        public Builder heavy(boolean value) {
            heavy = Optional.of(value);
            return this;
        }

        /** Says whether it may be paused, or ended and queued again, while memory is short. */
        public Builder evictable(boolean value) {
            evictable = Optional.of(value);
            return this;
        }

        /** Gives it a control group of its own with a hard memory limit. */
        public Builder isolateMemory(boolean value) {
            isolateMemory = value;
            return this;
        }

        /** Limits how long an attempt may run. */
        public Builder timeout(Duration value) {
            timeout = Optional.of(value);
            return this;
        }

        /** Sets when a failed attempt is repeated. */
        public Builder retry(RetryPolicy value) {
            retry = value;
            return this;
        }

        /** Sets when a service is started again. */
        public Builder restart(RestartPolicy value) {
            restart = value;
            return this;
        }

        /** Sets how to tell that it is ready. */
        public Builder ready(Readiness value) {
            ready = Optional.of(value);
            return this;
        }

        /** Sets how it is stopped. */
        public Builder stop(StopPolicy value) {
            stop = value;
            return this;
        }

        /** Says whether it takes input. */
        public Builder input(boolean value) {
            input = value;
            return this;
        }

        /** Says whether it runs on a pseudo-terminal. */
        public Builder tty(boolean value) {
            tty = value;
            return this;
        }

        /** Says whether its TMPDIR stays after a failure. */
        public Builder keepTmpOnFailure(boolean value) {
            keepTmpOnFailure = value;
            return this;
        }

        /** Says whether it starts with its workspace. */
        public Builder autostart(boolean value) {
            autostart = value;
            return this;
        }

        /** Sets how much of its output is kept. */
        public Builder logLimit(LogLimit value) {
            logLimit = value;
            return this;
        }

        /** Sets the set of tasks that it belongs to. */
        public Builder session(String value) {
            session = value;
            return this;
        }

        /** Sets the environment that its variables come on top of. */
        public Builder inherited(CallerEnvironment value) {
            inherited = Optional.of(value);
            return this;
        }

        /**
         * The checked specification.
         *
         * @throws IllegalArgumentException where a part is out of its range
         */
        public TaskSpec build() {
            return new TaskSpec(
                    name,
                    kind,
                    command,
                    workspace,
                    cwd,
                    env,
                    needs,
                    locks,
                    priority,
                    memory,
                    heavy,
                    evictable,
                    isolateMemory,
                    timeout,
                    retry,
                    restart,
                    ready,
                    stop,
                    input,
                    tty,
                    keepTmpOnFailure,
                    autostart,
                    logLimit,
                    session,
                    inherited,
                    agent);
        }
    }
}
