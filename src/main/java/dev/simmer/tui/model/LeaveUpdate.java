package dev.simmer.tui.model;

import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.List;
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

    /**
     * Stops the workspace's tasks; the snapshot in which none of them runs closes the dashboard.
     */
    static Step stopAndLeave(Model model) {
        Set<TaskId> ids = stoppable(model);
        if (ids.isEmpty()) {
            return leave(model);
        }
        Leaving leaving = new Leaving(model.now().plus(Leaving.LIMIT), List.of());
        return ask(model.with(m -> m.leaving = Optional.of(leaving)), List.of(ids), false);
    }

    /** Kills what is still being stopped. */
    static Step killAll(Model model) {
        Set<TaskId> ids = stoppable(model);
        return ids.isEmpty() ? Step.of(model) : ask(model, List.of(ids), true);
    }

    private static Step ask(Model model, List<Set<TaskId>> groups, boolean now) {
        Step step = Step.of(model);
        for (Set<TaskId> ids : groups) {
            Request.Stop request = new Request.Stop(ids, now);
            Model asked = step.model().with(m -> m.leaving = m.leaving.map(l -> l.asking(request)));
            step = new Step(asked, step.commands()).withMore(Optional.of(new Cmd.Submit(request)));
        }
        return step;
    }

    private static Set<TaskId> stoppable(Model model) {
        Set<TaskId> ids = new TreeSet<>();
        for (TaskView task : model.snapshot().tasks()) {
            if (here(model, task) && !task.phase().ended() && !dormant(task)) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    private static boolean here(Model model, TaskView task) {
        return task.spec().workspace().equals(model.place().workspace());
    }

    /** Whether a task waits for somebody who starts it. */
    private static boolean dormant(TaskView task) {
        return task.phase() == Phase.WAITING
                && !task.spec().autostart()
                && task.attempts().isEmpty();
    }

    /** The engine has answered; a stop that it took on needs nothing but patience. */
    static Step accepted(Model model, Request.Stop request) {
        return closing(answered(model, request));
    }

    /**
     * The engine has refused. That may be meant for one of several tasks, such as one that has been
     * forgotten meanwhile: so they are asked for one by one.
     */
    static Step refused(Model model, Request.Stop request, String why) {
        boolean ours = model.leaving().filter(l -> l.unanswered().contains(request)).isPresent();
        if (!ours) {
            return Step.of(Update.error(model, why));
        }
        Model next = answered(model, request);
        if (request.ids().size() == 1) {
            return closing(next);
        }
        Set<TaskId> left = stoppable(next);
        left.retainAll(request.ids());
        List<Set<TaskId>> single = left.stream().map(id -> Set.of(id)).toList();
        return single.isEmpty() ? closing(next) : ask(next, single, request.now());
    }

    /** The engine could not be asked: staying is better than leaving with a promise broken. */
    static Model unanswered(Model model, Request.Stop request, String why) {
        boolean ours = model.leaving().filter(l -> l.unanswered().contains(request)).isPresent();
        String text = ours ? "the tasks were not stopped: " + why + "; Q tries again" : why;
        return Update.error(ours ? model.with(m -> m.leaving = Optional.empty()) : model, text);
    }

    private static Model answered(Model model, Request.Stop request) {
        return model.with(m -> m.leaving = m.leaving.map(l -> l.answered(request)));
    }

    /** Closes the dashboard when that is what is waited for, and there is nothing to wait for. */
    static Step closing(Model model) {
        if (model.leaving().isEmpty()) {
            return Step.of(model);
        }
        Leaving leaving = model.leaving().get();
        boolean stopped = leaving.unanswered().isEmpty() && model.running() == 0;
        boolean late = !model.now().isBefore(leaving.until());
        return stopped || late ? leave(model) : Step.of(model);
    }

    /** What is left to say in the terminal; empty where nothing of the workspace goes on. */
    private static String farewell(Model model) {
        if (model.leaving().isPresent()) {
            int left = model.running();
            return switch (left) {
                case 0 -> "";
                case 1 -> "1 task is still being stopped; `simmer` shows it";
                default -> left + " tasks are still being stopped; `simmer` shows them";
            };
        }
        int count = stoppable(model).size();
        return switch (count) {
            case 0 -> "";
            case 1 -> "1 task goes on; `simmer` shows it again";
            default -> count + " tasks go on; `simmer` shows them again";
        };
    }
}
