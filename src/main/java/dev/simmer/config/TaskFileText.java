package dev.simmer.config;

import dev.simmer.model.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes what was found in a project as a task file that explains itself. */
public final class TaskFileText {
    /** Texts that mean themselves in YAML without quotes, also inside of {@code []}. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][\\w./@+-]*(:[\\w./@+-]+)*");

    private static final Pattern PLAIN_LINE =
            Pattern.compile("[A-Za-z.][\\w./@+=-]*( [\\w./@+=:-]*[\\w./@+=-])*");

    private static final Set<String> OTHER_MEANING =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private TaskFileText() {}

    /** The whole file; where nothing was found it has an example. */
    public static String of(ProjectScan scan) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# What `simmer` runs here. `simmer check` tells of mistakes; `simmer` opens the");
        lines.add("# dashboard, `simmer up` starts everything in the background, and");
        lines.add("# `simmer --headless` runs the jobs to their end, as in CI.");
        lines.add("version: 1");
        lines.add("");
        lines.add("# limits: {heavy: 3, reserve: 10%}   # heavy tasks at once; memory left alone");
        lines.add(
                "# What a task needs is learned from its runs; memory: 2G beside its run declares"
                        + " it.");
        lines.add("tasks:");
        if (scan.tasks().isEmpty()) {
            example(lines);
        }
        String source = "";
        for (FoundTask task : scan.tasks()) {
            if (!task.source().equals(source)) {
                source = task.source();
                lines.add("  # From " + source + ".");
            }
            add(lines, task);
        }
        groups(lines, scan);
        return String.join("\n", lines) + "\n";
    }

    private static void example(List<String> lines) {
        lines.add("  # An example; a service would be");
        lines.add("  #   server:");
        lines.add("  #     run: ./server --port 8080");
        lines.add("  #     kind: service");
        lines.add("  #     ready: {tcp: 8080}");
        lines.add("  hello: echo hello");
    }

    private static void add(List<String> lines, FoundTask task) {
        boolean service = task.kind() == Kind.SERVICE;
        boolean brief =
                !service && task.autostart() && task.needs().isEmpty() && task.lock().isEmpty();
        String name = "  " + quoted(task.name(), PLAIN) + ":";
        String run = quoted(task.run(), PLAIN_LINE);
        if (brief) {
            lines.add(name + " " + run);
            return;
        }
        lines.add(name);
        lines.add("    run: " + run);
        if (service) {
            lines.add("    kind: service");
            lines.add(
                    task.readyLog()
                            .map(log -> "    ready: {log: " + doubleQuoted(log) + "}")
                            .orElse(
                                    "    # ready: {tcp: 3000}   # or {log: …}, {http: …}: what"
                                            + " others wait for"));
        }
        if (!task.needs().isEmpty()) {
            List<String> needs = task.needs().stream().map(n -> quoted(n, PLAIN)).toList();
            lines.add("    needs: [" + String.join(", ", needs) + "]");
        }
        task.lock()
                .ifPresent(lock ->
                        lines.add("    locks: [" + lock + "]   # one at a time: same folder"));
        if (!task.autostart()) {
            lines.add("    autostart: false   # started by name");
        }
    }

    private static void groups(List<String> lines, ProjectScan scan) {
        List<String> jobs =
                scan.tasks().stream()
                        .filter(task -> task.kind() == Kind.JOB && task.autostart())
                        .map(FoundTask::name)
                        .toList();
        boolean taken = scan.tasks().stream().anyMatch(task -> task.name().equals("checks"));
        if (jobs.size() > 1 && !taken) {
            lines.add("");
            lines.add("groups:");
            List<String> quoted = jobs.stream().map(name -> quoted(name, PLAIN)).toList();
            lines.add("  checks: [" + String.join(", ", quoted) + "]");
        }
    }

    private static String quoted(String text, Pattern plain) {
        boolean itself = plain.matcher(text).matches() && !OTHER_MEANING.contains(text);
        return itself ? text : doubleQuoted(text);
    }

    private static String doubleQuoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
