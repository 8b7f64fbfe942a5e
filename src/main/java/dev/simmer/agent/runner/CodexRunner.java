package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.stream.Program;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Codex (tried with 0.169.0).
 *
 * <p>It has no list of tools: it reads, searches and edits by its shell, and what that may do is
 * held by a sandbox, to the workspace without network, or to reading. It chooses its session's id.
 */
final class CodexRunner implements Runner {
    /** What the shell does in the place of tools that other programs have. */
    private static final Set<String> BY_SHELL =
            Set.of("Read", "Glob", "Grep", "Write", "Edit", "MultiEdit", "NotebookEdit", "LS");

    @Override
    public Program program() {
        return Program.CODEX;
    }

    @Override
    public Compiled compile(Order order) {
        Allowance allowance = Allowance.of(order.definition());
        if (order.definition().denied().contains("Bash") && !order.definition().readOnly()) {
            return new Compiled.Refused(
                    "codex cannot work without its shell, and the definition denies Bash: run it"
                            + " with another program (--runner)");
        }
        Invocation.Draft draft = new Invocation.Draft(program());
        draft.word(executable(), "exec", "--json", "--skip-git-repo-check", "--color=never");
        boolean writes = allowance.edits() || allowance.allows("Bash");
        draft.word("--sandbox=" + (writes ? "workspace-write" : "read-only"));
        set(draft, "features.multi_agent", "false");
        set(draft, "features.multi_agent_v2", "false");
        if (!allowance.allows("WebSearch")) {
            set(draft, "web_search", Toml.text("disabled"));
        }
        ModelChoice model = ModelChoice.of(order, program());
        model.name().ifPresent(name -> draft.word("--model=" + name));
        model.note().ifPresent(draft::note);
        String system = order.definition().systemPrompt();
        if (!system.isBlank()) {
            set(draft, "developer_instructions", Toml.text(system));
        }
        notes(order, allowance, draft);
        return draft.word("--", order.prompt()).compiled();
    }

    private static void set(Invocation.Draft draft, String key, String value) {
        draft.word("-c", key + "=" + value);
    }

    private static void notes(Order order, Allowance allowance, Invocation.Draft draft) {
        if (!allowance.allows("Bash")) {
            draft.note(
                    allowance.edits()
                            ? "codex edits files by its shell: its sandbox holds it to the"
                                    + " workspace, without network"
                            : "codex reads files by its shell: its sandbox holds it to reading");
        }
        Set<String> unknown = new LinkedHashSet<>(allowance.patterns());
        order.definition().denied().stream()
                .filter(each -> BY_SHELL.contains(each) && allowance.allows("Bash"))
                .forEach(unknown::add);
        if (!unknown.isEmpty()) {
            draft.note("codex cannot be held to these: " + String.join(", ", unknown));
        }
        Limits limits = order.definition().limits();
        if (limits.turns().isPresent()) {
            draft.note(Notes.TURNS);
        }
        if (limits.budgetUsd().isPresent()) {
            draft.note(Notes.budget("codex"));
        }
    }
}
