package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.AttemptView;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Readiness;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is known of the selected task, in rows of words that are safe to print. Pure. */
public final class Details {
    private static final int LONGEST = 4;
    private static final int ATTEMPTS = 6;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final List<Row> rows = new ArrayList<>();
    private final int columns;

    private Details(int columns) {
        this.columns = columns;
    }

    /**
     * A row.
     *
     * @param key what it is about, in at most 10 letters; empty where the row above goes on
     * @param text no wider than was asked for, but for one long word
     */
    public record Row(String key, String text) {}

    /** The rows for the selected task; none where none is selected. */
    public static List<Row> rows(Model model, int columns) {
        Details details = new Details(Math.max(1, columns));
        model.selected().ifPresent(task -> details.all(model, task));
        return details.rows;
    }

    private void all(Model model, TaskView task) {
        TaskSpec spec = task.spec();
        String why = task.reason().isEmpty() ? "" : ", " + task.reason();
        add("state", task.phase().word() + why);
        add("command", spec.command().text());
        add("folder", spec.cwd().toString());
        needs(model, task);
        add("locks", String.join(", ", spec.locks()));
        add("memory", task.expected().words() + (task.heavy() ? "; heavy" : ""));
        if (task.phase().active()) {
            add(
                    "uses",
                    ByteSize.format(task.rssBytes()) + ", " + percent(task.cpu()) + " of a core");
        }
        spec.ready().ifPresent(ready -> add("ready when", ready(ready)));
        add("retries", retry(spec.retry()));
        add("restarts", restart(spec.restart()));
        spec.timeout().ifPresent(limit -> add("timeout", Durations.format(limit)));
        add(
                "stops by",
                "SIG"
                        + spec.stop().signal()
                        + ", SIGKILL after "
                        + Durations.format(spec.stop().grace()));
        if (spec.priority() != 0) {
            add("priority", Integer.toString(spec.priority()));
        }
        // Never the values: they hold secrets, and a screen is shown around.
        add("variables", String.join(" ", spec.env().keySet()));
        task.log().ifPresent(log -> add("log", log.toString()));
        attempts(model, task);
    }

    private void add(String key, String text) {
        if (text.isEmpty()) {
            return;
        }
        String title = key;
        for (String row : WordRows.of(TerminalText.plain(text), columns, LONGEST)) {
            rows.add(new Row(title, row));
            title = "";
        }
    }

    private void needs(Model model, TaskView task) {
        String key = "needs";
        for (Need need : task.spec().needs()) {
            Optional<TaskView> other = find(model, task, need.task());
            String state = other.map(each -> each.phase().word()).orElse("not there");
            add(key, need.task() + " " + verb(need.condition()) + ", is " + state + " now");
            key = " ";
        }
    }

    private static String verb(Need.Condition condition) {
        return switch (condition) {
            case SUCCEEDED -> "to succeed";
            case FINISHED -> "to end";
            case STARTED -> "to start";
            case READY -> "to be ready";
        };
    }

    private static Optional<TaskView> find(Model model, TaskView task, String name) {
        return model.snapshot().tasks().stream()
                .filter(each ->
                        each.name().equals(name)
                                && each.spec().workspace().equals(task.spec().workspace())
                                && each.spec().session().equals(task.spec().session()))
                .findFirst();
    }

    private static String percent(double cpu) {
        return Math.round(100 * cpu) + "%";
    }

    private static String ready(Readiness ready) {
        return switch (ready.probe()) {
                    case Readiness.Probe.Log probe -> "its log has " + probe.description();
                    case Readiness.Probe.Tcp probe -> probe.description() + " answers";
                    case Readiness.Probe.Http probe -> probe.description() + " answers";
                    case Readiness.Probe.Exec probe -> "it gets " + probe.description();
                }
                + ", within "
                + Durations.format(ready.timeout());
    }

    private static String retry(RetryPolicy retry) {
        if (retry.max() == 0) {
            return "";
        }
        String on = retry.onExit().isEmpty() ? "" : " on exit " + String.join(", ", words(retry));
        String output =
                retry.onOutput().map(each -> " on output matching " + each.pattern()).orElse("");
        return "up to " + retry.max() + on + output;
    }

    private static List<String> words(RetryPolicy retry) {
        return retry.onExit().stream().map(String::valueOf).toList();
    }

    private static String restart(RestartPolicy restart) {
        return restart.on() == RestartPolicy.On.NEVER
                ? ""
                : restart.on().word() + ", up to " + restart.max() + " in a row";
    }

    private void attempts(Model model, TaskView task) {
        List<AttemptView> all = task.attempts();
        int first = Math.max(0, all.size() - ATTEMPTS);
        String key = all.size() == 1 ? "attempt" : "attempts";
        for (int i = all.size() - 1; i >= first; i--) {
            add(key, attempt(model, all.get(i)));
            key = " ";
        }
        if (first > 0) {
            add(" ", "and " + first + " before");
        }
    }

    private static String attempt(Model model, AttemptView attempt) {
        StringBuilder text = new StringBuilder("#" + attempt.number());
        attempt.startedAt()
                .ifPresent(at ->
                        text.append(" at ")
                                .append(
                                        TIME.format(
                                                ZonedDateTime.ofInstant(
                                                        at, model.place().zone()))));
        if (attempt.startedAt().isPresent() && attempt.endedAt().isPresent()) {
            Duration took = Duration.between(attempt.startedAt().get(), attempt.endedAt().get());
            text.append(", took ").append(Durations.format(took));
        }
        String end =
                attempt.outcome()
                        .map(outcome -> ", " + outcome.phase().word() + reason(outcome))
                        .orElse(attempt.startedAt().isPresent() ? ", goes on" : ", not started");
        text.append(attempt.endedAt().isPresent() && attempt.outcome().isEmpty() ? "" : end);
        if (attempt.peakRssBytes() > 0) {
            text.append(", at most ").append(ByteSize.compact(attempt.peakRssBytes()));
        }
        return text.toString();
    }

    private static String reason(Outcome outcome) {
        return outcome.reason().isEmpty() ? "" : ": " + outcome.reason();
    }
}
