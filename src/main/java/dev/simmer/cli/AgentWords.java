package dev.simmer.cli;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is told of agents in words; it may hold any character. */
final class AgentWords {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private AgentWords() {}

    /** What an agent does, where nothing else is to be said of its task. */
    static String what(AgentSpec.Planned planned, Optional<AgentRun> run) {
        String order = planned.definition() + ": " + planned.title();
        return run.map(each -> each.verdict().map(AgentVerdict::word).orElseGet(() -> doing(each)))
                .map(state -> state + "; " + order)
                .orElse(order);
    }

    /** What it does now. */
    static String doing(AgentRun run) {
        if (run.until().isEmpty()) {
            return run.words();
        }
        return run.state().word()
                + run.until()
                        .map(until ->
                                " until " + CLOCK.format(until.atZone(ZoneId.systemDefault())))
                        .orElse("")
                + (run.doing().isEmpty() ? "" : ": " + run.doing());
    }

    /** A line of {@code show}. */
    record Line(String key, String value) {}

    /** What {@code show} tells of an agent; lines without a value are left out by who prints. */
    static List<Line> show(AgentSpec.Planned planned, Optional<AgentRun> run) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("agent", planned.definition()));
        lines.add(new Line("runner", planned.runner()));
        lines.add(new Line("task", planned.title()));
        lines.add(new Line("agent id", planned.agentId()));
        lines.add(new Line("session", planned.session().orElse("")));
        lines.add(new Line("works in", planned.worktree() ? "a git worktree of its own" : ""));
        lines.add(
                new Line(
                        "report",
                        run.flatMap(AgentRun::report)
                                .map(Path::toString)
                                .orElse(planned.report())));
        run.ifPresent(each -> {
            lines.add(new Line("does", each.verdict().isPresent() ? "" : doing(each)));
            lines.add(new Line("verdict", each.verdict().map(AgentVerdict::word).orElse("")));
            lines.add(new Line("used", used(each)));
            lines.add(new Line("diff", each.diff().map(Path::toString).orElse("")));
            each.notes().forEach(note -> lines.add(new Line("note", note)));
        });
        return lines;
    }

    /** What it has used: {@code 3 turns, 5 tools, 12000 tokens in, 300 out, 0.0123 USD}. */
    static String used(AgentRun run) {
        return counted(run.turns(), "turn")
                + ", "
                + counted(run.tools(), "tool call")
                + ", "
                + run.tokensIn()
                + " tokens in, "
                + run.tokensOut()
                + " out"
                + (run.costUsd().isPresent() ? ", " + cost(run.costUsd().getAsDouble()) : "")
                + (run.costUsd().isPresent() && run.costEstimated() ? " (estimate)" : "");
    }

    static String cost(double usd) {
        return String.format(Locale.ROOT, "%.4f USD", usd);
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
