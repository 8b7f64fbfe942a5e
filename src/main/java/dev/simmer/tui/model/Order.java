package dev.simmer.tui.model;

import dev.simmer.model.AgentRun;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of the table's rows, and the figures that it was made by.
 *
 * <p>Rows that are sorted by a figure that changes all the time would never stand still. So a row
 * keeps the figure that it came to its place by until the true one is far enough from it, and as
 * long as somebody moves in the table nothing changes its place.
 *
 * @param by the column that the figures are of
 * @param figures for each task the figure that it has its place by; only where these change all the
 *     time
 */
record Order(Column by, Map<TaskId, Double> figures) {
    /** Sorted by what does not change. */
    static final Order NONE = new Order(Column.ID, Map.of());

    /** A share of one core that is not worth another place. */
    private static final double CPU_STEP = 0.05;

    /** Bytes that are not worth another place. */
    private static final double MEMORY_STEP = 16 << 20;

    /** The part of a figure that is not worth another place. */
    private static final double STEP = 0.15;

    /**
     * The figures for a newer snapshot.
     *
     * @param still whether everything that is known already keeps its place
     */
    Order next(List<TaskView> tasks, Column column, boolean still) {
        boolean restless = column == Column.CPU || column == Column.MEMORY;
        if (!restless) {
            return NONE;
        }
        boolean same = column == by;
        Map<TaskId, Double> next = new HashMap<>(tasks.size() * 4 / 3 + 1);
        for (TaskView task : tasks) {
            double now = figure(task, column, Instant.EPOCH);
            Double before = same ? figures.get(task.id()) : null;
            boolean keeps = before != null && (still || near(before, now, column));
            next.put(task.id(), keeps ? before : Double.valueOf(now));
        }
        return new Order(column, next);
    }

    private static boolean near(double before, double now, Column column) {
        if (Double.isNaN(before) || Double.isNaN(now)) {
            return Double.isNaN(before) && Double.isNaN(now);
        }
        double step = column == Column.CPU ? CPU_STEP : MEMORY_STEP;
        return Math.abs(now - before) <= Math.max(step, STEP * Math.max(now, before));
    }

    /**
     * A row with what it is sorted by.
     *
     * @param figure NaN for none
     */
    private record Keyed(TaskView task, double figure, String text, boolean attention) {}

    /** The tasks in order; what has nothing in the column comes last, whatever the direction. */
    List<TaskView> sorted(List<TaskView> tasks, TableChoice choice, Instant now) {
        Column column = choice.sort();
        if (column == Column.ID) {
            return choice.ascending() ? tasks : List.copyOf(tasks.reversed());
        }
        List<Keyed> keyed = new ArrayList<>(tasks.size());
        boolean words =
                column == Column.NAME || column == Column.WORKSPACE || column == Column.KIND;
        for (TaskView task : tasks) {
            String text = words ? text(task, column) : "";
            Double kept = figures.get(task.id());
            double figure = words ? 0 : kept != null ? kept : figure(task, column, now);
            keyed.add(new Keyed(task, figure, text, AgentWords.wantsAttention(task)));
        }
        Comparator<Keyed> value =
                words
                        ? Comparator.comparing(Keyed::text, NaturalOrder.IGNORING_CASE)
                        : Comparator.comparingDouble(Keyed::figure);
        keyed.sort(
                Comparator.comparing((Keyed each) -> Double.isNaN(each.figure()))
                        .thenComparing(choice.ascending() ? value : value.reversed())
                        .thenComparing(each -> !each.attention())
                        .thenComparing(each -> each.task().id()));
        List<TaskView> sorted = new ArrayList<>(keyed.size());
        keyed.forEach(each -> sorted.add(each.task()));
        return sorted;
    }

    private static String text(TaskView task, Column column) {
        return switch (column) {
            case WORKSPACE -> Scope.label(task);
            case KIND -> task.spec().kind().word();
            default -> task.name();
        };
    }

    /** What a task has in a column, as a number; NaN for nothing. */
    private static double figure(TaskView task, Column column, Instant now) {
        boolean active = task.phase().active();
        return switch (column) {
            case ID -> task.id().value();
            case STATE -> state(task);
            case CPU -> active ? task.cpu() : Double.NaN;
            case MEMORY -> active ? task.rssBytes() : Double.NaN;
            case TIME -> {
                Duration ran = ran(task, now);
                yield ran == null ? Double.NaN : ran.toMillis();
            }
            case TURNS -> task.agent().map(run -> (double) run.turns()).orElse(Double.NaN);
            case TOOLS -> task.agent().map(run -> (double) run.tools()).orElse(Double.NaN);
            case TOKENS ->
                    task.agent()
                            .map(run -> (double) run.tokensIn() + run.tokensOut())
                            .orElse(Double.NaN);
            case COST -> task.agent().map(Order::cost).orElse(Double.NaN);
            case NAME, WORKSPACE, KIND, GRAPH, ACTIVITY -> 0;
        };
    }

    private static double cost(AgentRun run) {
        return run.costUsd().orElse(Double.NaN);
    }

    /** What wants somebody first, then what runs, waits, has failed, has ended. */
    private static double state(TaskView task) {
        if (AgentWords.wantsAttention(task)) {
            return -1;
        }
        return switch (task.phase()) {
            case READY, RUNNING, STARTING -> 0;
            case PAUSED, STOPPING -> 1;
            case BACKOFF -> 2;
            case WAITING -> task.dormant() ? 9 : 3;
            case FAILED, TIMED_OUT, LOST -> 4;
            case KILLED -> 5;
            case SUCCEEDED -> 6;
            case SKIPPED -> 7;
        };
    }

    /** How long the newest attempt has run, or ran; null where none has. */
    static @Nullable Duration ran(TaskView task, Instant now) {
        if (task.startedAt().isEmpty() || task.dormant()) {
            return null;
        }
        Instant end = task.phase().active() ? now : task.endedAt().orElse(null);
        return end == null ? null : Duration.between(task.startedAt().get(), end);
    }
}
