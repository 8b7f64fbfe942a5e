package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.stream.Program;
import dev.simmer.agent.stream.ToolNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gemini CLI (tried with 0.61.0).
 *
 * <p>What the agent may use is told by a file of policy rules: a tool that is denied outright is
 * not shown to the model at all. It has no flag for a system prompt that adds to its own, so that
 * stands before the prompt.
 */
final class GeminiRunner implements Runner {
    private static final String POLICY = "gemini-policy.toml";
    private static final int DENY = 950;
    private static final int ALLOW = 900;
    private static final int REST = 800;

    @Override
    public Program program() {
        return Program.GEMINI;
    }

    @Override
    public Compiled compile(Order order) {
        Allowance allowance = Allowance.of(order.definition());
        Invocation.Draft draft = new Invocation.Draft(program());
        draft.word(executable(), "--output-format=stream-json");
        draft.word("--session-id=" + order.session()).session(order.session().toString());
        // The folder is the one in which the user has ordered the run.
        draft.word("--skip-trust");
        boolean all = allowance.allowed().isEmpty();
        draft.word("--approval-mode=" + (all ? "yolo" : "default"));
        draft.word(new Word.FilePath("--policy=", POLICY)).file(POLICY, policy(allowance));
        ModelChoice model = ModelChoice.of(order, program());
        model.name().ifPresent(name -> draft.word("--model=" + name));
        model.note().ifPresent(draft::note);
        // Its parent process would start it anew, and it would outlive the signal to stop.
        draft.set("GEMINI_CLI_NO_RELAUNCH", "true");

        List<String> unheld =
                allowance.patterns().stream()
                        .filter(each -> !Allowance.base(each).equals("Bash"))
                        .toList();
        if (!unheld.isEmpty()) {
            draft.note("gemini takes these without their pattern: " + String.join(", ", unheld));
        }
        Limits limits = order.definition().limits();
        if (limits.turns().isPresent()) {
            draft.note(Notes.TURNS);
        }
        if (limits.budgetUsd().isPresent()) {
            draft.note(Notes.budget("gemini"));
        }
        return draft.word("--prompt=" + Prompts.joined(order)).compiled();
    }

    /** The rules: of those that match, the one with the highest priority counts. */
    private static String policy(Allowance allowance) {
        StringBuilder rules = new StringBuilder();
        List<String> denied = new ArrayList<>(own("Task"));
        denied.addAll(own("AskUserQuestion"));
        for (String each : allowance.deniedByDefinition()) {
            if (Allowance.pattern(each).isEmpty()) {
                denied.addAll(own(each));
            } else {
                shell(rules, each, "deny", DENY);
            }
        }
        rule(rules, new LinkedHashSet<>(denied), "deny", DENY, false);
        if (allowance.allowed().isPresent()) {
            Set<String> allowed = new LinkedHashSet<>();
            for (String each : allowance.allowed().get()) {
                if (Allowance.base(each).equals("Bash") && !Allowance.pattern(each).isEmpty()) {
                    shell(rules, each, "allow", ALLOW);
                } else {
                    allowed.addAll(own(Allowance.base(each)));
                }
            }
            rule(rules, allowed, "allow", ALLOW, true);
            rule(rules, Set.of("*"), "deny", REST, false);
        }
        return rules.toString();
    }

    private static List<String> own(String tool) {
        // Another program's name of a server's tool: mcp__server__tool.
        return tool.startsWith("mcp__")
                ? List.of("mcp_" + tool.substring(5).replaceFirst("__", "_"))
                : ToolNames.own(Program.GEMINI, tool);
    }

    private static void shell(StringBuilder rules, String tool, String decision, int priority) {
        if (!Allowance.base(tool).equals("Bash")) {
            // Without its pattern a denial denies more, an allowance is noted by the caller.
            if (decision.equals("deny")) {
                Set<String> names = new LinkedHashSet<>(own(Allowance.base(tool)));
                rule(rules, names, decision, priority, false);
            }
            return;
        }
        rules.append("[[rule]]\ntoolName = \"run_shell_command\"\ncommandPrefix = ")
                .append(Toml.text(Prompts.prefix(Allowance.pattern(tool))))
                .append("\ndecision = \"" + decision + "\"\npriority = " + priority + "\n\n");
    }

    private static void rule(
            StringBuilder rules,
            Set<String> tools,
            String decision,
            int priority,
            boolean redirection) {
        if (tools.isEmpty()) {
            return;
        }
        rules.append("[[rule]]\ntoolName = ")
                .append(Toml.texts(tools))
                .append("\ndecision = \"" + decision + "\"\npriority = " + priority + "\n");
        if (redirection) {
            rules.append("allowRedirection = true\n");
        }
        rules.append('\n');
    }
}
