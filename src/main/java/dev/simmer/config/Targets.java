package dev.simmer.config;

import dev.simmer.model.Need;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tasks of a file run when somebody names some of them. */
public sealed interface Targets {
    /**
     * What runs.
     *
     * @param tasks the names of the tasks, each once, in the order of the file
     */
    record Chosen(List<String> tasks) implements Targets {
        public Chosen {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * Names that are not there.
     *
     * @param mistakes one line for each, for people
     */
    record Unknown(List<String> mistakes) implements Targets {
        public Unknown {
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * The named tasks and the tasks of the named groups, with all that they need.
     *
     * @param names of tasks and groups; none: all tasks that start with their workspace
     */
    static Targets resolve(TaskFile file, List<String> names) {
        Map<String, TaskSpec> tasks = new HashMap<>();
        Set<String> known = new LinkedHashSet<>();
        file.tasks().forEach(task -> tasks.put(task.name(), task));
        file.tasks().forEach(task -> known.add(task.name()));
        known.addAll(file.groups().keySet());
        Deque<String> open = new ArrayDeque<>();
        List<String> mistakes = new ArrayList<>();
        for (String name : names) {
            if (tasks.containsKey(name)) {
                open.add(name);
            } else if (file.groups().containsKey(name)) {
                open.addAll(file.groups().getOrDefault(name, List.of()));
            } else {
                String wrong = Visible.quoted(name) + " is no task or group of this file";
                mistakes.add(
                        DidYouMean.nearest(name, known)
                                .map(near -> wrong + "; " + Mistakes.meant(near))
                                .orElse(wrong));
            }
        }
        if (!mistakes.isEmpty()) {
            return new Unknown(mistakes);
        }
        if (names.isEmpty()) {
            file.tasks().stream()
                    .filter(TaskSpec::autostart)
                    .map(TaskSpec::name)
                    .forEach(open::add);
        }
        Set<String> chosen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            TaskSpec task = tasks.get(name);
            if (task != null && chosen.add(name)) {
                task.needs().stream().map(Need::task).forEach(open::add);
            }
        }
        return new Chosen(
                file.tasks().stream().map(TaskSpec::name).filter(chosen::contains).toList());
    }
}
