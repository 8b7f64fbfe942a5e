package dev.simmer.tui.model;

import dev.simmer.model.Need;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Forgetting finished tasks. They go out of sight at once and are forgotten some seconds later, so
 * that they can be had back; where the dashboard dies in between nothing is lost.
 */
final class CleanUpdate {
    /** How long it can be undone. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    /** How long a dashboard that is being left waits for the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private CleanUpdate() {}

    /** Whether something is there that can be forgotten; quick, so it does not look at needs. */
    static boolean possible(Model model) {
        for (TaskView task : Marks.orShown(model)) {
            if (task.phase().ended() && here(model, task)) {
                return true;
            }
        }
        return false;
    }

    private static boolean here(Model model, TaskView task) {
        return task.spec().workspace().equals(model.place().workspace());
    }

    /** Takes what has finished out of sight; it is forgotten once nobody has wanted it back. */
    static Step clean(Model model) {
        Set<TaskId> ids = finished(model);
        if (ids.isEmpty()) {
            String why = "nothing here has finished and can be forgotten";
            return Step.of(Update.say(model, Marks.allHidden(model).orElse(why)));
        }
        Step before = sent(model, Optional.empty());
        Cleaning cleaning = new Cleaning(ids, model.now().plus(GRACE), false, Optional.empty());
        Model hidden = with(before.model(), Optional.of(cleaning));
        return new Step(
                hidden.with(m -> m.toast = Optional.of(told(hidden, ids, cleaning.due()))),
                before.commands());
    }

    private static Toast told(Model model, Set<TaskId> ids, Instant until) {
        boolean marked = !model.table().marked().isEmpty();
        boolean all = model.table().filter().isBlank();
        String which = marked ? "finished, marked" : all ? "finished" : "finished, filtered";
        String count =
                ids.size() == 1 ? "1 " + which + " task" : ids.size() + " " + which + " tasks";
        String key = model.keymap().shown(Context.TABLE, Action.UNDO);
        String back =
                key.isEmpty()
                        ? ""
                        : "; " + key + " brings " + (ids.size() == 1 ? "it" : "them") + " back";
        return new Toast(count + " cleaned" + back, false, until);
    }

    /** Whether something that was cleaned can be had back. */
    static boolean undoable(Model model) {
        return model.acting().cleaning().filter(each -> !each.sent()).isPresent();
    }

    static Step undo(Model model) {
        if (!undoable(model)) {
            return Step.of(Update.say(model, "there is nothing to undo"));
        }
        int count = model.acting().cleaning().orElseThrow().tasks().size();
        String words = count == 1 ? "the task is back" : count + " tasks are back";
        return Step.of(Update.say(with(model, Optional.empty()), words));
    }

    /** The snapshot without what was cleaned and has stayed at its end. */
    static Snapshot shown(Model model) {
        Snapshot all = model.snapshot();
        if (model.acting().cleaning().isEmpty()) {
            return all;
        }
        Set<TaskId> hidden = model.acting().cleaning().get().tasks();
        List<TaskView> left =
                all.tasks().stream()
                        .filter(task -> !hidden.contains(task.id()) || !task.phase().ended())
                        .toList();
        return new Snapshot(
                all.version(), all.at(), all.host(), left, all.workspaces(), all.trouble());
    }

    /** Forgets what is due, and closes a dashboard that has waited long enough for the answer. */
    static Step clock(Step step) {
        Model model = step.model();
        Optional<Cleaning> cleaning =
                model.acting().cleaning().filter(each -> !model.now().isBefore(each.due()));
        if (cleaning.isEmpty()) {
            return step;
        }
        if (cleaning.get().farewell().isPresent()) {
            return step.withMore(cleaning.get().farewell().map(Cmd.Quit::new));
        }
        return cleaning.get().sent() ? step : step.then(sent(model, Optional.empty()));
    }

    /** Where the dashboard would close, what was cleaned is forgotten first. */
    static Step leaving(Step step) {
        Optional<Cleaning> cleaning = step.model().acting().cleaning();
        if (cleaning.isEmpty() || cleaning.get().farewell().isPresent()) {
            return step;
        }
        for (Cmd command : step.commands()) {
            if (command instanceof Cmd.Quit(String farewell)) {
                List<Cmd> others = new ArrayList<>(step.commands());
                others.remove(command);
                Step rest = new Step(step.model(), others);
                return rest.then(sent(step.model(), Optional.of(farewell)));
            }
        }
        return step;
    }

    /** Asks the engine for what was cleaned, if it was not asked; nothing where nothing is left. */
    private static Step sent(Model model, Optional<String> farewell) {
        Optional<Cleaning> cleaning = model.acting().cleaning();
        if (cleaning.isEmpty() || (cleaning.get().sent() && farewell.isEmpty())) {
            return Step.of(model);
        }
        Set<TaskId> ids = ended(model, cleaning.get().tasks());
        if (ids.isEmpty()) {
            Model none = with(model, Optional.empty());
            return farewell.isPresent()
                    ? Step.of(none, new Cmd.Quit(farewell.get()))
                    : Step.of(none);
        }
        Cleaning asked = new Cleaning(ids, model.now().plus(PATIENCE), true, farewell);
        Model next = with(model, Optional.of(asked));
        return cleaning.get().sent()
                ? Step.of(next)
                : Step.of(next, new Cmd.Submit(new Request.Forget(ids)));
    }

    private static Set<TaskId> ended(Model model, Set<TaskId> ids) {
        Set<TaskId> left = new TreeSet<>();
        for (TaskId id : ids) {
            if (model.snapshot().task(id).filter(task -> task.phase().ended()).isPresent()) {
                left.add(id);
            }
        }
        return left;
    }

    /** What has been forgotten is out of the snapshot: nothing is to be hidden any more. */
    static Model gone(Model model) {
        return model.acting().cleaning().filter(each -> each.farewell().isEmpty()).isPresent()
                        && ended(model, model.acting().cleaning().get().tasks()).isEmpty()
                ? model.with(m -> m.acting = m.acting.cleaning(Optional.empty()))
                : model;
    }

    /** The engine has forgotten these; the others are seen again. */
    static Step forgotten(Model model, Request.Forget request, List<TaskId> ids) {
        Optional<Cleaning> cleaning = asked(model, request);
        Optional<Cleaning> left =
                cleaning.filter(_ -> !ids.isEmpty())
                        .map(c -> new Cleaning(Set.copyOf(ids), c.due(), true, c.farewell()));
        Model next = cleaning.isPresent() ? with(model, left) : model;
        return Step.of(next).withMore(cleaning.flatMap(Cleaning::farewell).map(Cmd.Quit::new));
    }

    /** The engine has refused, or cannot be asked. */
    static Step failed(Model model, Request.Forget request, String why) {
        Optional<Cleaning> cleaning = asked(model, request);
        Model next = cleaning.isPresent() ? with(model, Optional.empty()) : model;
        return Step.of(Update.error(next, why))
                .withMore(cleaning.flatMap(Cleaning::farewell).map(Cmd.Quit::new));
    }

    private static Optional<Cleaning> asked(Model model, Request.Forget request) {
        return model.acting().cleaning().filter(each -> each.tasks().equals(request.ids()));
    }

    private static Model with(Model model, Optional<Cleaning> cleaning) {
        Model next = model.with(m -> m.acting = m.acting.cleaning(cleaning));
        return Update.scoped(next, next.scope().everywhere());
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
        for (TaskView task : Marks.orShown(model)) {
            if (here(model, task)
                    && task.phase().ended()
                    && !needed.contains(Named.of(task, task.name()))) {
                ids.add(task.id());
            }
        }
        return ids;
    }
}
