package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from its start to the end of its last process. What is asked of it waits in line;
 * one thread at a time works through the line, so that all fields but the line are used by one
 * thread at a time.
 */
final class Attempt {
    static final int LOOK_AGAIN_MILLIS = 100;

    private final Launch launch;
    private final RunFolder folder;
    private final long marker;
    private final Surroundings surroundings;

    private final Deque<Ask> line = new ArrayDeque<>();
    private boolean working;
    private volatile boolean shimEnded;

    private @Nullable Members members;
    private final Leftovers leftovers;
    private final AttemptInput input;
    private final AttemptMemory memory;
    private long maxResidentBytes;
    private final Set<Probing> probes = new HashSet<>();
    private LogKeeper.@Nullable Kept log;
    private boolean started;
    private boolean stopAsked;
    private boolean killAsked;
    private boolean ended;
    private boolean gone;
    private int waits;

    /** What can be asked of an attempt, or happens to it. */
    sealed interface Ask {
        record Start() implements Ask {}

        record Adopt(boolean sameBoot) implements Ask {}

        record Send(Signal signal) implements Ask {}

        record Kill() implements Ask {}

        record Input(String text, CompletableFuture<Optional<String>> answer) implements Ask {}

        record Look(Readiness.Probe probe) implements Ask {}

        record Watch(Adoption.Finding.Lives process) implements Ask {}

        record ShimEnded(int status, long maxResidentBytes) implements Ask {}

        record MemberEnded(int pid) implements Ask {}

        record LogFull(boolean byChoice) implements Ask {}

        record Release(boolean keepTmp) implements Ask {}
    }

    /** What all attempts share. */
    interface Surroundings {
        Spawner spawner();

        Reaper reaper();

        /** Which deaths were the kernel's doing. */
        OomKills oomKills();

        /** Tells which deaths on the machine were the kernel's doing. */
        OomKills machineKills();

        /** Where attempts' own control groups can be made. */
        CgroupPlace cgroups();

        /** Keeps logs within their limits. */
        LogKeeper keeper();

        Processes.Listener listener();

        /** Has a thread call {@link Attempt#work}. */
        void schedule(Attempt attempt);

        /** Does something quick after a while. */
        void later(Runnable quick, int delayMillis);

        /** Where probes look. */
        ExecutorService probes();

        /** Does something slow on a thread of its own; false where all is being closed. */
        boolean aside(Runnable slow);

        /** Removes an empty TMPDIR some seconds from now, with others, at the latest at the end. */
        void tidyLater(RunFolder folder);

        /** Knows an attempt no more, so that it can be started. */
        void forget(Attempt attempt);

        boolean otherMarker(long marker);

        /** Whether {@code sh} says how its child ended. */
        boolean shellTellsOfSignals();
    }

    Attempt(Launch launch, Surroundings surroundings) {
        this.launch = launch;
        this.folder = new RunFolder(launch.folder());
        this.marker = Marker.of(launch.folder());
        this.surroundings = surroundings;
        this.leftovers = new Leftovers(surroundings, this);
        this.input = new AttemptInput(folder, surroundings);
        this.memory = new AttemptMemory(launch, folder, marker, surroundings);
    }

    AttemptId id() {
        return launch.id();
    }

    Launch launch() {
        return launch;
    }

    long marker() {
        return marker;
    }

    /** Puts something in line. */
    void ask(Ask ask) {
        synchronized (line) {
            line.addLast(ask);
            if (working) {
                return;
            }
            working = true;
        }
        surroundings.schedule(this);
    }

    /** Puts something in line and works on it here where nothing else waits. */
    void askHere(Ask ask, Hands hands) {
        synchronized (line) {
            boolean idle = line.isEmpty() && !working;
            line.addLast(ask);
            if (working) {
                return;
            }
            working = true;
            if (!idle) {
                surroundings.schedule(this);
                return;
            }
        }
        work(hands);
    }

    /** Works through the line; called by whomever {@link Surroundings#schedule} told. */
    void work(Hands hands) {
        while (true) {
            Ask next;
            synchronized (line) {
                next = line.peekFirst();
                if (next == null) {
                    working = false;
                    return;
                }
            }
            if (!handle(next, hands)) {
                // Nobody else works meanwhile, so the line keeps its order.
                int longest = next instanceof Ask.Adopt ? 1_000 : 50;
                int delayMillis = Math.min(longest, 1 << Math.min(10, waits++));
                surroundings.later(() -> surroundings.schedule(this), delayMillis);
                return;
            }
            waits = 0;
            synchronized (line) {
                line.removeFirst();
            }
        }
    }

    /** Tells that nothing can be started, in the place of {@link #work}. */
    void refuse(String why) {
        synchronized (line) {
            for (Ask ask : line) {
                if (ask instanceof Ask.Input input) {
                    input.answer().complete(Optional.of(why));
                }
            }
            line.clear();
            working = false;
        }
        surroundings.listener().startFailed(id(), new StartFailure(StartFailure.Cause.OTHER, why));
    }

    /** Whether it is done; else it stays first in line. */
    private boolean handle(Ask ask, Hands hands) {
        return switch (ask) {
            case Ask.Start _ -> start(hands);
            case Ask.Adopt(boolean sameBoot) -> adopt(sameBoot, hands);
            case Ask.Send(Signal signal) -> signal(signal, hands);
            case Ask.Kill _ -> kill(hands);
            case Ask.Input asked -> input(asked);
            case Ask.Look(Readiness.Probe probe) -> look(probe);
            case Ask.Watch(Adoption.Finding.Lives process) -> watchAdopted(process, hands);
            case Ask.ShimEnded(int status, long most) -> {
                maxResidentBytes = most;
                yield end(status, hands);
            }
            case Ask.MemberEnded(int pid) -> memberEnded(pid, hands);
            case Ask.LogFull(boolean byChoice) -> logFull(byChoice);
            case Ask.Release(boolean keepTmp) -> release(keepTmp);
        };
    }

    private boolean start(Hands hands) {
        switch (surroundings.spawner().spawn(launch, folder, memory, adoption(), marker, hands)) {
            case Spawner.Result.Failed(StartFailure failure) -> {
                ended = true;
                gone = true;
                surroundings.listener().startFailed(id(), failure);
            }
            case Spawner.Result.Started(int shim) -> {
                started = true;
                surroundings.listener().started(id(), shim);
                watchShim(shim, hands);
                keepLog(true);
            }
        }
        return true;
    }

    private void keepLog(boolean fresh) {
        log =
                surroundings
                        .keeper()
                        .keep(
                                folder.path().resolve(RunFolder.LOG),
                                launch.spec().logLimit(),
                                fresh,
                                byChoice -> ask(new Ask.LogFull(byChoice)));
    }

    private boolean logFull(boolean byChoice) {
        if (!ended) {
            surroundings.listener().logFull(id(), byChoice);
        }
        return true;
    }

    private byte[] variable() {
        return PathBytes.of("TMPDIR=" + folder.tmp());
    }

    private Adoption adoption() {
        return new Adoption(folder, marker, variable());
    }

    private boolean adopt(boolean sameBoot, Hands hands) {
        switch (adoption().look(sameBoot, surroundings.shellTellsOfSignals(), hands)) {
            case Adoption.Finding.Beginning _ -> {
                return false;
            }
            case Adoption.Finding.NeverBegan _ -> {
                if (folder.isBlank(hands.posix)) {
                    memory.takeUp(hands);
                    memory.release();
                    folder.removeAll();
                }
                surroundings.forget(this);
                surroundings.listener().neverBegan(id());
            }
            case Adoption.Finding.Lives process -> {
                takeUp(hands);
                keepLog(false);
                surroundings.listener().adopted(id());
                return watchAdopted(process, hands);
            }
            case Adoption.Finding.Ended(ExitStatus status, Optional<Instant> at) -> {
                takeUp(hands);
                end(status, sameBoot && takesAll(), sameBoot, at, hands);
            }
            case Adoption.Finding.Lost(String why, Optional<Instant> at) -> {
                takeUp(hands);
                if (members(hands).isEmpty()) {
                    members = newMembers(Shim.Ids.UNKNOWN);
                }
                end(new ExitStatus.Unknown(why), sameBoot, sameBoot, at, hands);
            }
        }
        return true;
    }

    /** Knows again what an engine before this one has been asked. */
    private void takeUp(Hands hands) {
        started = true;
        RunFolder.Asked asked = folder.asked(hands.posix);
        stopAsked = asked != RunFolder.Asked.NOTHING;
        killAsked = asked == RunFolder.Asked.KILL;
        memory.takeUp(hands);
    }

    private boolean watchAdopted(Adoption.Finding.Lives process, Hands hands) {
        int watching =
                surroundings.reaper().watch(process.pid(), false, this::shimEnded, hands.posix);
        if (watching < 0 && watching != -Posix.ESRCH) {
            // No descriptor left for a pidfd: look again, until there is one.
            surroundings.later(() -> ask(new Ask.Watch(process)), LOOK_AGAIN_MILLIS);
            return true;
        }
        // The id may have been given to another process before it was watched.
        boolean there =
                hands.procfs.stat(process.pid()) && hands.procfs.startTicks == process.startTicks();
        if (watching < 0 || !there) {
            shimEnded = true;
            end(-1, hands);
        }
        return true;
    }

    private void watchShim(int shim, Hands hands) {
        int watching = surroundings.reaper().watch(shim, true, this::shimEnded, hands.posix);
        if (watching < 0) {
            // No descriptor left for a pidfd: a thread of its own waits for this one. Not a virtual
            // one, since the native call that waits would hold its carrier.
            Thread.ofPlatform().name("simmer-shim").daemon().start(() -> waitForShim(shim));
        }
    }

    private void waitForShim(int shim) {
        try (Hands hands = new Hands()) {
            int status = hands.posix.reapBlocking(shim);
            shimEnded = true;
            ask(new Ask.ShimEnded(status, hands.posix.maxResidentBytes));
        }
    }

    private void shimEnded(int status, long maxResidentBytes, Hands hands) {
        shimEnded = true;
        askHere(new Ask.ShimEnded(status, maxResidentBytes), hands);
    }

    /** The attempt's processes, once the shim has written down which they are. */
    private Optional<Members> members(Hands hands) {
        if (members == null) {
            Optional<Shim.Ids> ids = folder.ids(hands.posix);
            if (ids.isPresent()) {
                members = newMembers(ids.get());
            }
        }
        return Optional.ofNullable(members);
    }

    private Members newMembers(Shim.Ids ids) {
        return new Members(
                ids,
                marker,
                variable(),
                other -> other != marker && surroundings.otherMarker(other));
    }

    private boolean signal(Signal signal, Hands hands) {
        boolean done = signal == Signal.KILL ? kill(hands) : send(signal, hands);
        if (done) {
            surroundings.listener().signalled(id(), signal);
        }
        return done;
    }

    private boolean send(Signal signal, Hands hands) {
        if (!started || gone) {
            return true;
        }
        Optional<Members> found = members(hands);
        if (found.isEmpty()) {
            return shimEnded;
        }
        if (signal != Signal.CONT && signal != Signal.STOP && !stopAsked) {
            stopAsked = true;
            folder.note(RunFolder.Asked.STOP, hands.posix);
        }
        found.get().signal(signal.number(), hands);
        return true;
    }

    private boolean kill(Hands hands) {
        if (!started || gone) {
            return true;
        }
        Optional<Members> found = members(hands);
        if (found.isEmpty()) {
            return shimEnded;
        }
        if (!killAsked) {
            stopAsked = true;
            killAsked = true;
            folder.note(RunFolder.Asked.KILL, hands.posix);
        }
        found.get().kill(hands);
        return true;
    }

    private boolean end(int status, Hands hands) {
        if (!ended) {
            Optional<ExitStatus> exit =
                    Shim.exit(folder.exit(hands.posix), surroundings.shellTellsOfSignals());
            end(
                    exit.orElseGet(() -> unknown(status)),
                    exit.isEmpty() || takesAll(),
                    true,
                    Optional.empty(),
                    hands);
        }
        return true;
    }

    /**
     * Whether what has left the session is to end too: agents' programs run their tools in sessions
     * of their own, and some leave them behind.
     */
    private boolean takesAll() {
        return stopAsked || launch.spec().agent().isPresent();
    }

    /**
     * Tells the end.
     *
     * @param search whether to look for leftovers outside of the session too
     * @param sameBoot whether there can be any
     */
    private void end(
            ExitStatus status,
            boolean search,
            boolean sameBoot,
            Optional<Instant> at,
            Hands hands) {
        ended = true;
        probes.forEach(Probing::close);
        probes.clear();
        Optional<Members> found = sameBoot ? members(hands) : Optional.empty();
        int left = 0;
        if (found.isPresent() && (search || found.get().sessionLives(hands))) {
            left = leftovers.watch(found.get(), killAsked, hands);
        }
        gone = left == 0;
        surroundings
                .listener()
                .exited(id(), memory.ending(status, left, at, maxResidentBytes, killAsked, hands));
    }

    private ExitStatus unknown(int status) {
        int signal = status & 0x7f;
        return new ExitStatus.Unknown(
                status > 0 && signal != 0
                        ? "the shim that would have written the exit status was ended by signal "
                                + signal
                        : "the shim ended and left no whole exit status in "
                                + launch.folder().resolve(RunFolder.EXIT));
    }

    private boolean memberEnded(int pid, Hands hands) {
        leftovers.ended(pid);
        Optional<Members> found = members(hands);
        if (gone || found.isEmpty()) {
            return true;
        }
        if (leftovers.watch(found.get(), killAsked, hands) == 0) {
            gone = true;
            surroundings.listener().gone(id());
        }
        return true;
    }

    private boolean input(Ask.Input asked) {
        if (!launch.spec().takesInput()) {
            asked.answer()
                    .complete(
                            Optional.of(
                                    "it takes no input, its standard input is empty; a task takes"
                                            + " input with input: true or tty: true"));
        } else if (!started || ended) {
            asked.answer().complete(Optional.of(ended ? "it has ended" : "it has not started"));
        } else {
            input.write(asked.text(), asked.answer());
        }
        return true;
    }

    private boolean look(Readiness.Probe probe) {
        if (started && !ended) {
            Probing probing =
                    Probing.of(
                            probe,
                            launch,
                            surroundings.spawner(),
                            surroundings.reaper(),
                            () -> surroundings.listener().ready(id()));
            probes.add(probing);
            probing.start(surroundings.probes());
        }
        return true;
    }

    private boolean release(boolean keepTmp) {
        probes.forEach(Probing::close);
        probes.clear();
        if (log != null) {
            log.release();
        }
        memory.release();
        if (started && !keepTmp) {
            if (folder.tmpIsEmpty()) {
                surroundings.tidyLater(folder);
            } else {
                boolean _ = surroundings.aside(folder::removeTmp);
            }
        }
        return true;
    }
}
