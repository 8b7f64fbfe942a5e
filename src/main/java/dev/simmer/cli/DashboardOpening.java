package dev.simmer.cli;

import dev.simmer.headless.Selection;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import dev.simmer.model.Request;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.RemoteEngine;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.SupervisorStart;
import dev.simmer.supervisor.TaskFilter;
import dev.simmer.tui.term.Dashboard;
import dev.simmer.tui.term.DashboardSetup;
import dev.simmer.tui.theme.Themes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the dashboard on a workspace: a client of the supervisor, which is told of the task file
 * first.
 *
 * @param file the task file; empty: there is none
 * @param chosen the names of its tasks that start
 * @param named whether they were asked for by name
 * @param session what becomes of the workspace's set of tasks; empty: nothing
 * @param noColour whether colours are not wanted
 */
record DashboardOpening(
        Optional<TaskFile> file,
        List<String> chosen,
        boolean named,
        Optional<Session> session,
        boolean noColour) {
    /**
     * A set of tasks that is asked for.
     *
     * @param name its name
     * @param how what is expected of the name
     */
    record Session(String name, Request.SessionChange how) {}

    /** Shows it until the user leaves; the exit code. */
    int show(Surroundings around, HomeSupervisor supervisor)
            throws CommandRefused, SupervisorFailure {
        SupervisorStart start = supervisor.start();
        WorkspaceId here =
                file.map(TaskFile::workspace).orElseGet(() -> new WorkspaceId(around.folder()));
        try (Connection connection = supervisor.connect()) {
            prepare(connection, here, Inherited.of(around));
        }
        try (Engine engine = new RemoteEngine(start::connect, TaskFilter.ALL)) {
            return Dashboard.run(setup(engine, here, around));
        }
    }

    /** Tells the supervisor what the workspace has, and what of it starts. */
    void prepare(Connection connection, WorkspaceId here, CallerEnvironment inherited)
            throws CommandRefused, SupervisorFailure {
        if (session.isPresent()) {
            Acting.ask(
                    connection,
                    new Request.OpenSession(here, session.get().name(), session.get().how()));
        }
        boolean resumes = session.isPresent() && session.get().how() == Request.SessionChange.OPEN;
        if (file.isEmpty() || file.get().tasks().isEmpty()) {
            return;
        }
        if (!resumes) {
            spawn(
                    connection,
                    Selection.starting(file.get(), chosen),
                    inherited,
                    Request.Existing.KEEP);
        }
        if (named) {
            spawn(
                    connection,
                    Selection.of(file.get(), chosen, chosen).tasks(),
                    inherited,
                    Request.Existing.BEGIN_ENDED);
        }
    }

    private void spawn(
            Connection connection,
            List<TaskSpec> tasks,
            CallerEnvironment inherited,
            Request.Existing existing)
            throws CommandRefused, SupervisorFailure {
        List<TaskSpec> specs = new ArrayList<>();
        for (TaskSpec task : tasks) {
            specs.add(task.edit().inherited(inherited).build());
        }
        Limits limits = file.map(TaskFile::limits).orElse(Limits.DEFAULT);
        Acting.ask(connection, new Request.Spawn(specs, limits, false, existing));
    }

    private DashboardSetup setup(Engine engine, WorkspaceId here, Surroundings around)
            throws CommandRefused {
        Map<String, String> environment = new HashMap<>(around.environment());
        if (noColour) {
            environment.put("NO_COLOR", "1");
        }
        return new DashboardSetup(
                engine,
                file.map(TaskFile::name).orElse(ListCommand.folder(here)),
                here,
                file.map(TaskFile::limits).orElse(Limits.DEFAULT),
                Inherited.of(around),
                InteractiveCommands::refusal,
                themeFolders(around.environment()),
                Themes.BUILT_IN,
                environment,
                Home.of(around),
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
}
