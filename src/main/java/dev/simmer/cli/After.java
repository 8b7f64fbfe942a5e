package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Need;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code --after TASK[:CONDITION]}. */
final class After {
    private final WorkspaceId here;

    After(WorkspaceId here) {
        this.here = here;
    }

    /**
     * Adds the needs.
     *
     * @param snapshot has the workspace's tasks
     */
    void add(TaskSpec.Builder spec, Snapshot snapshot, List<String> texts) throws CommandRefused {
        for (String text : texts) {
            Optional<TaskView> whole = task(snapshot, text);
            if (whole.isPresent()) {
                spec.need(whole.get().name(), Need.Condition.SUCCEEDED);
                continue;
            }
            int colon = text.lastIndexOf(':');
            Optional<Need.Condition> condition = condition(text.substring(colon + 1));
            String name = colon > 0 && condition.isPresent() ? text.substring(0, colon) : text;
            Optional<TaskView> task = task(snapshot, name);
            if (task.isPresent()) {
                spec.need(task.get().name(), condition.orElse(Need.Condition.SUCCEEDED));
            } else if (colon > 0 && task(snapshot, text.substring(0, colon)).isPresent()) {
                throw CommandRefused.usage(
                        "--after knows the conditions succeeded, finished, started and ready, not "
                                + TerminalText.plain(text.substring(colon + 1)));
            } else {
                throw new CommandRefused(
                        ExitCode.NO_SUCH_TASK,
                        List.of(
                                "simmer: --after: there is no task `"
                                        + TerminalText.plain(name)
                                        + "` in this workspace's present set of tasks"
                                        + known(snapshot)));
            }
        }
    }

    /** A name that no task of the set has: a need for the one that has it would mean itself. */
    String free(Snapshot snapshot, String name) {
        String free = name;
        for (int n = 2; isTaken(snapshot, free); n++) {
            free = name + " " + n;
        }
        return free;
    }

    private boolean isTaken(Snapshot snapshot, String name) {
        return local(snapshot).stream().anyMatch(task -> task.name().equals(name));
    }

    private Optional<TaskView> task(Snapshot snapshot, String word) {
        return local(snapshot).stream()
                .filter(task -> task.id().toString().equals(word) || task.name().equals(word))
                .findFirst();
    }

    /** The tasks that a need can name. */
    private List<TaskView> local(Snapshot snapshot) {
        String session = Here.session(snapshot, here);
        List<TaskView> local = new ArrayList<>();
        for (TaskView task : snapshot.tasks()) {
            if (task.spec().workspace().equals(here) && task.spec().session().equals(session)) {
                local.add(task);
            }
        }
        return local;
    }

    private String known(Snapshot snapshot) {
        List<String> names = local(snapshot).stream().map(TaskView::name).limit(8).toList();
        return names.isEmpty()
                ? ", which is empty"
                : "; there are " + TerminalText.plain(String.join(", ", names));
    }

    private static Optional<Need.Condition> condition(String word) {
        for (Need.Condition each : Need.Condition.values()) {
            if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
