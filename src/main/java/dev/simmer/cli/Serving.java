package dev.simmer.cli;

import dev.simmer.agent.AgentProcesses;
import dev.simmer.config.Mistake;
import dev.simmer.config.UserConfig;
import dev.simmer.config.UserConfigReader;
import dev.simmer.engine.LocalEngine;
import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.host.OshiHost;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Engine;
import dev.simmer.model.TaskId;
import dev.simmer.process.ProcfsUsage;
import dev.simmer.process.ShimProcesses;
import dev.simmer.store.SqliteStore;
import dev.simmer.supervisor.HomeLock;
import dev.simmer.supervisor.ServerLimits;
import dev.simmer.supervisor.ServerSetup;
import dev.simmer.supervisor.StartSignal;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.SupervisorFiles;
import dev.simmer.supervisor.SupervisorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** The supervisor's process: the one place where its parts are put together. */
final class Serving {
    /** How long a supervisor that is about to end may take. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private Serving() {}

    /** Serves until nobody needs it any more; the exit code. */
    static int run(Surroundings around) throws CommandRefused {
        Thread leaving = leaveAttempt();
        SupervisorFiles files = HomeSupervisor.files(around);
        Optional<UserConfig> config = config(around);
        if (config.isEmpty()) {
            return ExitCode.NO_SUPERVISOR;
        }
        try (HomeLock lock = HomeLock.claim(files, CLAIM)) {
            serve(lock, config.get(), leaving, around);
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } catch (SupervisorFailure e) {
            around.complain("simmer: " + e.words());
            StartSignal.failed(e);
            return ExitCode.NO_SUPERVISOR;
        } catch (StoreFailure e) {
            around.complain("simmer: " + e.getMessage());
            StartSignal.failed(String.valueOf(e.getMessage()));
            return ExitCode.NO_SUPERVISOR;
        }
    }

    private static Optional<UserConfig> config(Surroundings around) {
        return switch (UserConfigReader.read(around.environment())) {
            case UserConfigReader.Loaded(UserConfig config) -> Optional.of(config);
            case UserConfigReader.Broken(List<Mistake> mistakes) -> {
                mistakes.forEach(each -> around.complain(each.message()));
                StartSignal.failed(mistakes.getFirst().message());
                yield Optional.empty();
            }
        };
    }

    /**
     * Leaves the attempt whose process started this one, if one did, on a thread of its own: the
     * first native call takes some 20 ms, and so does the database, which is opened meanwhile.
     */
    private static Thread leaveAttempt() {
        return Thread.ofPlatform().name("simmer-leave").start(ShimProcesses::leaveAttempt);
    }

    /**
     * @param leaving ends before anything is done to a process
     */
    private static void serve(HomeLock lock, UserConfig config, Thread leaving, Surroundings around)
            throws StoreFailure, SupervisorFailure, InterruptedException {
        Path home = lock.files().home();
        SqliteStore store = SqliteStore.open(home);
        leaving.join();
        try (Engine engine = new ConfiguredEngine(engine(home, store), config.logLimit())) {
            awaitFirst(engine);
            engine.snapshot().trouble().ifPresent(words -> around.complain("simmer: " + words));
            serve(lock, engine, config);
        }
    }

    private static void serve(HomeLock lock, Engine engine, UserConfig config)
            throws SupervisorFailure {
        Path home = lock.files().home();
        try (SupervisorServer server =
                        SupervisorServer.open(
                                lock,
                                engine,
                                new ServerSetup(
                                        Version.text(),
                                        config.idleExit().orElse(Duration.ZERO),
                                        () -> diskBytes(home),
                                        ServerLimits.USUAL));
                Keeping _ = Keeping.start(engine, config.keep())) {
            Runnable end = server::close;
            Signals.listen(_ -> end.run());
            StartSignal.ready();
            server.serve();
        }
    }

    /**
     * Before its first snapshot an engine has not read the store: to a client it would be empty.
     */
    private static void awaitFirst(Engine engine) {
        CountDownLatch first = new CountDownLatch(1);
        try (Engine.Subscription _ =
                engine.subscribe(snapshot -> {
                    if (snapshot.version() > 0) {
                        first.countDown();
                    }
                })) {
            first.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Engine engine(Path home, SqliteStore store) {
        return new LocalEngine(
                AgentProcesses.around(ShimProcesses::new, home.resolve("worktrees")),
                new OshiHost(),
                new ProcfsUsage(),
                Clock.system(),
                new SplittableRandom(),
                home.resolve("runs"),
                store,
                (task, words) -> System.err.println(logLine(task, words)));
    }

    /** A line of supervisor.log about something that was done unasked. */
    private static String logLine(TaskId task, String words) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + " task "
                + task
                + ": "
                + TerminalText.plain(words);
    }

    private static Map<String, Long> diskBytes(Path home) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put("database", SqliteStore.size(home).bytes());
        sizes.put("runs", DiskUse.bytes(home.resolve("runs")));
        return sizes;
    }
}
