package dev.simmer.cli;

import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the opening of a dashboard takes on: what the supervisor does not know yet, and what the
 * task file describes in another way now. What has ended stays as it is, unless the whole workspace
 * was stopped: then what was stopped starts again. Whatever cannot start without a task that stays
 * as it is waits until somebody starts it.
 *
 * @param tasks what is submitted
 * @param existing how
 * @param left those that start by themselves, have ended in another way than well and stay so
 */
record OpeningPlan(List<TaskSpec> tasks, Request.Existing existing, List<TaskView> left) {
    private enum Fate {
        /** It is taken on, and starts where it starts by itself. */
        BEGINS,
        /** It is taken on, and waits to be started. */
        HELD,
        /** It runs or waits. */
        GOES_ON,
        /** It has ended. */
        STAYS
    }

    /**
     * @param snapshot what the supervisor knows of the workspace
     * @param file the file's tasks; autostart says which start
     */
    static OpeningPlan of(Snapshot snapshot, WorkspaceId here, List<TaskSpec> file) {
        Map<String, TaskView> known = new HashMap<>();
        String session = Here.session(snapshot, here);
        for (TaskView task : snapshot.tasks()) {
            if (task.spec().workspace().equals(here) && task.spec().session().equals(session)) {
                known.put(task.name(), task);
            }
        }
        Map<String, Fate> fates = fates(known, file);
        List<TaskSpec> begin = new ArrayList<>();
        List<TaskSpec> keep = new ArrayList<>();
        List<TaskView> left = new ArrayList<>();
        boolean anew = false;
        for (TaskSpec spec : file) {
            TaskView before = known.get(spec.name());
            switch (fate(fates, spec.name())) {
                case BEGINS -> {
                    begin.add(spec);
                    anew |= before != null && endedByItself(before.phase());
                }
                case HELD -> begin.add(spec.edit().autostart(false).build());
                case GOES_ON -> begin.add(spec);
                case STAYS -> {
                    if (before != null && endedByItself(before.phase())) {
                        keep.add(spec);
                    }
                    // What was skipped starts with what it needs.
                    boolean follows =
                            before != null
                                    && before.phase() == Phase.SKIPPED
                                    && !isKept(spec, fates, known);
                    if (before != null
                            && spec.autostart()
                            && !follows
                            && before.phase() != Phase.SUCCEEDED) {
                        left.add(before);
                    }
                }
            }
        }
        if (!anew) {
            // The engine leaves them as they are, too, also those that end just now.
            begin.addAll(keep);
        }
        return new OpeningPlan(
                begin, anew ? Request.Existing.BEGIN_ENDED : Request.Existing.KEEP, left);
    }

    /** The same, saying nothing of some tasks, which are begun in another way. */
    OpeningPlan without(Set<String> names) {
        List<TaskView> others = left.stream().filter(task -> !names.contains(task.name())).toList();
        return new OpeningPlan(tasks, existing, others);
    }

    /** What the user should know; empty where everything is as the file wants it. */
    Optional<String> note() {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Map<Phase, Long> counts =
                left.stream()
                        .collect(
                                Collectors.groupingBy(
                                        TaskView::phase,
                                        () -> new EnumMap<>(Phase.class),
                                        Collectors.counting()));
        String sums =
                counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + word(each.getKey()))
                        .collect(Collectors.joining(", "));
        return Optional.of(
                sums
                        + " before and "
                        + (left.size() == 1 ? "was" : "were")
                        + " not started again; s starts the selected task");
    }

    private static String word(Phase phase) {
        return switch (phase) {
            case KILLED -> "stopped";
            case TIMED_OUT -> "timed out";
            case WAITING,
                    STARTING,
                    RUNNING,
                    READY,
                    PAUSED,
                    STOPPING,
                    BACKOFF,
                    SUCCEEDED,
                    FAILED,
                    SKIPPED,
                    LOST ->
                    phase.word();
        };
    }

    private static Map<String, Fate> fates(Map<String, TaskView> known, List<TaskSpec> file) {
        boolean stopped = wasStopped(known);
        Map<String, Fate> fates = new HashMap<>();
        for (TaskSpec spec : file) {
            fates.put(spec.name(), alone(known.get(spec.name()), spec, stopped));
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (TaskSpec spec : file) {
                if (fate(fates, spec.name()) == Fate.BEGINS && isKept(spec, fates, known)) {
                    TaskView before = known.get(spec.name());
                    boolean ended = before != null && before.phase().ended();
                    fates.put(spec.name(), ended ? Fate.STAYS : Fate.HELD);
                    changed = true;
                }
            }
        }
        return fates;
    }

    private static Fate fate(Map<String, Fate> fates, String name) {
        return fates.getOrDefault(name, Fate.GOES_ON);
    }

    /** What becomes of a task, whatever it needs. */
    private static Fate alone(@Nullable TaskView before, TaskSpec spec, boolean stopped) {
        if (before == null || before.dormant()) {
            return Fate.BEGINS;
        }
        if (!before.phase().ended()) {
            return Fate.GOES_ON;
        }
        if (Description.differs(spec, before.spec())) {
            return Fate.BEGINS;
        }
        return stopped && !endedByItself(before.phase()) ? Fate.BEGINS : Fate.STAYS;
    }

    /** Whether it needs a task that would have to run again for it, or is held itself. */
    private static boolean isKept(
            TaskSpec spec, Map<String, Fate> fates, Map<String, TaskView> known) {
        for (Need need : spec.needs()) {
            Fate fate = fate(fates, need.task());
            TaskView other = known.get(need.task());
            boolean met =
                    other != null
                            && switch (need.condition()) {
                                case SUCCEEDED, READY -> other.phase() == Phase.SUCCEEDED;
                                case FINISHED -> true;
                                case STARTED -> other.startedAt().isPresent();
                            };
            if (fate == Fate.HELD || (fate == Fate.STAYS && !met)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing runs or waits any more, and something was stopped or lost. */
    private static boolean wasStopped(Map<String, TaskView> known) {
        boolean stopped = false;
        for (TaskView task : known.values()) {
            if (!task.phase().ended() && !task.dormant()) {
                return false;
            }
            stopped |= task.phase() == Phase.KILLED || task.phase() == Phase.LOST;
        }
        return stopped;
    }

    private static boolean endedByItself(Phase phase) {
        return phase == Phase.SUCCEEDED || phase == Phase.FAILED || phase == Phase.TIMED_OUT;
    }
}
