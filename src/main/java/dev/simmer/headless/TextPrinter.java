package dev.simmer.headless;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Durations;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines for people. The tasks' own output goes to standard output, what Simmer has to say about it
 * to standard error.
 */
final class TextPrinter implements Printer {
    /** Stands before each line that Simmer itself writes. */
    static final String OWN = "simmer: ";

    /** Longer names are not waited for when the others are aligned. */
    private static final int WIDEST_NAME = 24;

    /** Cyan, yellow, green, magenta, blue and their bright siblings; red is kept for failures. */
    private static final int[] NAME_COLOURS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

    /** How the reason of a task that waits for its next attempt begins. */
    private static final Pattern REPEAT = Pattern.compile("(retry|restart) \\d+ of \\d+");

    private final OutputFormat format;
    private final boolean colour;
    private final Outlets outlets;
    private final Map<String, String> prefixes = new HashMap<>();

    /**
     * @param format prefixed, grouped or quiet
     * @param tasks all tasks of the run
     */
    TextPrinter(OutputFormat format, boolean colour, List<TaskSpec> tasks, Outlets outlets) {
        this.format = format;
        this.colour = colour;
        this.outlets = outlets;
        int widest = 0;
        for (TaskSpec task : tasks) {
            int width = CellWidth.width(TerminalText.plain(task.name()));
            widest = Math.max(widest, Math.min(width, WIDEST_NAME));
        }
        int index = 0;
        for (TaskSpec task : tasks) {
            String shown = TerminalText.plain(task.name());
            String padding = " ".repeat(Math.max(0, widest - CellWidth.width(shown)));
            int code = NAME_COLOURS[index % NAME_COLOURS.length];
            prefixes.put(
                    task.name(), colour ? "\033[" + code + "m" + shown + padding : shown + padding);
            index++;
        }
    }

    @Override
    public Lines lines() {
        return switch (format) {
            case PREFIXED, JSON -> Lines.AT_ONCE;
            case GROUPED -> Lines.AT_END;
            case QUIET -> Lines.NEVER;
        };
    }

    @Override
    public void started(TaskView task, AttemptView attempt) throws OutputGone {
        if (format == OutputFormat.QUIET) {
            return;
        }
        String again = attempt.number() > 1 ? ", attempt " + attempt.number() : "";
        own(TerminalText.plain(task.name()) + " started" + again);
    }

    @Override
    public void line(TaskView task, AttemptView attempt, Piece piece) throws OutputGone {
        // A very long line comes in pieces, between which others may print.
        StringBuilder line =
                new StringBuilder()
                        .append(prefixes.getOrDefault(task.name(), ""))
                        .append(piece.start() ? " | " : " + ");
        if (colour) {
            line.append("\033[0m");
            ColourCodes.append(line, piece.text());
        } else {
            line.append(piece.text().text());
        }
        line.append('\n');
        outlets.out(line.toString());
    }

    @Override
    public void ended(Happening.AttemptEnded end) throws OutputGone {
        if (format == OutputFormat.QUIET || end.attempt().outcome().isEmpty()) {
            return;
        }
        Outcome outcome = end.attempt().outcome().get();
        boolean stopped = RunSummary.stoppedService(end.task().spec().kind(), outcome);
        StringBuilder text = new StringBuilder(TerminalText.plain(end.task().name()));
        text.append(' ').append(stopped ? RunSummary.STOPPED : outcome.phase().word());
        if (end.attempt().startedAt().isPresent()) {
            text.append(" after ").append(Durations.format(RunSummary.took(end.attempt())));
        }
        if (!stopped && !outcome.reason().isEmpty()) {
            text.append(": ").append(TerminalText.plain(outcome.reason()));
        }
        if (!end.last()) {
            text.append("; ").append(next(end)).append(" follows");
        }
        own(painted(outcome.phase(), text.toString()));
    }

    /**
     * What follows an attempt that was not the last. The task's state tells its number while the
     * task waits for it, but may be one of long after the attempt's end.
     */
    private static String next(Happening.AttemptEnded end) {
        TaskView task = end.task();
        if (task.phase() == Phase.BACKOFF && task.attempt() == end.attempt().number()) {
            Matcher counted = REPEAT.matcher(task.reason());
            if (counted.lookingAt()) {
                return counted.group();
            }
        }
        return "another attempt";
    }

    /** The log of events goes to standard error too, and says it with figures. */
    @Override
    public void held(Happening.AttemptHeld held) {}

    @Override
    public void endedUnstarted(TaskView task) throws OutputGone {
        if (format == OutputFormat.QUIET || task.outcome().isEmpty()) {
            return;
        }
        Outcome outcome = task.outcome().get();
        String reason =
                outcome.reason().isEmpty() ? "" : ": " + TerminalText.plain(outcome.reason());
        String text = TerminalText.plain(task.name()) + " " + outcome.phase().word() + reason;
        own(painted(outcome.phase(), text));
    }

    @Override
    public void note(String text) throws OutputGone {
        own(TerminalText.plain(text));
    }

    @Override
    public void runEnded(RunSummary summary) throws OutputGone {
        outlets.err(String.join("\n", SummaryTable.lines(summary, colour)));
    }

    @Override
    public void flush() throws OutputGone {
        outlets.flush();
    }

    private void own(String text) throws OutputGone {
        outlets.err(OWN + text);
    }

    private String painted(Phase phase, String text) {
        return colour ? SummaryTable.paint(phase.word(), text) : text;
    }
}
