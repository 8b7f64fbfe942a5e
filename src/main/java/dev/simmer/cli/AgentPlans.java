package dev.simmer.cli;

import dev.simmer.agent.AgentPlanner;
import dev.simmer.agent.Planning;
import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.runner.Runners;
import dev.simmer.config.DidYouMean;
import dev.simmer.config.Mistake;
import dev.simmer.config.UserConfig;
import dev.simmer.config.UserConfigReader;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Need;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Plans the agents among the tasks of one request, with what is on disk now: definitions, programs
 * and configuration are read once, and only where there is an agent. For one thread.
 */
final class AgentPlans {
    private final Map<String, String> environment;
    private final Map<WorkspaceId, AgentPlanner> planners = new HashMap<>();

    AgentPlans(CallerEnvironment caller) {
        this.environment = caller.variables();
    }

    /**
     * Tasks that can be run.
     *
     * @param notes what somebody should know of them, in words, harmless to a terminal
     */
    record Made(List<TaskSpec> tasks, List<String> notes) {
        Made {
            tasks = List.copyOf(tasks);
            notes = List.copyOf(notes);
        }
    }

    /** Whether a task is an agent that has not been planned. */
    static boolean isOrdered(TaskSpec task) {
        return task.agent().isPresent() && task.agent().get() instanceof AgentSpec.Ordered;
    }

    static Catalogue catalogue(Path workspace, Map<String, String> environment) {
        return Catalogue.of(workspace, environment, ShippedAgents.folder());
    }

    /** Plans one. */
    Planning plan(TaskSpec task) throws CommandRefused {
        if (!isOrdered(task)) {
            return Planning.Planned.asItIs(task);
        }
        AgentPlanner planner = planners.get(task.workspace());
        if (planner == null) {
            planner =
                    new AgentPlanner(
                            catalogue(task.workspace().folder(), environment),
                            Runners.onPath(environment),
                            configured(environment),
                            environment,
                            DidYouMean::nearest);
            planners.put(task.workspace(), planner);
        }
        return planner.plan(task, LocalDateTime.now(ZoneId.systemDefault()), UUID.randomUUID());
    }

    /** The program that the user's configuration names for agents. */
    static Optional<String> configured(Map<String, String> environment) throws CommandRefused {
        return switch (UserConfigReader.read(environment)) {
            case UserConfigReader.Loaded(UserConfig config) -> config.agentRunner();
            case UserConfigReader.Broken(List<Mistake> mistakes) ->
                    throw new CommandRefused(
                            ExitCode.USAGE, mistakes.stream().map(Mistake::message).toList());
        };
    }

    /** Plans all of them; one that cannot be planned refuses the whole. */
    Made all(List<TaskSpec> tasks) throws CommandRefused {
        List<TaskSpec> made = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (TaskSpec task : tasks) {
            switch (plan(task)) {
                case Planning.Planned planned -> {
                    made.add(planned.task());
                    planned.notes().forEach(note -> notes.add(noted(task, note)));
                }
                case Planning.Refused no -> refused.add("simmer: " + told(task, no));
            }
        }
        if (!refused.isEmpty()) {
            throw new CommandRefused(ExitCode.USAGE, refused);
        }
        return new Made(made, notes);
    }

    /** Plans those that can be; the others are left out with what needs them, as is noted. */
    Made possible(List<TaskSpec> tasks) throws CommandRefused {
        Map<String, TaskSpec> made = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        Set<String> without = new HashSet<>();
        for (TaskSpec task : tasks) {
            switch (plan(task)) {
                case Planning.Planned planned -> made.put(task.name(), planned.task());
                case Planning.Refused no -> {
                    without.add(task.name());
                    notes.add(told(task, no) + "; it is left out");
                }
            }
        }
        boolean changed = !without.isEmpty();
        while (changed) {
            changed = false;
            for (TaskSpec task : List.copyOf(made.values())) {
                Optional<String> lacking =
                        task.needs().stream().map(Need::task).filter(without::contains).findFirst();
                if (lacking.isPresent()) {
                    made.remove(task.name());
                    without.add(task.name());
                    notes.add(
                            name(task)
                                    + " is left out, as it needs "
                                    + TerminalText.plain(lacking.get()));
                    changed = true;
                }
            }
        }
        return new Made(List.copyOf(made.values()), notes);
    }

    /** Why a task cannot be run. */
    static String told(TaskSpec task, Planning.Refused refused) {
        return told(task, refused.why());
    }

    /** The same, by one reason of several. */
    static String told(TaskSpec task, String why) {
        return "the agent `" + name(task) + "` cannot be run: " + why;
    }

    /** What somebody should know of a task. */
    static String noted(TaskSpec task, String note) {
        return name(task) + ": " + note;
    }

    private static String name(TaskSpec task) {
        return TerminalText.plain(task.name());
    }
}
