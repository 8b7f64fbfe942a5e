package dev.simmer.agent.report;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Simmer knows of a run for its report.
 *
 * @param title one line, such as the task's first
 * @param agentId the background agent id
 * @param attempt which attempt of the agent it is, by any name; empty where that is not known
 * @param session the session file as the prompt names it
 * @param created when the run began
 * @param changedElsewhere files that changed during the run, other than its report and session
 * @param notes what else is to be known of the run, such as a session file that was left alone; one
 *     line each
 * @param worktree where an isolated agent's changes are, with their statistics; a line each
 */
public record ReportFacts(
        String title,
        String agentId,
        String attempt,
        Optional<String> session,
        OffsetDateTime created,
        List<String> changedElsewhere,
        List<String> notes,
        List<String> worktree) {
    static final String TYPE = "background-agent-output";
    static final String UNPROCESSED = "unprocessed";
    static final String PROCESSED = "processed";

    /** Of an earlier attempt, whose id the report of a later one carries too. */
    static final String SUPERSEDED = "superseded";

    public ReportFacts {
        title = Clean.line(title);
        title = title.isEmpty() ? "Background agent" : title;
        agentId = Clean.line(agentId);
        attempt = Clean.line(attempt);
        changedElsewhere = changedElsewhere.stream().map(Clean::line).toList();
        notes = notes.stream().map(Clean::line).toList();
        worktree = worktree.stream().map(Clean::line).toList();
    }

    /** Facts without notes. */
    public ReportFacts(
            String title,
            String agentId,
            Optional<String> session,
            OffsetDateTime created,
            List<String> changedElsewhere) {
        this(title, agentId, "", session, created, changedElsewhere, List.of(), List.of());
    }

    /** The lists that the front matter gets, where they are not empty. */
    Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("files_changed_elsewhere", changedElsewhere);
        lists.put("notes", notes);
        lists.put("worktree", worktree);
        lists.values().removeIf(List::isEmpty);
        return lists;
    }

    /** The front matter's value for a session: its file's name; empty text where there is none. */
    String sessionReference() {
        return session.map(Clean::line)
                .map(path -> String.valueOf(Path.of(path).getFileName()))
                .orElse("");
    }

    String createdText() {
        return DateTimeFormatter.ISO_INSTANT.format(
                created.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
    }

    /** The keys below {@code report:}, in the contract's order. */
    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("title", title);
        keys.put("type", TYPE);
        keys.put("status", UNPROCESSED);
        keys.put("created", createdText());
        keys.put("background_agent_id", agentId);
        keys.put("session_reference", sessionReference());
        return keys;
    }
}
