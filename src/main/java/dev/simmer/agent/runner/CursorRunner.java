package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.stream.Program;

/**
 * Cursor's command-line agent, after its documentation; not tried.
 *
 * <p>It takes no list of tools on its command line: it may do all ({@code --force}), or only read
 * ({@code --mode=ask}). A definition that asks for something between is refused.
 *
 * @see <a href="https://cursor.com/docs/cli/reference/parameters">its parameters</a>
 */
final class CursorRunner implements Runner {
    @Override
    public Program program() {
        return Program.CURSOR_AGENT;
    }

    @Override
    public Compiled compile(Order order) {
        Allowance allowance = Allowance.of(order.definition());
        boolean all = allowance.allows("Bash") && allowance.allows("Write");
        boolean held = allowance.patterns().isEmpty() && allowance.allows("Edit");
        if (!allowance.onlyReads() && !(all && held)) {
            return new Compiled.Refused(
                    "cursor-agent can be held to all tools or to reading only, and the definition"
                            + " asks for something between: run it with another program"
                            + " (--runner)");
        }
        Invocation.Draft draft = new Invocation.Draft(program());
        draft.word(executable(), "-p", "--output-format=stream-json");
        draft.word("--workspace=" + order.workspace());
        draft.word(allowance.onlyReads() ? "--mode=ask" : "--force");
        ModelChoice model = ModelChoice.of(order, program());
        model.name().ifPresent(name -> draft.word("--model=" + name));
        model.note().ifPresent(draft::note);
        if (allowance.allowed().isPresent()) {
            draft.note("cursor-agent cannot be held to single tools");
        }
        draft.note("cursor-agent cannot be kept from starting agents by a flag: it is told so");
        Limits limits = order.definition().limits();
        if (limits.turns().isPresent()) {
            draft.note(Notes.TURNS);
        }
        if (limits.budgetUsd().isPresent()) {
            draft.note(Notes.budget("cursor-agent"));
        }
        String told = "Do not start any other agent.\n\n" + Prompts.joined(order);
        return draft.word("--", told).compiled();
    }
}
