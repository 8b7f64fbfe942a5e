package dev.simmer.tui.model;

import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Forgetting finished tasks, after a question that says what is lost. */
final class CleanUpdate {
    private CleanUpdate() {}

    /** Whether something is there that can be forgotten; quick, so it does not look at needs. */
    static boolean possible(Model model) {
        for (TaskView task : model.table().rows()) {
            if (task.phase().ended() && here(model, task)) {
                return true;
            }
        }
        return false;
    }

    private static boolean here(Model model, TaskView task) {
        return task.spec().workspace().equals(model.place().workspace());
    }

    static Step ask(Model model) {
        Set<TaskId> ids = finished(model);
        if (ids.isEmpty()) {
            return Step.of(Update.say(model, "nothing here has finished and can be forgotten"));
        }
        Mode question = new Mode.Question(question(model, ids), ids);
        return Step.of(model.with(m -> m.mode = question));
    }

    /** Forgets what was asked for, but for what has been started again since. */
    static Step confirmed(Model model, Mode.Question question) {
        Model next = model.with(m -> m.mode = new Mode.Normal());
        Set<TaskId> ids = finished(next);
        ids.retainAll(question.forget());
        return ids.isEmpty()
                ? Step.of(next)
                : Step.of(next, new Cmd.Submit(new Request.Forget(ids)));
    }

    /** Where a name means a task. */
    private record Named(Object workspace, String session, String name) {
        static Named of(TaskView task, String name) {
            return new Named(task.spec().workspace(), task.spec().session(), name);
        }
    }

    /** The workspace's tasks in the table that have ended, and that no task needs that has not. */
    private static Set<TaskId> finished(Model model) {
        Set<Named> needed = new HashSet<>();
        for (TaskView task : model.snapshot().tasks()) {
            if (!task.phase().ended()) {
                for (Need need : task.spec().needs()) {
                    needed.add(Named.of(task, need.task()));
                }
            }
        }
        Set<TaskId> ids = new TreeSet<>();
        for (TaskView task : model.table().rows()) {
            if (here(model, task)
                    && task.phase().ended()
                    && !needed.contains(Named.of(task, task.name()))) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    private static String question(Model model, Set<TaskId> ids) {
        Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
        for (TaskId id : ids) {
            Optional<TaskView> task = model.snapshot().task(id);
            task.ifPresent(each -> counts.merge(each.phase(), 1, Integer::sum));
        }
        StringBuilder sorts = new StringBuilder();
        counts.forEach((phase, count) ->
                sorts.append(sorts.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(phase.word()));
        String which = model.table().filter().isBlank() ? "finished" : "finished, filtered";
        return ids.size() == 1
                ? "Forget 1 " + which + " task (" + sorts + ") with its output, for good?"
                : "Forget "
                        + ids.size()
                        + " "
                        + which
                        + " tasks ("
                        + sorts
                        + ") with their output, for good?";
    }
}
