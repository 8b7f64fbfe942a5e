package dev.simmer.tui.model;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptView;
import dev.simmer.model.ByteSize;
import dev.simmer.model.HostView;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums over the tasks that are shown, in words. */
public final class Totals {
    private Totals() {}

    /**
     * A line of them.
     *
     * @param key what it is about
     * @param text the figures
     */
    public record Line(String key, String text) {}

    /** What the snapshot says of tasks, memory and agents. */
    public static List<Line> of(Model model) {
        List<TaskView> tasks = model.scope().tasks();
        List<Line> lines = new ArrayList<>();
        tasks(lines, tasks);
        memory(lines, model.snapshot().host(), tasks);
        agents(lines, tasks);
        return lines;
    }

    private static void tasks(List<Line> lines, List<TaskView> tasks) {
        Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        int attempts = 0;
        int again = 0;
        int failures = 0;
        for (TaskView task : tasks) {
            phases.merge(task.phase(), 1, Integer::sum);
            kinds.merge(task.spec().kind(), 1, Integer::sum);
            attempts += task.attempt();
            again += Math.max(0, task.attempt() - 1);
            for (AttemptView attempt : task.attempts()) {
                boolean failed =
                        attempt.outcome().filter(each -> each.phase().failed()).isPresent();
                failures += failed ? 1 : 0;
            }
        }
        String sorts =
                kinds.entrySet().stream()
                        .map(each -> count(each.getValue(), each.getKey().word()))
                        .collect(Collectors.joining(", "));
        lines.add(new Line("tasks", tasks.size() + (sorts.isEmpty() ? "" : ": " + sorts)));
        lines.add(
                new Line(
                        "states",
                        phases.entrySet().stream()
                                .map(each -> each.getValue() + " " + each.getKey().word())
                                .collect(Collectors.joining(", "))));
        lines.add(
                new Line(
                        "attempts",
                        attempts + ", " + again + " of them again; " + failures + " failed"));
    }

    private static void memory(List<Line> lines, HostView host, List<TaskView> tasks) {
        long used = 0;
        long peak = 0;
        String most = "";
        for (TaskView task : tasks) {
            used += task.phase().active() ? task.rssBytes() : 0;
            for (AttemptView attempt : task.attempts()) {
                if (attempt.peakRssBytes() > peak) {
                    peak = attempt.peakRssBytes();
                    most = task.name();
                }
            }
        }
        if (host.known()) {
            lines.add(
                    new Line(
                            "host",
                            ByteSize.format(host.usedBytes())
                                    + " used of "
                                    + ByteSize.format(host.totalBytes())
                                    + "; "
                                    + ByteSize.format(host.heldBytes())
                                    + " held for tasks, "
                                    + ByteSize.format(host.reserveBytes())
                                    + " reserve"));
        }
        lines.add(new Line("in use", ByteSize.format(used) + " by the tasks here"));
        if (peak > 0) {
            lines.add(new Line("peak", ByteSize.format(peak) + " by " + most));
        }
    }

    private static void agents(List<Line> lines, List<TaskView> tasks) {
        int runs = 0;
        long turns = 0;
        long tools = 0;
        long in = 0;
        long out = 0;
        double cost = 0;
        boolean priced = false;
        boolean estimated = false;
        Map<String, Integer> verdicts = new java.util.TreeMap<>();
        for (TaskView task : tasks) {
            for (AttemptView attempt : task.attempts()) {
                if (attempt.agent().isEmpty()) {
                    continue;
                }
                AgentRun run = attempt.agent().get();
                runs++;
                turns += run.turns();
                tools += run.tools();
                in += run.tokensIn();
                out += run.tokensOut();
                run.verdict().ifPresent(verdict -> verdicts.merge(verdict.word(), 1, Integer::sum));
                if (run.costUsd().isPresent()) {
                    priced = true;
                    cost += run.costUsd().getAsDouble();
                    estimated |= run.costEstimated();
                }
            }
        }
        if (runs == 0) {
            lines.add(new Line("agents", "none has run"));
            return;
        }
        StringBuilder said = new StringBuilder(count(runs, "run"));
        verdicts.forEach((word, count) -> said.append(", ").append(count).append(' ').append(word));
        lines.add(new Line("agents", said.toString()));
        lines.add(new Line("work", count(turns, "turn") + ", " + count(tools, "tool call")));
        lines.add(
                new Line(
                        "tokens",
                        AgentWords.tokens(in) + " in, " + AgentWords.tokens(out) + " out"));
        lines.add(
                new Line(
                        "cost",
                        priced
                                ? String.format(Locale.ROOT, "$%.2f", cost)
                                        + (estimated ? ", partly reckoned from a price list" : "")
                                : "no program told one"));
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
