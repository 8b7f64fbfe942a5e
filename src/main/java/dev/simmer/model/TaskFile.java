package dev.simmer.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checked task file: needs resolve, there are no cycles.
 *
 * @param name the workspace's name for people
 * @param workspace the folder
 * @param file where it was read from
 * @param limits what may run at once
 * @param tasks in the order of the file; an {@code each} task is there once a batch
 * @param groups named lists of task names; an {@code each} task's name is a group of its batches
 * @param warnings what is odd but no mistake, each with its place
 */
public record TaskFile(
        String name,
        WorkspaceId workspace,
        Path file,
        Limits limits,
        List<TaskSpec> tasks,
        Map<String, List<String>> groups,
        List<String> warnings) {
    public TaskFile {
        tasks = List.copyOf(tasks);
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        warnings = List.copyOf(warnings);
    }
}
