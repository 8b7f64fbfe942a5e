package dev.simmer.cli;

import dev.simmer.model.AgentSpec;
import dev.simmer.model.TaskSpec;
import java.util.List;

/** What a task's description says, for telling whether the task file says something else now. */
final class Description {
    private Description() {}

    /**
     * Whether a task would run in another way. Values of variables, which a supervisor keeps to
     * itself, are not compared, nor what comes from the caller; patterns are by their text.
     */
    static boolean differs(TaskSpec one, TaskSpec other) {
        return !text(one).equals(text(other));
    }

    /** An agent's command line names its report and its program's session, new for each run. */
    private static String agent(AgentSpec.Planned agent) {
        return List.of(
                        agent.definition(),
                        agent.runner(),
                        agent.title(),
                        agent.session(),
                        agent.tools(),
                        agent.limits(),
                        agent.worktree())
                .toString();
    }

    private static String text(TaskSpec spec) {
        return List.of(
                        spec.kind(),
                        spec.planned().map(Description::agent).orElse(spec.command().toString()),
                        spec.cwd(),
                        List.copyOf(spec.env().keySet()),
                        spec.needs(),
                        spec.locks(),
                        spec.priority(),
                        spec.memory(),
                        spec.heavy(),
                        spec.evictable(),
                        spec.isolateMemory(),
                        spec.timeout(),
                        spec.retry(),
                        spec.restart(),
                        spec.ready(),
                        spec.stop(),
                        spec.input(),
                        spec.tty(),
                        spec.logLimit())
                .toString();
    }
}
