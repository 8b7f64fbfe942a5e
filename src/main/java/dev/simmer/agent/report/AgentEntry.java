package dev.simmer.agent.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a session file says of one background agent.
 *
 * @param id such as {@code bg-20260123-143000-security}; not empty
 * @param agent the definition's name; written only where the entry is missing
 * @param task in one line; written only where the entry is missing
 * @param resultLocation the report, relative to the workspace; empty leaves what stands there
 */
public record AgentEntry(
        String id, String agent, String task, Status status, Optional<String> resultLocation) {
    /** Where the agent stands. */
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED;

        /** As a session file has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AgentEntry {
        id = Clean.line(id);
        agent = Clean.line(agent);
        task = Clean.line(task);
        resultLocation = resultLocation.map(Clean::line);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an entry has no id");
        }
    }

    Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("status", status.word());
        resultLocation.ifPresent(place -> changes.put("result_location", place));
        return changes;
    }

    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("agent", agent);
        fields.put("task", task);
        fields.putAll(changes());
        return fields;
    }
}
