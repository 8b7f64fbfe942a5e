package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentDetail;
import dev.simmer.tui.model.AgentWords;
import dev.simmer.tui.model.Column;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.PlacedColumns;
import dev.simmer.tui.model.Sheet;
import dev.simmer.tui.theme.Role;
import java.nio.file.Path;
import java.util.Optional;

/** How agents look in table and log pane; for other tasks, what their phase says. */
final class AgentCells {
    /** Before whatever waits for somebody; its word and colour tell what that is. */
    static final String ATTENTION = "⚑";

    private AgentCells() {}

    static String symbol(TaskView task) {
        Optional<AgentRun> run = AgentWords.running(task);
        return run.isEmpty()
                ? Symbols.of(task.phase())
                : switch (run.get().state()) {
                    case STARTING -> Symbols.of(Phase.STARTING);
                    case WORKING, ENDED -> Symbols.of(Phase.RUNNING);
                    case RETRYING -> Symbols.of(Phase.BACKOFF);
                    case RATE_LIMITED -> Symbols.of(Phase.WAITING);
                    case NEEDS_PERMISSION, SILENT -> ATTENTION;
                    case LINGERING -> Symbols.of(Phase.STOPPING);
                };
    }

    static Role role(TaskView task) {
        Optional<AgentRun> run = AgentWords.running(task);
        if (run.isPresent()) {
            return switch (run.get().state()) {
                case STARTING -> Role.STARTING;
                case WORKING, ENDED -> Role.RUNNING;
                case RETRYING, RATE_LIMITED -> Role.BACKOFF;
                case NEEDS_PERMISSION, SILENT -> Role.ATTENTION;
                case LINGERING -> Role.STOPPING;
            };
        }
        boolean denied =
                AgentWords.verdict(task)
                        .filter(verdict -> verdict == AgentVerdict.COMPLETED_WITH_DENIALS)
                        .isPresent();
        return denied ? Role.BACKOFF : Role.of(task.phase());
    }

    static Role role(AgentDetail.Sort sort) {
        return switch (sort) {
            case STATE, ADVICE, REPORT, CHANGES -> Role.TEXT;
            case FIGURES -> Role.DIM;
            case NOTE -> Role.BACKOFF;
        };
    }

    /** Text of the table's last column. */
    record Info(String text, Role role) {}

    /**
     * What an agent does, or has come to; empty where its task's reason says more.
     *
     * @param columns that there are for it
     */
    static Optional<Info> info(Model model, TaskView task, int columns) {
        Optional<AgentRun> run = AgentWords.running(task);
        if (run.isPresent()) {
            String brief = AgentWords.brief(run.get(), model.now(), model.place().zone());
            boolean works = run.get().state() == AgentRun.State.WORKING;
            String last = works && brief.isEmpty() ? model.lastLine(task).text().strip() : "";
            boolean thinks = works && last.isEmpty();
            String text = !brief.isEmpty() ? brief : thinks ? "thinking" : last;
            return Optional.of(new Info(text, works ? Role.DIM : role(task)));
        }
        if (!task.phase().ended() || task.agent().isEmpty()) {
            return Optional.empty();
        }
        String reason = AgentWords.reason(task);
        if (!reason.isEmpty()) {
            return Optional.of(new Info(reason, role(task)));
        }
        return task.agent()
                .flatMap(AgentRun::report)
                .map(Path::getFileName)
                .map(name -> "report " + TerminalText.plain(name.toString()))
                .map(text -> CellWidth.width(text) <= columns ? text : "has a report")
                .map(text -> new Info(text, Role.DIM));
    }

    /** The figure that stands in the last column where its own column has no room. */
    static String folded(AgentRun run, PlacedColumns columns) {
        String cost = AgentWords.cost(run);
        if (!cost.isEmpty()) {
            return columns.width(Column.COST) > 0 ? "" : cost;
        }
        long tokens = run.tokensIn() + run.tokensOut();
        return columns.width(Column.TOKENS) > 0 || tokens == 0
                ? ""
                : AgentWords.tokens(tokens) + " tok";
    }

    /** What a log pane shows of an agent, for its title; empty for other tasks. */
    static String sheet(Model model, Sheet sheet, TaskView task) {
        if (task.spec().kind() != Kind.AGENT || task.attempts().isEmpty()) {
            return "";
        }
        return switch (sheet) {
            case MERGED -> "merged";
            case OUTPUT ->
                    task.attempts().getLast().transcript().isPresent() ? "· transcript " : "";
            case RAW -> "· raw stream ";
            case REPORT -> "· report ";
            case DIFF ->
                    model.measured(task)
                            .map(seen -> "· diff: " + seen.stat().words() + " ")
                            .orElse("· diff ");
        };
    }

    /** What a line of a diff in git's format is. */
    static Role diffRole(String line) {
        if (line.startsWith("diff --git ")) {
            return Role.TITLE;
        }
        boolean header =
                line.startsWith("+++ b/")
                        || line.startsWith("--- a/")
                        || line.equals("+++ /dev/null")
                        || line.equals("--- /dev/null")
                        || line.startsWith("index ")
                        || line.startsWith("new file mode ")
                        || line.startsWith("deleted file mode ")
                        || line.startsWith("similarity index ")
                        || line.startsWith("rename ");
        if (header) {
            return Role.DIM;
        }
        if (line.startsWith("@@")) {
            return Role.PROMPT;
        }
        return line.startsWith("+") ? Role.ADDED : line.startsWith("-") ? Role.REMOVED : Role.TEXT;
    }
}
