package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Attempts as processes of Linux (x86-64 and aarch64), each behind a shim ({@link Shim}). A few
 * threads work for all attempts: two that spawn and signal, and one that sleeps until a process
 * ends.
 *
 * <p>What an attempt leaves behind in its session when it ends by itself is told as leftovers. What
 * left the session is looked for too once a signal that ends processes has been sent: a daemon that
 * an attempt started on purpose and that ended well is its user's affair.
 */
public final class ShimProcesses implements Processes {
    private static final int WORKERS = 2;
    private static final int CLOSE_SECONDS = 5;
    private static final int TIDY_MILLIS = 6_000;
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");
    private static final Set<String> SHELLS_THAT_TELL = Set.of("dash", "bash");

    private final Map<AttemptId, Attempt> attempts = new ConcurrentHashMap<>();
    private final Set<Long> markers = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Optional<Attempt>> work = new LinkedBlockingQueue<>();
    private final Thread[] workers = new Thread[WORKERS];
    private final ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService asides = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Folders whose empty TMPDIR is still to be removed. Not at once: ext4 takes care not to use an
     * inode again that was removed in the last five seconds, and with hundreds of short tasks it
     * comes to look at all of them for each file that the next task needs.
     */
    private final Queue<RunFolder> untidy = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean tidying = new AtomicBoolean();
    private final Shared surroundings;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts the threads; attempts inherit this process's environment. Returns at once.
     *
     * @param listener must not call {@link #close}
     * @throws UnsupportedOperationException on anything but Linux on x86-64 and aarch64
     */
    public ShimProcesses(Listener listener) {
        this(listener, Environment::own, CgroupPlace::ofThisProcess);
    }

    ShimProcesses(
            Listener listener, Supplier<Environment> environment, Supplier<CgroupPlace> place) {
        this(listener, environment, place, CgroupPlace::ownFolder);
    }

    /**
     * @param group the folder of the control group that attempts begin in
     */
    ShimProcesses(
            Listener listener,
            Supplier<Environment> environment,
            Supplier<CgroupPlace> place,
            Supplier<Optional<Path>> group) {
        if (!System.getProperty("os.name", "").equals("Linux")
                || !ARCHITECTURES.contains(System.getProperty("os.arch", ""))) {
            throw new UnsupportedOperationException(
                    "Simmer runs tasks on Linux only, on x86-64 and aarch64");
        }
        surroundings = new Shared(listener, environment, place, group);
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = Thread.ofPlatform().name("simmer-spawn-" + i).daemon().start(this::run);
        }
    }

    /**
     * Makes this process nobody's: where a task's process has started it, it carries that attempt's
     * mark and would be ended together with the attempt.
     */
    public static void leaveAttempt() {
        int _ = new Posix().liftSoftRealTimeLimit();
    }

    private static boolean shellTells() {
        try {
            return SHELLS_THAT_TELL.contains(
                    Path.of(Shim.SHELL).toRealPath().getFileName().toString());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void spawn(Launch launch) {
        begin(launch, new Attempt.Ask.Start());
    }

    private void begin(Launch launch, Attempt.Ask how) {
        Attempt attempt = new Attempt(launch, surroundings);
        if (attempts.putIfAbsent(launch.id(), attempt) != null) {
            throw new IllegalStateException("attempt " + launch.id() + " has been started before");
        }
        markers.add(attempt.marker());
        attempt.ask(how);
    }

    @Override
    public void adopt(Launch launch, boolean sameBoot) {
        begin(launch, new Attempt.Ask.Adopt(sameBoot));
    }

    @Override
    public CompletableFuture<Optional<String>> input(AttemptId id, String text) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Attempt attempt = attempts.get(id);
        if (closed.get()) {
            answer.complete(Optional.of(AttemptInput.CLOSED));
        } else if (attempt == null) {
            answer.complete(Optional.of("it does not run"));
        } else {
            attempt.ask(new Attempt.Ask.Input(text, answer));
        }
        return answer;
    }

    @Override
    public void discard(Path taskFolder) {
        boolean _ = surroundings.aside(() -> RunFolder.removeTree(taskFolder));
    }

    @Override
    public void signal(AttemptId id, Signal signal) {
        Attempt attempt = attempts.get(id);
        if (attempt == null) {
            surroundings.listener().signalled(id, signal);
        } else {
            attempt.ask(new Attempt.Ask.Send(signal));
        }
    }

    @Override
    public void kill(AttemptId attempt) {
        ask(attempt, new Attempt.Ask.Kill());
    }

    @Override
    public void probe(AttemptId attempt, Readiness.Probe probe) {
        ask(attempt, new Attempt.Ask.Look(probe));
    }

    @Override
    public void release(AttemptId id, boolean keepTmp) {
        Attempt attempt = attempts.remove(id);
        if (attempt != null) {
            markers.remove(attempt.marker());
            attempt.ask(new Attempt.Ask.Release(keepTmp));
        }
    }

    private void ask(AttemptId id, Attempt.Ask ask) {
        Attempt attempt = attempts.get(id);
        if (attempt != null) {
            attempt.ask(ask);
        }
    }

    @Override
    public boolean outputMatches(AttemptId id, Pattern pattern) {
        Attempt attempt = attempts.get(id);
        return attempt != null && OutputSearch.endMatches(attempt.launch().log(), pattern);
    }

    private void run() {
        try {
            work();
        } catch (InterruptedException e) {
            // Nobody interrupts these threads but a virtual machine that ends.
            return;
        }
    }

    private void work() throws InterruptedException {
        try (Hands hands = new Hands()) {
            Tools _ = surroundings.tools();
            for (var next = work.take(); next.isPresent(); next = work.take()) {
                Attempt attempt = next.get();
                guard(() -> attempt.work(hands));
            }
        } catch (LinkageError | UnsupportedOperationException | IllegalStateException e) {
            // No native calls here: a C library that lacks one, or a virtual machine that bars
            // them.
            for (var next = work.take(); next.isPresent(); next = work.take()) {
                next.get().refuse("processes cannot be started on this system: " + e);
            }
        }
    }

    /** A mistake in what one attempt led to must not stop the thread that works for all. */
    static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private record Tools(Spawner spawner, Reaper reaper, boolean shellTells) {}

    private final class Shared implements Attempt.Surroundings {
        private final Listener listener;
        private final Supplier<Environment> environment;
        private volatile @Nullable Tools tools;
        private volatile @Nullable LogKeeper keeper;
        private final OomKills machineKills = OomKills.ofMachine();
        private @Nullable OomKills ownKills;
        private final Supplier<CgroupPlace> place;
        private final Supplier<Optional<Path>> group;
        private @Nullable CgroupPlace cgroups;

        private Shared(
                Listener listener,
                Supplier<Environment> environment,
                Supplier<CgroupPlace> place,
                Supplier<Optional<Path>> group) {
            this.listener = listener;
            this.group = group;
            this.place = place;
            this.environment = environment;
        }

        /**
         * Made by the first thread that needs them and none of the callers': binding the native
         * calls takes tens of milliseconds.
         */
        private Tools tools() {
            Tools made = tools;
            if (made == null) {
                synchronized (this) {
                    made = tools;
                    if (made == null) {
                        made =
                                new Tools(
                                        new Spawner(environment.get()), new Reaper(), shellTells());
                        tools = made;
                    }
                }
            }
            return made;
        }

        @Override
        public LogKeeper keeper() {
            LogKeeper made = keeper;
            if (made == null) {
                synchronized (this) {
                    made = keeper;
                    if (made == null) {
                        made = new LogKeeper();
                        keeper = made;
                    }
                }
            }
            return made;
        }

        /** This process's own group is looked for by the first attempt. */
        @Override
        public OomKills oomKills() {
            synchronized (this) {
                if (ownKills == null) {
                    ownKills = group.get().flatMap(OomKills::ofGroup).orElse(machineKills);
                }
                return ownKills;
            }
        }

        @Override
        public OomKills machineKills() {
            return machineKills;
        }

        /** Looked for by the first attempt that wants it. */
        @Override
        public CgroupPlace cgroups() {
            synchronized (this) {
                if (cgroups == null) {
                    cgroups = place.get();
                }
                return cgroups;
            }
        }

        private void close() {
            synchronized (this) {
                if (keeper != null) {
                    keeper.close();
                }
                if (tools != null) {
                    tools.reaper().close();
                }
            }
        }

        @Override
        public Spawner spawner() {
            return tools().spawner();
        }

        @Override
        public Reaper reaper() {
            return tools().reaper();
        }

        @Override
        public Listener listener() {
            return listener;
        }

        @Override
        public void schedule(Attempt attempt) {
            work.add(Optional.of(attempt));
        }

        @Override
        public void later(Runnable quick, int delayMillis) {
            CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(quick);
        }

        @Override
        public ExecutorService probes() {
            return probes;
        }

        @Override
        public boolean aside(Runnable slow) {
            try {
                asides.execute(slow);
                return true;
            } catch (RejectedExecutionException e) {
                // After close() nothing is cleaned up any more.
                return false;
            }
        }

        @Override
        public void tidyLater(RunFolder folder) {
            untidy.add(folder);
            if (!tidying.getAndSet(true)) {
                later(ShimProcesses.this::tidyAside, TIDY_MILLIS);
            }
        }

        @Override
        public void forget(Attempt attempt) {
            attempts.remove(attempt.id());
            markers.remove(attempt.marker());
        }

        @Override
        public boolean otherMarker(long marker) {
            return markers.contains(marker);
        }

        @Override
        public boolean shellTellsOfSignals() {
            return tools().shellTells();
        }
    }

    private void tidyAside() {
        boolean _ = surroundings.aside(this::tidy);
    }

    private void tidy() {
        tidying.set(false);
        for (RunFolder next = untidy.poll(); next != null; next = untidy.poll()) {
            next.removeTmp();
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        probes.shutdownNow();
        for (Thread _ : workers) {
            // Behind all that has been asked so far.
            work.add(Optional.empty());
        }
        try {
            // What probes have started is killed, and a TMPDIR that is being removed is gone.
            boolean _ = probes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            for (Thread worker : workers) {
                boolean _ = worker.join(Duration.ofSeconds(CLOSE_SECONDS));
            }
            // It may be working for an attempt too, and have a TMPDIR removed at last.
            surroundings.close();
            asides.shutdown();
            boolean _ = asides.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            tidy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        surroundings.close();
    }
}
