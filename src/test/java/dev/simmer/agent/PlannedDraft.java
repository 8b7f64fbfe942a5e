package dev.simmer.agent;

import dev.simmer.model.AgentSpec;
import java.util.List;
import java.util.Optional;

/** A plan of which single parts are changed. */
record PlannedDraft(AgentSpec.Planned planned) {
    PlannedDraft runner(String runner) {
        return of(runner, planned.limits(), planned.tools(), planned.report());
    }

    PlannedDraft limits(AgentSpec.Limits limits) {
        return of(planned.runner(), limits, planned.tools(), planned.report());
    }

    PlannedDraft tools(AgentSpec.Tools tools) {
        return of(planned.runner(), planned.limits(), tools, planned.report());
    }

    PlannedDraft report(String report) {
        return of(planned.runner(), planned.limits(), planned.tools(), report);
    }

    PlannedDraft session(Optional<String> session) {
        return rest(session, planned.worktree(), planned.copy(), planned.programSession());
    }

    PlannedDraft worktree(String... copy) {
        return rest(planned.session(), true, List.of(copy), planned.programSession());
    }

    PlannedDraft programSession(String id) {
        return rest(planned.session(), planned.worktree(), planned.copy(), Optional.of(id));
    }

    private PlannedDraft of(
            String runner, AgentSpec.Limits limits, AgentSpec.Tools tools, String report) {
        return new PlannedDraft(
                new AgentSpec.Planned(
                        planned.definition(),
                        runner,
                        planned.agentId(),
                        planned.title(),
                        report,
                        planned.session(),
                        tools,
                        limits,
                        planned.worktree(),
                        planned.copy(),
                        planned.files(),
                        planned.filesAt(),
                        planned.programSession()));
    }

    private PlannedDraft rest(
            Optional<String> session,
            boolean worktree,
            List<String> copy,
            Optional<String> programSession) {
        return new PlannedDraft(
                new AgentSpec.Planned(
                        planned.definition(),
                        planned.runner(),
                        planned.agentId(),
                        planned.title(),
                        planned.report(),
                        session,
                        planned.tools(),
                        planned.limits(),
                        worktree,
                        copy,
                        planned.files(),
                        planned.filesAt(),
                        programSession));
    }
}
