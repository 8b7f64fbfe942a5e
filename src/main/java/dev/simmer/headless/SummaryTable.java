package dev.simmer.headless;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The end of a run as a table: what became of each task, and in all. */
final class SummaryTable {
    private static final List<String> HEADS =
            List.of("task", "outcome", "attempts", "time", "peak memory", "reason");

    /** In a table with more rows than this, tasks that succeeded are only counted. */
    private static final int MOST_ROWS = 60;

    private SummaryTable() {}

    /** The table's lines. */
    static List<String> lines(RunSummary summary, boolean colour) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADS);
        boolean all = summary.rows().size() <= MOST_ROWS;
        int left = 0;
        for (RunSummary.Row row : summary.rows()) {
            if (!all && row.word().equals("succeeded")) {
                left++;
                continue;
            }
            cells.add(
                    List.of(
                            TerminalText.plain(row.task()),
                            row.word(),
                            Integer.toString(row.attempts()),
                            row.took().map(Durations::format).orElse("-"),
                            row.peakBytes() > 0 ? ByteSize.format(row.peakBytes()) : "-",
                            TerminalText.plain(row.reason())));
        }
        int[] widths = widths(cells);
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (int i = 0; i < cells.size(); i++) {
            String line = line(cells.get(i), widths);
            lines.add(colour && i > 0 ? paint(cells.get(i).get(1), line) : line);
        }
        if (left > 0) {
            lines.add("… and " + left + " that succeeded");
        }
        lines.add("");
        addLogs(summary, lines);
        String totals = TextPrinter.OWN + totals(summary);
        lines.add(colour ? paint(summary.outcome().word(), totals) : totals);
        return lines;
    }

    private static int[] widths(List<List<String>> cells) {
        int[] widths = new int[HEADS.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], CellWidth.width(row.get(i)));
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - CellWidth.width(cells.get(i)));
            boolean figures = i >= 2 && i <= 4;
            line.append(figures ? padding : "").append(cells.get(i)).append(figures ? "" : padding);
            line.append("  ");
        }
        return line.toString().stripTrailing();
    }

    /** Where to read on: what failed, and what agents report. */
    private static void addLogs(RunSummary summary, List<String> lines) {
        for (RunSummary.Row row : summary.rows()) {
            if (row.failed() && row.shown().isPresent() && row.took().isPresent()) {
                lines.add(
                        TextPrinter.OWN
                                + "output of "
                                + TerminalText.plain(row.task())
                                + ": "
                                + TerminalText.plain(row.shown().get().toString()));
            }
            row.agent()
                    .flatMap(AgentRun::report)
                    .ifPresent(report ->
                            lines.add(
                                    TextPrinter.OWN
                                            + "report of "
                                            + TerminalText.plain(row.task())
                                            + ": "
                                            + TerminalText.plain(report.toString())));
        }
    }

    private static String totals(RunSummary summary) {
        Map<String, Integer> counts = new TreeMap<>();
        for (RunSummary.Row row : summary.rows()) {
            counts.merge(row.word(), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder(TerminalText.plain(summary.name()));
        text.append(' ').append(summary.outcome().text()).append(" in ");
        text.append(Durations.format(summary.took())).append(": ");
        int tasks = summary.rows().size();
        text.append(tasks).append(tasks == 1 ? " task" : " tasks");
        counts.forEach((word, count) -> text.append(", ").append(count).append(' ').append(word));
        return text.toString();
    }

    /** The text in the colour of a state's word. */
    static String paint(String word, String text) {
        int code =
                switch (word) {
                    case "succeeded" -> 32;
                    case "failed", "timed-out", "lost", "unfinished" -> 31;
                    case "skipped", "killed", "interrupted" -> 33;
                    default -> 2;
                };
        return "\033[" + code + "m" + text + "\033[0m";
    }
}
