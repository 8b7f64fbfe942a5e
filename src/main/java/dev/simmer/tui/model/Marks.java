package dev.simmer.tui.model;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is done to the marked tasks, or where none is marked to the one under the cursor. Only what
 * the filter shows is meant: a mark that cannot be seen is kept, and nothing is done to its task.
 */
public final class Marks {
    private Marks() {}

    /**
     * The tasks that an action is about, in the order of their ids; in the log only the one whose
     * log it is.
     */
    public static List<TaskView> targets(Model model) {
        boolean one = model.table().marked().isEmpty() || model.focus() == Focus.LOG;
        return one
                ? model.selected().map(List::of).orElseGet(List::of)
                : model.table().markedShown();
    }

    /** The marked tasks; where none is marked, all. In both cases as the filter lets through. */
    public static List<TaskView> orShown(Model model) {
        TaskTable table = model.table();
        return table.marked().isEmpty() ? table.rows() : table.markedShown();
    }

    /**
     * Why nothing is done where all marks are out of sight; empty where one is seen, or none is.
     */
    static Optional<String> allHidden(Model model) {
        TaskTable table = model.table();
        if (table.marked().isEmpty() || !table.markedShown().isEmpty()) {
            return Optional.empty();
        }
        int count = table.marked().size();
        String key = model.keymap().shown(Context.TABLE, Action.BACK);
        String way = key.isEmpty() ? "" : "; " + key + " takes the marks away";
        return Optional.of(
                count == 1
                        ? "nothing done: the filter hides the marked task"
                                + way.replace("marks", "mark")
                        : "nothing done: the filter hides all " + count + " marked tasks" + way);
    }

    /** Whether an action makes sense for one of the tasks that it is about. */
    static boolean works(Model model, Action action) {
        return targets(model).stream().anyMatch(task -> works(task.phase(), action));
    }

    private static boolean works(Phase phase, Action action) {
        return switch (action) {
            case STOP, KILL -> !phase.ended();
            case START -> phase.ended() || phase == Phase.WAITING || phase == Phase.BACKOFF;
            case RESTART -> phase.ended() || phase.active();
            case PAUSE -> pauses(phase) || phase == Phase.PAUSED;
            default -> true;
        };
    }

    private static boolean pauses(Phase phase) {
        return phase == Phase.RUNNING || phase == Phase.READY;
    }

    /** Whether what pauses would let the tasks go on: none of them runs, and one is paused. */
    static boolean resumes(Model model) {
        List<TaskView> tasks = targets(model);
        return tasks.stream().anyMatch(task -> task.phase() == Phase.PAUSED)
                && tasks.stream().noneMatch(task -> pauses(task.phase()));
    }

    /** Asks the engine to do something to all of them for which it makes sense. */
    static Step act(Model model, Action action) {
        List<TaskView> targets = targets(model);
        Set<TaskId> ids = new TreeSet<>();
        boolean resumes = resumes(model);
        for (TaskView task : targets) {
            boolean other = action == Action.PAUSE && resumes != (task.phase() == Phase.PAUSED);
            // One task is asked for in any case, so that the engine can say why it will not.
            if (targets.size() == 1 || (works(task.phase(), action) && !other)) {
                ids.add(task.id());
            }
        }
        Optional<String> hidden = targets.isEmpty() ? allHidden(model) : Optional.empty();
        if (hidden.isPresent()) {
            return Step.of(Update.say(model, hidden.get()));
        }
        if (ids.isEmpty()) {
            String why = "none of the " + targets.size() + " marked tasks can be told that now";
            return Step.of(targets.isEmpty() ? model : Update.say(model, why));
        }
        return request(action, ids, resumes)
                .map(request ->
                        lost(model, action, ids)
                                .map(words -> new Mode.Confirm(words, "restart", request))
                                .map(asked -> Step.of(model.with(m -> m.mode = asked)))
                                .orElseGet(() -> Step.of(model, new Cmd.Submit(request))))
                .orElseGet(() -> Step.of(model));
    }

    /** What is to be asked before agents that work are begun anew, as that work is lost. */
    private static Optional<String> lost(Model model, Action action, Set<TaskId> ids) {
        List<TaskView> working =
                action == Action.RESTART
                        ? ids.stream()
                                .flatMap(id -> model.snapshot().task(id).stream())
                                .filter(task -> task.spec().kind() == Kind.AGENT)
                                .filter(task -> task.phase().active())
                                .toList()
                        : List.of();
        return switch (working.size()) {
            case 0 -> Optional.empty();
            case 1 ->
                    Optional.of(
                            working.getFirst().name()
                                    + " is at work and would begin anew: restart it");
            default ->
                    Optional.of(
                            working.size() + " agents are at work and would begin anew: restart");
        };
    }

    private static Optional<Request> request(Action action, Set<TaskId> ids, boolean resumes) {
        return switch (action) {
            case STOP -> Optional.of(new Request.Stop(ids, false));
            case KILL -> Optional.of(new Request.Stop(ids, true));
            case START -> Optional.of(new Request.Start(ids));
            case RESTART -> Optional.of(new Request.Restart(ids));
            case PAUSE -> Optional.of(resumes ? new Request.Resume(ids) : new Request.Pause(ids));
            default -> Optional.empty();
        };
    }
}
