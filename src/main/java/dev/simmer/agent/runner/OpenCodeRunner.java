package dev.simmer.agent.runner;

import dev.simmer.agent.stream.Program;
import dev.simmer.agent.stream.ToolNames;
import dev.simmer.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * OpenCode (tried with 1.18.33).
 *
 * <p>An agent of its own is given to it by the environment, which is read after all configuration
 * files. It is never given a definition's file: it refuses to start on a model {@code inherit} or a
 * colour that it does not know, and runs its default agent where a name is missing. It chooses its
 * session's id. What would be asked is denied: nobody can answer, and a question that is rejected
 * ends the run, while a denial is told to the model.
 */
final class OpenCodeRunner implements Runner {
    private static final String AGENT = "simmer-agent";

    /** How it calls its permissions, where that is not the tool's name. */
    private static final Map<String, List<String>> PERMISSIONS =
            Map.of(
                    "Write", List.of("edit"),
                    "Edit", List.of("edit"),
                    "MultiEdit", List.of("edit"),
                    "NotebookEdit", List.of("edit"));

    @Override
    public Program program() {
        return Program.OPENCODE;
    }

    @Override
    public Compiled compile(Order order) {
        Allowance allowance = Allowance.of(order.definition());
        Invocation.Draft draft = new Invocation.Draft(program());
        draft.word(executable(), "run", "--format=json", "--agent=" + AGENT);
        ModelChoice model = ModelChoice.of(order, program());
        model.name().ifPresent(name -> draft.word("--model=" + name));
        model.note().ifPresent(draft::note);
        draft.set("OPENCODE_CONFIG_CONTENT", configuration(order, allowance));
        draft.set("OPENCODE_DISABLE_AUTOUPDATE", "true");
        if (order.refusedBy().contains(program())) {
            draft.set("OPENCODE_DISABLE_PROJECT_CONFIG", "true");
            draft.note(
                    "opencode does not start on some of the agent files in .opencode, so it runs"
                            + " without the project's configuration");
        }
        boolean write = allowance.allows("Write");
        if (allowance.allowed().isPresent() && write != allowance.allows("Edit")) {
            draft.note("opencode has one permission for Write and Edit");
        }
        return draft.word("--", order.prompt()).compiled();
    }

    private static String configuration(Order order, Allowance allowance) {
        String system = order.definition().systemPrompt();
        OptionalInt turns = order.definition().limits().turns();
        return new JsonObject()
                .put("share", "disabled")
                .putObject(
                        "agent",
                        agents ->
                                agents.putObject(
                                        AGENT,
                                        agent -> {
                                            agent.put("mode", "primary");
                                            agent.put("description", "run by Simmer");
                                            if (!system.isBlank()) {
                                                agent.put("prompt", system);
                                            }
                                            if (turns.isPresent()) {
                                                agent.put("steps", turns.getAsInt());
                                            }
                                            agent.putObject(
                                                    "permission", to -> permissions(allowance, to));
                                        }))
                .toString();
    }

    /** Of the rules that match, the last counts. */
    private static void permissions(Allowance allowance, JsonObject to) {
        Map<String, Map<String, String>> rules = new LinkedHashMap<>();
        if (allowance.allowed().isPresent()) {
            rules.put("*", Map.of("*", "deny"));
            allowance.allowed().get().forEach(each -> rule(rules, each, "allow"));
        }
        allowance.deniedByDefinition().stream()
                .filter(each -> !isShared(each, allowance))
                .forEach(each -> rule(rules, each, "deny"));
        for (String asked : List.of("task", "question", "external_directory", "doom_loop")) {
            rules.put(asked, Map.of("*", "deny"));
        }
        rules.forEach((name, patterns) -> {
            String only = patterns.size() == 1 ? patterns.get("*") : null;
            if (only != null) {
                to.put(name, only);
            } else {
                to.putObject(name, patterns, (rule, all) -> all.forEach(rule::put));
            }
        });
    }

    /** Whether a denied tool has its permission in common with one that is allowed by name. */
    private static boolean isShared(String denied, Allowance allowance) {
        return PERMISSIONS.containsKey(denied)
                && allowance.allowed().isPresent()
                && PERMISSIONS.keySet().stream().anyMatch(allowance::allows);
    }

    private static void rule(Map<String, Map<String, String>> rules, String tool, String decision) {
        String base = Allowance.base(tool);
        String pattern = Allowance.pattern(tool);
        boolean allow = decision.equals("allow");
        for (String name : permissions(base)) {
            Map<String, String> patterns = rules.computeIfAbsent(name, _ -> new LinkedHashMap<>());
            if (pattern.isEmpty()) {
                patterns.put("*", decision);
            } else {
                if (allow) {
                    patterns.putIfAbsent("*", "deny");
                }
                patterns.put(Prompts.prefix(pattern) + "*", decision);
            }
        }
    }

    private static List<String> permissions(String tool) {
        if (tool.startsWith("mcp__")) {
            return List.of(tool.substring(5).replaceFirst("__", "_"));
        }
        return PERMISSIONS.getOrDefault(tool, ToolNames.own(Program.OPENCODE, tool));
    }
}
