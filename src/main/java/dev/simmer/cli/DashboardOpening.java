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
import dev.simmer.tui.model.Appearance;
import dev.simmer.tui.settings.KeysFile;
import dev.simmer.tui.settings.RememberedFile;
import dev.simmer.tui.term.Dashboard;
import dev.simmer.tui.term.DashboardSetup;
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
 * @param broken the task file where it cannot be used: then there is none
 */
record DashboardOpening(
        Optional<TaskFile> file,
        List<String> chosen,
        boolean named,
        Optional<Session> session,
        boolean noColour,
        Optional<Broken> broken) {
    /** One on a file that is whole, or none. */
    DashboardOpening(
            Optional<TaskFile> file,
            List<String> chosen,
            boolean named,
            Optional<Session> session,
            boolean noColour) {
        this(file, chosen, named, session, noColour, Optional.empty());
    }

    /**
     * A task file that cannot be used.
     *
     * @param workspace its folder
     * @param limits what the supervisor was told of the workspace before
     * @param mistakes at least one, in words
     */
    record Broken(WorkspaceId workspace, Limits limits, List<String> mistakes) {}

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
                file.map(TaskFile::workspace)
                        .or(() -> broken.map(Broken::workspace))
                        .orElseGet(() -> new WorkspaceId(around.folder()));
        List<String> notes;
        try (Connection connection = supervisor.connect()) {
            notes = prepare(connection, here, Inherited.of(around));
        }
        // What is left unsaid here stands in the agent's own notes.
        try (Engine engine =
                new PlanningEngine(
                        new RemoteEngine(RemoteEngine.Dialer.of(start), TaskFilter.ALL),
                        Inherited.of(around),
                        _ -> {})) {
            return Dashboard.run(setup(engine, here, around, notes));
        }
    }

    /**
     * Tells the supervisor what the workspace has, and what of it starts. Agents that cannot be run
     * are left out, unless they were asked for by name.
     *
     * @return what was left out or not started, in words
     */
    List<String> prepare(Connection connection, WorkspaceId here, CallerEnvironment inherited)
            throws CommandRefused, SupervisorFailure {
        if (session.isPresent()) {
            Acting.ask(
                    connection,
                    new Request.OpenSession(here, session.get().name(), session.get().how()));
        }
        boolean resumes = session.isPresent() && session.get().how() == Request.SessionChange.OPEN;
        if (file.isEmpty() || file.get().tasks().isEmpty()) {
            return broken.map(DashboardOpening::notes).orElse(List.of());
        }
        AgentPlans plans = new AgentPlans(inherited);
        List<TaskSpec> begun =
                named
                        ? plans.all(
                                        inheriting(
                                                Selection.of(file.get(), chosen, chosen).tasks(),
                                                inherited))
                                .tasks()
                        : List.of();
        List<String> notes = new ArrayList<>();
        if (!resumes) {
            Map<String, TaskSpec> planned = new HashMap<>();
            begun.forEach(task -> planned.put(task.name(), task));
            AgentPlans.Made kept =
                    plans.possible(
                            inheriting(Selection.starting(file.get(), chosen), inherited).stream()
                                    .map(task -> planned.getOrDefault(task.name(), task))
                                    .toList());
            OpeningPlan plan =
                    OpeningPlan.of(connection.snapshot(TaskFilter.of(here)), here, kept.tasks());
            plan.without(planned.keySet()).note().ifPresent(notes::add);
            notes.addAll(kept.notes());
            spawn(connection, plan.tasks(), plan.existing());
        }
        if (named) {
            spawn(connection, begun, Request.Existing.BEGIN_ENDED);
        }
        return notes;
    }

    private static List<String> notes(Broken file) {
        List<String> mistakes = new ArrayList<>(file.mistakes());
        mistakes.set(0, mistakes.getFirst() + "; nothing was started from the file");
        return mistakes;
    }

    private static List<TaskSpec> inheriting(List<TaskSpec> tasks, CallerEnvironment inherited) {
        return tasks.stream().map(task -> task.edit().inherited(inherited).build()).toList();
    }

    private void spawn(Connection connection, List<TaskSpec> tasks, Request.Existing existing)
            throws CommandRefused, SupervisorFailure {
        if (tasks.isEmpty()) {
            return;
        }
        Limits limits = file.map(TaskFile::limits).orElse(Limits.DEFAULT);
        Acting.ask(connection, new Request.Spawn(tasks, limits, false, existing));
    }

    private DashboardSetup setup(
            Engine engine, WorkspaceId here, Surroundings around, List<String> notes)
            throws CommandRefused {
        List<String> told = new ArrayList<>(notes);
        told.addAll(file.map(TaskFile::warnings).orElse(List.of()));
        Map<String, String> environment = new HashMap<>(around.environment());
        if (noColour) {
            environment.put("NO_COLOR", "1");
        }
        return new DashboardSetup(
                engine,
                file.map(TaskFile::name).orElse(ListCommand.folder(here)),
                here,
                file.map(TaskFile::limits)
                        .or(() -> broken.map(Broken::limits))
                        .orElse(Limits.DEFAULT),
                Inherited.of(around),
                InteractiveCommands::refusal,
                file.map(TaskFile::groups).orElse(Map.of()),
                themeFolders(around.environment()),
                Appearance.AUTO,
                environment,
                KeysFile.read(KeysFile.place(around.environment())),
                RememberedFile.of(Home.of(around), here),
                new DialogLookups(here, Inherited.of(around), Home.of(around)),
                Home.of(around),
                () -> Telling.of(around.environment()),
                told);
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
