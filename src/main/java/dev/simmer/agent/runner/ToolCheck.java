package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.ToolNames;
import dev.simmer.model.AgentSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what a program says that the agent may use with what the definition asks. */
public final class ToolCheck {
    /** What an agent cannot do without, if it asks for it; other tools come and go by version. */
    private static final Set<String> ESSENTIAL =
            Set.of("Read", "Write", "Edit", "Bash", "WebFetch", "WebSearch");

    private ToolCheck() {}

    /**
     * Why the run must not go on, in words; empty where all is well, and where the program does not
     * say what the agent may use.
     */
    public static Optional<String> mismatch(Definition definition, Started started) {
        return mismatch(Allowance.of(definition), started);
    }

    /** The same by what was planned for the run. */
    public static Optional<String> mismatch(AgentSpec.Tools tools, Started started) {
        return mismatch(Allowance.of(tools.allowed(), tools.denied(), tools.readOnly()), started);
    }

    private static Optional<String> mismatch(Allowance allowance, Started started) {
        if (started.tools().isEmpty()) {
            return Optional.empty();
        }
        List<String> offered = started.tools().get();
        Set<String> extra = new LinkedHashSet<>();
        for (String each : offered) {
            if (each.startsWith("mcp__") ? denied(each, allowance) : !allowance.allows(each)) {
                extra.add(each);
            }
        }
        if (!extra.isEmpty()) {
            return Optional.of("it may use what it must not: " + String.join(", ", extra));
        }
        Set<String> missing = new LinkedHashSet<>();
        if (allowance.allowed().isPresent()) {
            for (String each : allowance.allowed().get()) {
                if (ESSENTIAL.contains(Allowance.base(each))
                        && !offered.contains(Allowance.base(each))) {
                    missing.add(Allowance.base(each));
                }
            }
        }
        if (!missing.isEmpty()) {
            return Optional.of("it lacks what was asked for: " + String.join(", ", missing));
        }
        boolean none = offered.isEmpty() && allowance.allowed().map(a -> !a.isEmpty()).orElse(true);
        return none ? Optional.of("it has no tools at all") : Optional.empty();
    }

    /**
     * Tools of servers that the user has configured are there whether they are asked for or not.
     */
    private static boolean denied(String tool, Allowance allowance) {
        return allowance.denied().contains(tool) || ToolNames.SPAWNING.contains(tool);
    }
}
