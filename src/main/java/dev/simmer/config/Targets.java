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

    /** How many names are listed where nothing near an unknown one exists. */
    int LISTED = 12;

    /**
     * The named tasks and the tasks of the named groups, with all that they need.
     *
     * @param names of tasks and groups; none: all tasks that start with their workspace
     */
    static Targets resolve(TaskFile file, List<String> names) {
        return resolve(file, names, List.of());
    }

    /**
     * The same, where the first name may be a command that was mistyped.
     *
     * @param commands what is no target, but may have been meant by the first name
     */
    static Targets resolve(TaskFile file, List<String> names, List<String> commands) {
        Map<String, TaskSpec> tasks = new HashMap<>();
        file.tasks().forEach(task -> tasks.put(task.name(), task));
        Deque<String> open = new ArrayDeque<>();
        List<String> mistakes = new ArrayList<>();
        for (String name : names) {
            if (tasks.containsKey(name)) {
                open.add(name);
            } else if (file.groups().containsKey(name)) {
                open.addAll(file.groups().getOrDefault(name, List.of()));
            } else {
                mistakes.add(
                        unknown(
                                file,
                                name,
                                mistakes.isEmpty() && open.isEmpty() ? commands : List.of()));
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

    private static String unknown(TaskFile file, String name, List<String> commands) {
        Set<String> known = new LinkedHashSet<>();
        file.tasks().forEach(task -> known.add(task.name()));
        known.addAll(file.groups().keySet());
        List<String> meant = new ArrayList<>();
        DidYouMean.nearest(name, known).ifPresent(near -> meant.add(Visible.quoted(near)));
        DidYouMean.nearest(name, commands)
                .ifPresent(near -> meant.add("the command " + Visible.quoted(near)));
        return Visible.quoted(name)
                + " is no task or group of "
                + Visible.whole(file.file().toString())
                + "; "
                + (meant.isEmpty()
                        ? listed(file)
                        : "did you mean " + String.join(" or ", meant) + "?");
    }

    /** The file's tasks and groups; the batches of a task count as one. */
    private static String listed(TaskFile file) {
        Set<String> names = new LinkedHashSet<>();
        for (TaskSpec task : file.tasks()) {
            String name = task.name();
            int index = name.endsWith("]") ? name.lastIndexOf('[') : -1;
            String whole = index > 0 ? name.substring(0, index) : name;
            names.add(file.groups().containsKey(whole) ? whole : name);
        }
        names.addAll(file.groups().keySet());
        if (names.isEmpty()) {
            return "there is none in it";
        }
        List<String> shown = names.stream().limit(LISTED).map(Visible::quoted).toList();
        return "there are " + String.join(", ", shown) + (names.size() > LISTED ? ", …" : "");
    }
}
