package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows above an agent's transcript: how it stands, its figures, what it has left. */
public final class AgentDetail {
    private static final int STATE_ROWS = 2;

    private AgentDetail() {}

    /** What a row is about. */
    public enum Sort {
        /** How it stands; a symbol stands before the first of these. */
        STATE,
        /** What somebody can do about that. */
        ADVICE,
        FIGURES,
        REPORT,
        CHANGES,
        NOTE
    }

    /** A row of text that is safe to print. */
    public record Row(Sort sort, String text) {}

    /**
     * The rows, the most important first.
     *
     * @param diff what is known of its changes
     * @param columns of a row, at least 1
     * @param most how many rows there may be, at least 1
     */
    public static List<Row> rows(
            TaskView task,
            AgentRun run,
            Optional<Model.DiffSeen> diff,
            Instant now,
            ZoneId zone,
            int columns,
            int most) {
        List<Row> rows = new ArrayList<>();
        List<Row> left = left(task, run, diff);
        List<Row> advice = advice(task, columns);
        String state = state(task, run, now, zone);
        String figures = AgentWords.figures(run);
        boolean oneRow =
                !figures.isEmpty()
                        && CellWidth.width(state) + 3 + CellWidth.width(figures) <= columns;
        if (oneRow) {
            rows.add(new Row(Sort.STATE, state + " · " + figures));
        } else if (!state.isEmpty()) {
            int others = left.size() + advice.size() + (figures.isEmpty() ? 0 : 1);
            int limit = Math.clamp(most - others, 1, STATE_ROWS);
            for (String piece : WordRows.of(state, columns, limit)) {
                rows.add(new Row(Sort.STATE, piece));
            }
        }
        rows.addAll(advice);
        if (!oneRow && !figures.isEmpty()) {
            rows.add(new Row(Sort.FIGURES, figures));
        }
        rows.addAll(left);
        return cut(rows, most);
    }

    private static List<Row> advice(TaskView task, int columns) {
        List<String> words = AgentWords.running(task).map(AgentWords::advice).orElse(List.of());
        return words.stream()
                .filter(each -> CellWidth.width(each) <= columns)
                .findFirst()
                .or(() -> words.stream().reduce((_, last) -> last))
                .map(text -> List.of(new Row(Sort.ADVICE, text)))
                .orElse(List.of());
    }

    /** What it has left behind. */
    private static List<Row> left(TaskView task, AgentRun run, Optional<Model.DiffSeen> seen) {
        List<Row> rows = new ArrayList<>();
        run.report()
                .map(report -> "report: " + place(task, report))
                .ifPresent(text -> rows.add(new Row(Sort.REPORT, text)));
        Optional<KeptWorktree> kept = seen.flatMap(Model.DiffSeen::kept);
        if (run.diff().isPresent()) {
            String much = seen.map(diff -> diff.stat().words()).orElse("kept as a diff");
            String branch =
                    kept.map(each -> " on branch " + TerminalText.plain(each.branch())).orElse("");
            rows.add(new Row(Sort.CHANGES, "changes: " + much + branch));
        }
        kept.map(each -> "worktree: " + TerminalText.plain(each.folder()))
                .ifPresent(text -> rows.add(new Row(Sort.CHANGES, text)));
        run.notes()
                .forEach(note -> rows.add(new Row(Sort.NOTE, "note: " + TerminalText.plain(note))));
        return rows;
    }

    private static List<Row> cut(List<Row> rows, int most) {
        if (rows.size() <= most || most == 1) {
            return rows.subList(0, Math.min(rows.size(), most));
        }
        List<Row> kept = new ArrayList<>(rows.subList(0, most));
        int left = rows.size() - most;
        Row last = kept.removeLast();
        kept.add(new Row(last.sort(), last.text() + " (+" + left + " more)"));
        return kept;
    }

    private static String state(TaskView task, AgentRun run, Instant now, ZoneId zone) {
        String reason = AgentWords.reason(task);
        if (AgentWords.running(task).isPresent()) {
            String full = AgentWords.full(run, now, zone);
            return reason.isEmpty() ? full : full + "; " + reason;
        }
        Optional<AgentVerdict> verdict = AgentWords.verdict(task);
        if (verdict.isEmpty()) {
            return task.phase().ended() ? AgentWords.joined(task.phase().word(), reason) : reason;
        }
        return switch (verdict.get()) {
            case COMPLETED -> AgentWords.joined("completed", reason);
            case COMPLETED_WITH_DENIALS -> AgentWords.joined("completed with denials", reason);
            case PARTIAL -> AgentWords.joined("partial", reason);
            case FAILED -> AgentWords.joined("failed", reason);
        };
    }

    /** A path for people: below the workspace from there on. */
    private static String place(TaskView task, Path path) {
        Path folder = task.spec().workspace().folder();
        Path shown = path.startsWith(folder) ? folder.relativize(path) : path;
        return TerminalText.plain(shown.toString());
    }
}
