package dev.simmer.tui.model;

import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the tasks of the table together in groups. */
final class Sections {
    private Sections() {}

    /** A group: groups of a smaller rank come first, those of one rank by their titles. */
    private record Section(int rank, String title) {}

    private static final Section WANTS = new Section(0, "wants you");
    private static final Section RUNNING = new Section(1, "running");
    private static final Section WAITING = new Section(2, "waiting");
    private static final Section FAILED = new Section(3, "failed");
    private static final Section ENDED = new Section(4, "ended");
    private static final Section DORMANT = new Section(5, "not started");

    private static final Comparator<Section> ORDER =
            Comparator.comparingInt(Section::rank)
                    .thenComparing(Section::title, NaturalOrder.IGNORING_CASE)
                    .thenComparing(Section::title);

    /** The lines of a table. The tasks keep their order within each group. */
    static List<TableLine> lines(
            List<TaskView> tasks, TableChoice choice, Scope scope, Groups groups) {
        List<TableLine> lines = new ArrayList<>(tasks.size() + 8);
        if (choice.grouping() == Grouping.NOTHING) {
            tasks.forEach(task -> lines.add(new TableLine.Task(task)));
            return lines;
        }
        Map<Section, List<TaskView>> sections = new TreeMap<>(ORDER);
        for (TaskView task : tasks) {
            Section section = section(task, choice.grouping(), scope, groups);
            sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(task);
        }
        sections.forEach((section, members) -> {
            TableLine.Heading heading = heading(section, members, choice);
            lines.add(heading);
            if (!heading.folded()) {
                members.forEach(task -> lines.add(new TableLine.Task(task)));
            }
        });
        return lines;
    }

    /** The key of the group that a task is in. */
    static String key(TaskView task, Grouping grouping, Scope scope, Groups groups) {
        return key(section(task, grouping, scope, groups), grouping);
    }

    private static String key(Section section, Grouping grouping) {
        return grouping.word() + ":" + section.title();
    }

    private static TableLine.Heading heading(
            Section section, List<TaskView> tasks, TableChoice choice) {
        int attention = 0;
        int failed = 0;
        int running = 0;
        for (TaskView task : tasks) {
            attention += AgentWords.wantsAttention(task) ? 1 : 0;
            failed += task.phase().failed() ? 1 : 0;
            running += task.phase().active() ? 1 : 0;
        }
        String key = key(section, choice.grouping());
        boolean folded = choice.folded().contains(key);
        return new TableLine.Heading(
                key, section.title(), tasks.size(), attention, failed, running, folded);
    }

    private static Section section(TaskView task, Grouping grouping, Scope scope, Groups groups) {
        return switch (grouping) {
            case NOTHING -> throw new IllegalArgumentException("nothing is grouped by nothing");
            case STATE -> state(task);
            case GROUP -> {
                String group = groups.of(task);
                yield group.isEmpty() ? new Section(1, "no group") : new Section(0, group);
            }
            case WORKSPACE -> {
                boolean here = task.spec().workspace().equals(groups.here());
                boolean now = here && task.spec().session().equals(scope.session());
                yield new Section(now ? 0 : here ? 1 : 2, Scope.label(task));
            }
        };
    }

    private static Section state(TaskView task) {
        if (AgentWords.wantsAttention(task)) {
            return WANTS;
        }
        Phase phase = task.phase();
        return switch (phase) {
            case STARTING, RUNNING, READY, PAUSED, STOPPING -> RUNNING;
            case BACKOFF -> WAITING;
            case WAITING -> task.dormant() ? DORMANT : WAITING;
            case FAILED, TIMED_OUT, LOST -> FAILED;
            case SUCCEEDED, KILLED, SKIPPED -> ENDED;
        };
    }
}
