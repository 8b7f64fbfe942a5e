package dev.simmer.cli;

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
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskFile;
import dev.simmer.model.WorkspaceId;
import dev.simmer.process.ProcfsUsage;
import dev.simmer.process.ShimProcesses;
import dev.simmer.tui.term.Dashboard;
import dev.simmer.tui.term.DashboardSetup;
import dev.simmer.tui.theme.Themes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Puts the parts together; the only place that knows which they are. */
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
        try (Engine engine = engine(host, folders(around))) {
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

    /**
     * Shows the dashboard; the exit code.
     *
     * @param file the task file; empty: the dashboard opens without tasks
     * @param chosen the names of the tasks that start
     */
    static int dashboard(
            Host host,
            Optional<TaskFile> file,
            List<String> chosen,
            boolean noColour,
            Surroundings around)
            throws CommandRefused, InterruptedException {
        RunFolders folders = folders(around);
        try (Engine engine = engine(host, folders)) {
            // SIGTERM and a closed terminal end the process through its shutdown hooks.
            Thread leaving = Thread.ofPlatform().unstarted(() -> leave(engine));
            Runtime.getRuntime().addShutdownHook(leaving);
            if (file.isPresent()) {
                spawn(engine, file.get(), chosen);
            }
            try {
                return Dashboard.run(setup(engine, file, noColour, folders, around));
            } finally {
                OrderlyStop.all(engine, LEAVING);
            }
        }
    }

    private static void spawn(Engine engine, TaskFile file, List<String> chosen)
            throws CommandRefused {
        Request.Spawn spawn =
                new Request.Spawn(
                        Selection.starting(file, chosen),
                        file.limits(),
                        false,
                        Request.Existing.REFUSE);
        if (engine.submit(spawn).join() instanceof Reply.Refused(String why)) {
            throw CommandRefused.usage(TerminalText.plain(why));
        }
    }

    private static DashboardSetup setup(
            Engine engine,
            Optional<TaskFile> file,
            boolean noColour,
            RunFolders folders,
            Surroundings around) {
        Map<String, String> environment = new HashMap<>(around.environment());
        if (noColour) {
            environment.put("NO_COLOR", "1");
        }
        WorkspaceId here = new WorkspaceId(around.folder());
        return new DashboardSetup(
                engine,
                file.map(TaskFile::name).orElse(String.valueOf(around.folder().getFileName())),
                file.map(TaskFile::workspace).orElse(here),
                file.map(TaskFile::limits).orElse(Limits.DEFAULT),
                new CallerEnvironment(around.environment()),
                _ -> Optional.empty(),
                themeFolders(around.environment()),
                Themes.BUILT_IN,
                environment,
                folders.home(),
                file.map(TaskFile::warnings).orElse(List.of()));
    }

    /** The themes that came with Simmer, and the user's own. */
    private static List<Path> themeFolders(Map<String, String> environment) {
        List<Path> themes = new ArrayList<>();
        Optional.ofNullable(System.getProperty("simmer.root"))
                .ifPresent(root -> themes.add(Path.of(root, "themes")));
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (config.startsWith("/")) {
            themes.add(Path.of(config, "simmer", "themes"));
        } else if (home.startsWith("/")) {
            themes.add(Path.of(home, ".config", "simmer", "themes"));
        }
        return themes;
    }

    private static RunFolders folders(Surroundings around) throws CommandRefused {
        return RunFolders.in(around.environment(), around.folder());
    }

    /** An engine in this process, with a folder of its own for its tasks' runs. */
    private static Engine engine(Host host, RunFolders folders) throws CommandRefused {
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        Path runs = folders.create(now, ProcessHandle.current().pid());
        Thread _ = Thread.ofVirtual().start(() -> folders.prune(Wiring::lives));
        return new LocalEngine(
                ShimProcesses::new,
                host,
                new ProcfsUsage(),
                Clock.system(),
                new SplittableRandom(),
                runs,
                TaskStore.NONE);
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    private static void leave(Engine engine) {
        try {
            OrderlyStop.all(engine, LEAVING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
