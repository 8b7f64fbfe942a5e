package dev.simmer.agent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a background agent is told to do, in the plain-text form that agents are written for:
 *
 * <pre>{@code
 * Run security audit on auth module.
 *
 * Files:
 * - src/auth/endpoints.py
 *
 * Check for OWASP Top 10 vulnerabilities.
 *
 * Write report to: .agents/reports/20260123-143000-auth-security.md
 *
 * Session: .agents/sessions/20260123-140000-auth-feature.md
 * Background Agent ID: bg-20260123-143000-auth-security
 * }</pre>
 *
 * @param task in paragraphs with an empty line between; the files stand after the first
 * @param files paths or words for a scope, in their order
 * @param report where the report is to lie, relative to the workspace
 * @param session the session file
 * @param agentId the background agent id
 */
public record Prompt(
        String task,
        List<String> files,
        Optional<String> report,
        Optional<String> session,
        Optional<String> agentId) {
    public Prompt {
        files = List.copyOf(files);
    }

    /** Reads the form, whatever is missing in it and in whatever order it is. Never fails. */
    public static Prompt parse(String text) {
        return new PromptReader(text).read();
    }

    /** What makes it unfit for the form, in words; empty where it is fit. */
    public List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (task.isBlank()) {
            mistakes.add("the task is empty: say what is to be done");
        }
        files.forEach(file -> check(mistakes, "file", file));
        report.ifPresent(path -> check(mistakes, "report path", path));
        session.ifPresent(path -> check(mistakes, "session path", path));
        agentId.ifPresent(id -> check(mistakes, "background agent id", id));
        return mistakes;
    }

    private static void check(List<String> mistakes, String what, String value) {
        if (value.isBlank()) {
            mistakes.add("a " + what + " is empty: leave it out or name it");
        } else if (Clean.unfit(value)) {
            mistakes.add(
                    "the "
                            + what
                            + " \""
                            + Clean.line(value)
                            + "\" holds a line break or a control character: write it without");
        }
    }

    /** The form; control characters in any part are left out of it. Ends with a line break. */
    public String text() {
        List<String> parts = new ArrayList<>();
        String[] task = Clean.lines(this.task).strip().split("\n[ \t]*\n", 2);
        parts.add(task[0]);
        if (!files.isEmpty()) {
            StringBuilder list = new StringBuilder("Files:");
            files.forEach(file -> list.append("\n- ").append(Clean.line(file)));
            parts.add(list.toString());
        }
        if (task.length > 1) {
            parts.add(task[1].strip());
        }
        report.ifPresent(path -> parts.add("Write report to: " + Clean.line(path)));
        List<String> last = new ArrayList<>();
        session.ifPresent(path -> last.add("Session: " + Clean.line(path)));
        agentId.ifPresent(id -> last.add("Background Agent ID: " + Clean.line(id)));
        if (!last.isEmpty()) {
            parts.add(String.join("\n", last));
        }
        return String.join("\n\n", parts) + "\n";
    }

    /** The same with these where they are missing. */
    public Prompt orElse(String reportPath, String id) {
        return new Prompt(
                task,
                files,
                Optional.of(report.orElse(reportPath)),
                session,
                Optional.of(agentId.orElse(id)));
    }
}
