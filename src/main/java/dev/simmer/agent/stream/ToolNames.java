package dev.simmer.agent.stream;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that programs have for the same tools. The common names, in definitions and in events,
 * are those of Claude Code; a tool that is known to one program only keeps its name.
 */
public final class ToolNames {
    /** The common names of tools that start further agents. */
    public static final Set<String> SPAWNING = ordered("Task", "Agent", "Workflow");

    /** The common names of tools that change files or run what may change them. */
    public static final Set<String> WRITING =
            ordered("Write", "Edit", "MultiEdit", "NotebookEdit", "Bash");

    private static final Map<String, List<String>> GEMINI =
            Map.ofEntries(
                    Map.entry("Read", List.of("read_file", "read_many_files")),
                    Map.entry("Write", List.of("write_file")),
                    Map.entry("Edit", List.of("replace")),
                    Map.entry("Bash", List.of("run_shell_command")),
                    Map.entry("Glob", List.of("glob", "list_directory")),
                    Map.entry("Grep", List.of("grep_search", "search_file_content")),
                    Map.entry("WebFetch", List.of("web_fetch")),
                    Map.entry("WebSearch", List.of("google_web_search")),
                    Map.entry("TodoWrite", List.of("write_todos")),
                    Map.entry("Skill", List.of("activate_skill")),
                    Map.entry("AskUserQuestion", List.of("ask_user")),
                    Map.entry("Task", List.of("invoke_agent", "delegate_to_agent")));

    private static final Map<String, List<String>> OPENCODE =
            Map.ofEntries(
                    Map.entry("Read", List.of("read")),
                    Map.entry("Write", List.of("write")),
                    Map.entry("Edit", List.of("edit", "apply_patch", "patch")),
                    Map.entry("MultiEdit", List.of("multiedit")),
                    Map.entry("Bash", List.of("bash")),
                    Map.entry("Glob", List.of("glob", "list")),
                    Map.entry("Grep", List.of("grep")),
                    Map.entry("WebFetch", List.of("webfetch")),
                    Map.entry("WebSearch", List.of("websearch")),
                    Map.entry("TodoWrite", List.of("todowrite")),
                    Map.entry("TodoRead", List.of("todoread")),
                    Map.entry("Skill", List.of("skill")),
                    Map.entry("AskUserQuestion", List.of("question")),
                    Map.entry("Task", List.of("task")));

    private static final Map<String, List<String>> CURSOR =
            Map.ofEntries(
                    Map.entry("Read", List.of("read")),
                    Map.entry("Write", List.of("write", "delete")),
                    Map.entry("Edit", List.of("edit")),
                    Map.entry("Bash", List.of("shell")),
                    Map.entry("Glob", List.of("glob", "ls")),
                    Map.entry("Grep", List.of("grep", "semSearch")),
                    Map.entry("WebFetch", List.of("webFetch", "fetch")),
                    Map.entry("WebSearch", List.of("webSearch")),
                    Map.entry("TodoWrite", List.of("updateTodos", "todo")),
                    Map.entry("Task", List.of("task")));

    private ToolNames() {}

    private static Set<String> ordered(String... names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }

    private static Map<String, List<String>> names(Program program) {
        return switch (program) {
            case GEMINI -> GEMINI;
            case OPENCODE -> OPENCODE;
            case CURSOR_AGENT -> CURSOR;
            case CLAUDE, CODEX, COMMAND -> Map.of();
        };
    }

    /** The common name of a program's tool. */
    public static String common(Program program, String tool) {
        for (Map.Entry<String, List<String>> each : new TreeMap<>(names(program)).entrySet()) {
            if (each.getValue().contains(tool)) {
                return each.getKey();
            }
        }
        return tool;
    }

    /** The names that a program has for a tool of that common name; the name itself if none. */
    public static List<String> own(Program program, String common) {
        return names(program).getOrDefault(common, List.of(common));
    }
}
