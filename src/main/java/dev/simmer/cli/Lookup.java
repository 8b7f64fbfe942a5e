package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the tasks that a command names: by their ids, or by their names, which are looked for in
 * the present set of tasks of the workspace, then in the whole workspace, then everywhere.
 */
final class Lookup {
    private final WorkspaceId here;

    Lookup(WorkspaceId here) {
        this.here = here;
    }

    /** What a word means. */
    private sealed interface Meaning {}

    private record One(TaskView task) implements Meaning {}

    private record Several(List<TaskView> tasks) implements Meaning {}

    private record None() implements Meaning {}

    /**
     * The tasks, in the order of the words, each once.
     *
     * @throws CommandRefused with a message for each word that means no task
     */
    List<TaskView> find(Optional<Connection> connection, List<String> words)
            throws CommandRefused, SupervisorFailure {
        if (connection.isEmpty()) {
            return in(Snapshot.EMPTY, words);
        }
        TaskFilter near = near(words);
        Snapshot snapshot = connection.get().snapshot(near);
        for (String word : words) {
            if (!(meaning(snapshot, word) instanceof One)) {
                return in(connection.get().snapshot(TaskFilter.ALL), words);
            }
        }
        return in(snapshot, words);
    }

    /** Where all the words can be found if they are what they mostly are. */
    private TaskFilter near(List<String> words) {
        Set<TaskId> ids = new TreeSet<>();
        for (String word : words) {
            Optional<TaskId> id = id(word);
            if (id.isEmpty()) {
                return TaskFilter.of(here);
            }
            ids.add(id.get());
        }
        return TaskFilter.of(ids);
    }

    /** The same in a snapshot that has all tasks. */
    List<TaskView> in(Snapshot snapshot, List<String> words) throws CommandRefused {
        Map<TaskId, TaskView> found = new LinkedHashMap<>();
        List<String> mistakes = new ArrayList<>();
        boolean unknown = false;
        for (String word : words) {
            Meaning meaning = meaning(snapshot, word);
            if (meaning instanceof One(TaskView task)) {
                found.put(task.id(), task);
                continue;
            }
            switch (meaning) {
                case One(TaskView task) -> found.put(task.id(), task);
                case Several(List<TaskView> tasks) -> mistakes.add(ambiguous(word, tasks));
                case None() -> {
                    mistakes.add(unknown(snapshot, word));
                    unknown = true;
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new CommandRefused(unknown ? ExitCode.NO_SUCH_TASK : ExitCode.USAGE, mistakes);
        }
        return List.copyOf(found.values());
    }

    private Meaning meaning(Snapshot snapshot, String word) {
        Optional<TaskView> byId = id(word).flatMap(snapshot::task);
        if (byId.isPresent()) {
            return new One(byId.get());
        }
        String session = Here.session(snapshot, here);
        List<TaskView> all = new ArrayList<>();
        List<TaskView> local = new ArrayList<>();
        for (TaskView task : snapshot.tasks()) {
            if (!task.name().equals(word)) {
                continue;
            }
            all.add(task);
            if (task.spec().workspace().equals(here)) {
                local.add(task);
                if (task.spec().session().equals(session)) {
                    return new One(task);
                }
            }
        }
        List<TaskView> nearest = local.isEmpty() ? all : local;
        return switch (nearest.size()) {
            case 0 -> new None();
            case 1 -> new One(nearest.getFirst());
            default -> new Several(List.copyOf(nearest));
        };
    }

    private static Optional<TaskId> id(String word) {
        try {
            long value = Long.parseLong(word);
            return value >= 1 && Character.isDigit(word.charAt(0))
                    ? Optional.of(new TaskId(value))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String unknown(Snapshot snapshot, String word) {
        List<String> names = snapshot.tasks().stream().map(TaskView::name).distinct().toList();
        String near =
                DidYouMean.nearest(word, names)
                        .map(name -> "; did you mean `" + TerminalText.plain(name) + "`?")
                        .orElse(names.isEmpty() ? "; there are none" : "");
        return "simmer: there is no task `" + TerminalText.plain(word) + "`" + near;
    }

    private static String ambiguous(String word, List<TaskView> tasks) {
        StringBuilder text = new StringBuilder("simmer: several tasks are named `");
        text.append(TerminalText.plain(word)).append("`; give the id:");
        for (TaskView task : tasks) {
            text.append(' ').append(task.id()).append(" (").append(place(task)).append(')');
        }
        return text.toString();
    }

    private static String place(TaskView task) {
        String session = task.spec().session();
        return TerminalText.plain(
                session.isEmpty() ? task.spec().workspace().toString() : "session " + session);
    }
}
