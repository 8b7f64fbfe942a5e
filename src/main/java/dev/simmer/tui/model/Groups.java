package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which group a task belongs to: the first one of the task file that names it; else the task that
 * it is a batch of; else what its name has before a colon or a slash, as package scripts are named.
 *
 * @param here the workspace whose groups these are
 * @param byTask groups by their tasks' names
 */
public record Groups(WorkspaceId here, Map<String, String> byTask) {
    public Groups {
        byTask = Collections.unmodifiableMap(new LinkedHashMap<>(byTask));
    }

    /**
     * The groups of a workspace.
     *
     * @param members names of tasks by the group's name
     */
    public static Groups of(WorkspaceId here, Map<String, List<String>> members) {
        Map<String, String> byTask = new LinkedHashMap<>();
        members.forEach((group, tasks) -> tasks.forEach(task -> byTask.putIfAbsent(task, group)));
        return new Groups(here, byTask);
    }

    /** The task's group, safe to print; empty for none. */
    public String of(TaskView task) {
        String name = task.name();
        if (task.spec().workspace().equals(here)) {
            String group = byTask.get(name);
            if (group != null) {
                return TerminalText.plain(group);
            }
        }
        int end = name.endsWith("]") ? name.lastIndexOf('[') : -1;
        for (int i = 1; end < 0 && i < name.length() - 1; i++) {
            if (name.charAt(i) == ':' || name.charAt(i) == '/') {
                end = i;
            }
        }
        return end > 0 ? TerminalText.plain(name.substring(0, end)) : "";
    }
}
