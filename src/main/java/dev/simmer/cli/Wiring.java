package dev.simmer.cli;

import dev.simmer.agent.AgentProcesses;
import dev.simmer.engine.LocalEngine;
import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.headless.HeadlessOptions;
import dev.simmer.headless.HeadlessRun;
import dev.simmer.headless.HeadlessSetup;
import dev.simmer.headless.OrderlyStop;
import dev.simmer.headless.RunOutcome;
import dev.simmer.headless.Selection;
import dev.simmer.host.OshiHost;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import dev.simmer.model.TaskFile;
import dev.simmer.process.ProcfsUsage;
import dev.simmer.process.ShimProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.SplittableRandom;

/** Puts the parts of a headless run together. */
final class Wiring {
    /** How long tasks may take to end when Simmer leaves, before they are killed. */
    private static final Duration LEAVING = Duration.ofSeconds(30);

    private Wiring() {}

    /** The machine; to be made early, since its first look takes a while to get ready. */
    static Host host() {
        return new OshiHost();
    }

    /** Runs a selection of tasks without a terminal; the exit code. */
    static int headless(
            Host host,
            TaskFile file,
            Selection selection,
            Limits limits,
            HeadlessOptions options,
            Surroundings around)
            throws CommandRefused, InterruptedException {
        try (Engine engine =
                new PlanningEngine(
                        engine(host, folders(around), around),
                        Inherited.of(around),
                        note -> around.complain("simmer: " + note))) {
            HeadlessRun run =
                    new HeadlessRun(
                            new HeadlessSetup(
                                    engine,
                                    file.name(),
                                    selection,
                                    limits,
                                    options,
                                    around.out(),
                                    around.err()));
            Signals.listen(run::interrupt);
            try {
                RunOutcome outcome = run.run();
                if (outcome instanceof RunOutcome.Refused(String why)) {
                    around.complain("simmer: " + TerminalText.plain(why));
                }
                return outcome.exitCode();
            } catch (InterruptedException | RuntimeException e) {
                OrderlyStop.all(engine, LEAVING);
                throw e;
            }
        }
    }

    private static RunFolders folders(Surroundings around) throws CommandRefused {
        return RunFolders.in(around.environment(), around.folder());
    }

    /** An engine in this process, with a folder of its own for its tasks' runs. */
    private static Engine engine(Host host, RunFolders folders, Surroundings around)
            throws CommandRefused {
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        Path runs = folders.create(now, ProcessHandle.current().pid());
        Thread _ = Thread.ofVirtual().start(() -> folders.prune(Wiring::lives));
        return new LocalEngine(
                AgentProcesses.around(ShimProcesses::new, folders.home().resolve("worktrees")),
                host,
                new ProcfsUsage(),
                Clock.system(),
                new SplittableRandom(),
                runs,
                TaskStore.NONE,
                (_, words) -> around.complain("simmer: " + TerminalText.plain(words)));
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }
}
