package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each task did and why since the dashboard was opened, which the engine does not remember.
 * Immutable; what has not changed is shared.
 *
 * <p>A stretch goes on until the next one of its task begins. Reasons that differ in their figures
 * only are one: what waits for memory waits for one thing, however much of it there is.
 *
 * @param since when the first snapshot was made
 * @param at when the newest was
 * @param tasks the stretches of each task that there is, oldest first
 */
public record Observed(Instant since, Instant at, Map<TaskId, List<Stretch>> tasks) {
    /** Nothing was seen. */
    public static final Observed NOTHING = new Observed(Instant.EPOCH, Instant.EPOCH, Map.of());

    /** Stretches of one task that are kept. */
    static final int KEPT = 100;

    /**
     * A time in which a task stood in one way.
     *
     * @param from when it began, or was first seen
     * @param phase the task's state
     * @param wants whether it waited for a person
     * @param attempt the newest attempt's number
     * @param reason why it was in that state, safe to print; may be empty
     */
    public record Stretch(Instant from, Phase phase, boolean wants, int attempt, String reason) {}

    /** What was seen of a task, oldest first. */
    public List<Stretch> of(TaskId task) {
        return tasks.getOrDefault(task, List.of());
    }

    /** The same after one snapshot more. */
    Observed with(Snapshot snapshot) {
        if (snapshot.at().equals(Instant.EPOCH)) {
            return this;
        }
        Map<TaskId, List<Stretch>> news = new HashMap<>();
        for (TaskView task : snapshot.tasks()) {
            List<Stretch> known = of(task.id());
            boolean wants = AgentWords.wantsAttention(task);
            if (known.isEmpty() || !same(known.getLast(), task, wants)) {
                news.put(task.id(), more(known, task, wants, snapshot.at()));
            }
        }
        Map<TaskId, List<Stretch>> next = tasks;
        if (!news.isEmpty()) {
            next = new HashMap<>(tasks);
            next.putAll(news);
            if (next.size() > 2 * snapshot.tasks().size() + 64) {
                next.keySet().removeIf(id -> snapshot.task(id).isEmpty());
            }
        }
        Instant first = since.equals(Instant.EPOCH) ? snapshot.at() : since;
        return new Observed(first, snapshot.at(), next);
    }

    /** Compares the reason as it came first: most often nothing has changed. */
    private static boolean same(Stretch last, TaskView task, boolean wants) {
        return last.phase() == task.phase()
                && last.wants() == wants
                && last.attempt() == task.attempt()
                && alike(last.reason(), task.reason());
    }

    /** Whether two reasons are the same but for their figures. */
    static boolean alike(String one, String other) {
        int i = 0;
        int k = 0;
        while (true) {
            while (i < one.length() && isFigure(one.charAt(i))) {
                i++;
            }
            while (k < other.length() && isFigure(other.charAt(k))) {
                k++;
            }
            if (i == one.length() || k == other.length()) {
                return i == one.length() && k == other.length();
            }
            if (one.charAt(i++) != other.charAt(k++)) {
                return false;
            }
        }
    }

    /** Figures and the units that change with them. */
    private static boolean isFigure(char c) {
        return (c >= '0' && c <= '9') || ".KMGTsmh %".indexOf(c) >= 0;
    }

    private static List<Stretch> more(
            List<Stretch> known, TaskView task, boolean wants, Instant at) {
        List<Stretch> all = new ArrayList<>(known);
        String reason = TerminalText.plain(task.reason());
        all.add(new Stretch(at, task.phase(), wants, task.attempt(), reason));
        return List.copyOf(all.size() > KEPT ? all.subList(all.size() - KEPT, all.size()) : all);
    }
}
