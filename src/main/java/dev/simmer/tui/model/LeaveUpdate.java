package dev.simmer.tui.model;

import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The two ways out: leaving while everything goes on, and stopping the workspace's tasks first.
 * Tasks of other workspaces are never touched.
 */
final class LeaveUpdate {
    private LeaveUpdate() {}

    /** Leaves at once; whatever runs goes on. */
    static Step leave(Model model) {
        return Step.of(model, new Cmd.Quit(farewell(model)));
    }

    /** Asks whether the workspace's tasks are to be stopped; leaves at once where there is none. */
    static Step stopAndLeave(Model model) {
        int count = goingOn(model).size();
        if (count == 0) {
            return leave(model);
        }
        String question = "stop " + (count == 1 ? "1 task" : count + " tasks") + " and leave";
        Mode asked = new Mode.Confirm(question, "stop and leave", LeaveUpdate::stopping);
        return Step.of(model.with(m -> m.mode = asked));
    }

    /** Stops the workspace's tasks; the snapshot in which all have ended closes the dashboard. */
    private static Step stopping(Model model) {
        Set<TaskId> ids = goingOn(model);
        if (ids.isEmpty()) {
            return leave(model);
        }
        Leaving leaving = Leaving.of(model.now(), ids);
        return ask(model.with(m -> m.leaving = Optional.of(leaving)), ids, false);
    }

    /** Kills what is still being stopped. */
    static Step killAll(Model model) {
        Set<TaskId> left = left(model);
        return left.isEmpty() ? Step.of(model) : ask(model, left, true);
    }

    private static Step ask(Model model, Set<TaskId> ids, boolean now) {
        Request.Stop request = new Request.Stop(ids, now);
        Model asked = model.with(m -> m.leaving = m.leaving.map(l -> l.asking(request)));
        return Step.of(asked, new Cmd.Submit(request));
    }

    /** The workspace's tasks that run, or will without anybody saying so. */
    private static Set<TaskId> goingOn(Model model) {
        Set<TaskId> ids = new TreeSet<>();
        for (TaskView task : model.snapshot().tasks()) {
            boolean here = task.spec().workspace().equals(model.place().workspace());
            if (here && !task.phase().ended() && !task.dormant()) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    /** What has not ended yet of the tasks that are to end. */
    static Set<TaskId> left(Model model) {
        return model.leaving().map(l -> notEnded(model, l.tasks())).orElseGet(Set::of);
    }

    private static Set<TaskId> notEnded(Model model, Collection<TaskId> ids) {
        Set<TaskId> left = new TreeSet<>();
        for (TaskId id : ids) {
            if (model.snapshot().task(id).filter(t -> !t.phase().ended()).isPresent()) {
                left.add(id);
            }
        }
        return left;
    }

    /** The engine has answered, or could not. A refusal is told of where nobody leaves. */
    static Step answered(Model model, Request.Stop request, Optional<String> refusal) {
        boolean ours = model.leaving().filter(l -> l.unanswered().contains(request)).isPresent();
        if (!ours) {
            return Step.of(refusal.map(why -> Update.error(model, why)).orElse(model));
        }
        boolean taken = refusal.isEmpty();
        return closing(model.with(m -> m.leaving = m.leaving.map(l -> l.answered(request, taken))));
    }

    /** Closes the dashboard when there is nothing more to wait for. */
    private static Step closing(Model model) {
        if (model.leaving().isEmpty()) {
            return Step.of(model);
        }
        boolean late = !model.now().isBefore(model.leaving().get().until());
        return late || left(model).isEmpty() ? leave(model) : Step.of(model);
    }

    /**
     * Time has passed, or something has changed: closes the dashboard, or asks again for what was
     * refused, as it may have been because of one task that is gone, or of a supervisor that is.
     */
    static Step wait(Model model) {
        Step step = closing(model);
        if (model.leaving().isEmpty() || !step.commands().isEmpty()) {
            return step;
        }
        Leaving leaving = model.leaving().get();
        Set<TaskId> unasked = notEnded(model, leaving.unasked());
        return leaving.unanswered().isEmpty() && !unasked.isEmpty()
                ? ask(model, unasked, false)
                : step;
    }

    /** What is left to say in the terminal; empty where nothing was stopped and nothing goes on. */
    private static String farewell(Model model) {
        if (model.leaving().isPresent()) {
            Leaving leaving = model.leaving().get();
            int left = left(model).size();
            boolean asked = notEnded(model, leaving.unasked()).isEmpty();
            String how = asked ? " still being stopped" : " not stopped yet";
            int ended = leaving.tasks().size() - left;
            String stopped = ended == 1 ? "1 task stopped" : ended + " tasks stopped";
            String before = ended == 0 ? "" : stopped + ", ";
            return switch (left) {
                case 0 -> stopped;
                case 1 -> before + "1 task is" + how + "; `simmer` shows it";
                default -> before + left + " tasks are" + how + "; `simmer` shows them";
            };
        }
        int count = goingOn(model).size();
        return switch (count) {
            case 0 -> "";
            case 1 -> "1 task goes on; `simmer` shows it again";
            default -> count + " tasks go on; `simmer` shows them again";
        };
    }
}
