package dev.simmer.headless;

import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of a task file that is run: what was asked for, and what that needs.
 *
 * @param tasks in the order of the file; each starts by itself
 * @param wanted the names of those that were asked for
 */
public record Selection(List<TaskSpec> tasks, Set<String> wanted) {
    public Selection {
        tasks = List.copyOf(tasks);
        wanted = Collections.unmodifiableSet(new LinkedHashSet<>(wanted));
    }

    /**
     * What a run of these targets is made of.
     *
     * @param targets what was asked for, tasks and groups of the file; none: all that starts with
     *     the workspace
     * @param chosen the names of the targets' tasks and of all that they need
     */
    public static Selection of(TaskFile file, List<String> targets, Collection<String> chosen) {
        Set<String> names = new HashSet<>(chosen);
        List<TaskSpec> tasks =
                file.tasks().stream()
                        .filter(task -> names.contains(task.name()))
                        .map(task -> withAutostart(task, true))
                        .toList();
        Set<String> wanted = new LinkedHashSet<>();
        for (String target : targets) {
            wanted.addAll(file.groups().getOrDefault(target, List.of(target)));
        }
        if (targets.isEmpty()) {
            file.tasks().stream()
                    .filter(TaskSpec::autostart)
                    .map(TaskSpec::name)
                    .forEach(wanted::add);
        }
        return new Selection(tasks, wanted);
    }

    /** All tasks of the file, of which those of these names start by themselves. */
    public static List<TaskSpec> starting(TaskFile file, Collection<String> chosen) {
        Set<String> names = new HashSet<>(chosen);
        return file.tasks().stream()
                .map(task -> withAutostart(task, names.contains(task.name())))
                .toList();
    }

    private static TaskSpec withAutostart(TaskSpec task, boolean autostart) {
        return task.autostart() == autostart ? task : task.edit().autostart(autostart).build();
    }
}
