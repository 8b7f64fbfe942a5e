package dev.simmer.agent;

import dev.simmer.agent.report.AgentEntry;
import dev.simmer.agent.report.SafePath;
import dev.simmer.agent.report.SessionFile;
import dev.simmer.model.AgentSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An agent's entry in its session file, if it has one. The file is always that of the user's
 * workspace.
 */
record Entry(Path workspace, AgentSpec.Planned planned) {
    /** Sets it; why it could not be set, else nothing. Blocks at most about 30 s. */
    Optional<String> set(AgentEntry.Status status, Optional<String> result) {
        if (planned.session().isEmpty()) {
            return Optional.empty();
        }
        return switch (SafePath.check(workspace, planned.session().get(), "session file")) {
            case SafePath.Refused(String words) -> Optional.of(words);
            case SafePath.Inside file ->
                    switch (SessionFile.set(file, entry(status, result))) {
                        case SessionFile.Result.Settled _ -> Optional.empty();
                        case SessionFile.Result.LeftAlone(String reason) -> Optional.of(reason);
                    };
        };
    }

    /** Why it could not be set as the file is now; changes nothing. */
    Optional<String> fault() {
        if (planned.session().isEmpty()) {
            return Optional.empty();
        }
        return switch (SafePath.check(workspace, planned.session().get(), "session file")) {
            case SafePath.Refused(String words) -> Optional.of(words);
            case SafePath.Inside file ->
                    SessionFile.fault(file, entry(AgentEntry.Status.RUNNING, Optional.empty()));
        };
    }

    private AgentEntry entry(AgentEntry.Status status, Optional<String> result) {
        return new AgentEntry(
                planned.agentId(), planned.definition(), planned.title(), status, result);
    }
}
