package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.stream.Program;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Claude Code (tried with 2.1.197 and 2.1.329).
 *
 * <p>Its {@code --tools} says which of its own tools exist for the agent, {@code --allowedTools}
 * which of them need no permission that nobody could give; rules in the user's settings that deny
 * still count. Files are edited by the mode {@code acceptEdits}, which keeps to the workspace, and
 * not by an allowance, which would not. Lists go into the flag's own word: given as words of their
 * own they would swallow the prompt.
 */
final class ClaudeRunner implements Runner {
    /**
     * Tools that start agents, make work that outlives the run, or wait for somebody to answer, by
     * their names in any version.
     */
    private static final List<String> NEVER =
            List.of(
                    "Task",
                    "Agent",
                    "Workflow",
                    "SendMessage",
                    "CronCreate",
                    "ScheduleWakeup",
                    "EnterWorktree",
                    "AskUserQuestion");

    /** What an agent that may use everything is permitted beforehand. */
    private static final List<String> COMMON =
            List.of("Read", "Glob", "Grep", "Bash", "WebFetch", "WebSearch", "TodoWrite", "Skill");

    /** Permitted by the mode in which edits are accepted. */
    private static final Set<String> EDITS = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");

    @Override
    public Program program() {
        return Program.CLAUDE;
    }

    @Override
    public Compiled compile(Order order) {
        Allowance allowance = Allowance.of(order.definition());
        Invocation.Draft draft = new Invocation.Draft(program());
        draft.word(executable(), "-p", "--output-format=stream-json", "--verbose");
        draft.word("--session-id=" + order.session()).session(order.session().toString());
        tools(allowance, draft);
        draft.word("--permission-mode=" + (allowance.edits() ? "acceptEdits" : "default"));

        ModelChoice model = ModelChoice.of(order, program());
        model.name().ifPresent(name -> draft.word("--model=" + name));
        model.note().ifPresent(draft::note);
        Limits limits = order.definition().limits();
        limits.turns().ifPresent(turns -> draft.word("--max-turns=" + turns));
        limits.budgetUsd()
                .ifPresent(usd ->
                        draft.word("--max-budget-usd=" + BigDecimal.valueOf(usd).toPlainString()));
        String system = order.definition().systemPrompt();
        if (!system.isBlank()) {
            draft.word("--append-system-prompt=" + system);
        }
        // An error of the model's server is asked again for half a minute, not for several.
        draft.set("CLAUDE_CODE_MAX_RETRIES", "5");
        draft.set("CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1");
        draft.set("DISABLE_AUTOUPDATER", "1");
        return draft.word("--", order.prompt()).compiled();
    }

    private static void tools(Allowance allowance, Invocation.Draft draft) {
        Set<String> permitted = new LinkedHashSet<>();
        if (allowance.allowed().isPresent()) {
            Set<String> own = new LinkedHashSet<>();
            for (String each : allowance.allowed().get()) {
                String base = Allowance.base(each);
                if (!base.startsWith("mcp__")) {
                    own.add(base);
                }
                if (!EDITS.contains(base)) {
                    permitted.add(each);
                }
            }
            draft.word("--tools=" + String.join(",", own));
        } else {
            COMMON.stream().filter(allowance::allows).forEach(permitted::add);
        }
        if (!permitted.isEmpty()) {
            draft.word("--allowedTools=" + String.join(",", permitted));
        }
        Set<String> denied = new LinkedHashSet<>(NEVER);
        denied.addAll(allowance.deniedByDefinition());
        draft.word("--disallowedTools=" + String.join(",", denied));
    }
}
