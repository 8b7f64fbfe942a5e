package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AttemptView;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code simmer history}: runs that have ended. */
final class HistoryCommand implements Verb {
    private static final int USUAL = 20;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** A run. */
    private record Run(TaskView task, AttemptView attempt) {
        Instant at() {
            return attempt.startedAt().or(attempt::endedAt).orElse(Instant.EPOCH);
        }
    }

    @Override
    public Usage usage() {
        return Usage.of("simmer history", "runs that have ended")
                .about(
                        "Lists the runs that have ended, the newest last: each attempt of each task"
                                + " that is",
                        "remembered. An ID is a task's number or name; without one, all workspaces'"
                                + " tasks.")
                .operands("[ID...]", 0, Integer.MAX_VALUE)
                .value("N", "The newest N only; 0: all. Default: 20.", "-n", "--lines")
                .flag("This workspace's only.", "-w", "--workspace")
                .json()
                .example("simmer history", "")
                .example("simmer history build -n 0", "all runs of build")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        int most = Values.number(call.words(), "--lines", 0, Integer.MAX_VALUE).orElse(USUAL);
        Optional<Connection> found = call.supervisor().look();
        List<Run> runs = new ArrayList<>();
        try {
            for (TaskView task : tasks(call, found)) {
                for (AttemptView attempt : task.attempts()) {
                    if (attempt.outcome().isPresent()) {
                        runs.add(new Run(task, attempt));
                    }
                }
            }
        } finally {
            found.ifPresent(Connection::close);
        }
        runs.sort(Comparator.comparing(Run::at));
        List<Run> shown =
                most == 0 || runs.size() <= most
                        ? runs
                        : runs.subList(runs.size() - most, runs.size());
        if (call.words().has("--json")) {
            call.around().say(TaskJson.array(shown.stream().map(HistoryCommand::json).toList()));
        } else if (shown.isEmpty()) {
            call.around().say("no runs");
        } else {
            table(shown).lines(TerminalWidth.of(call.around())).forEach(call.around()::say);
        }
        return ExitCode.OK;
    }

    private static List<TaskView> tasks(Call call, Optional<Connection> found)
            throws CommandRefused, SupervisorFailure {
        WorkspaceId here = Here.of(call.around());
        if (!call.words().operands().isEmpty()) {
            return new Lookup(here).find(found, call.words().operands());
        }
        if (found.isEmpty()) {
            return List.of();
        }
        boolean local = call.words().has("--workspace");
        return found.get().snapshot(local ? TaskFilter.of(here) : TaskFilter.ALL).tasks();
    }

    private static JsonObject json(Run run) {
        JsonObject json = TaskJson.named(run.task());
        json.put("workspace", run.task().spec().workspace().toString());
        return TaskJson.attempt(json, run.attempt())
                .put("duration_ms", TaskJson.took(run.attempt(), run.at()).toMillis());
    }

    private static TextTable table(List<Run> runs) {
        TextTable table =
                new TextTable(
                        "started",
                        ">id",
                        "name",
                        ">attempt",
                        "outcome",
                        ">time",
                        ">peak",
                        "reason");
        for (Run run : runs) {
            AttemptView attempt = run.attempt();
            table.add(
                    0,
                    List.of(
                            STAMP.format(run.at().atZone(ZoneId.systemDefault())),
                            run.task().id().toString(),
                            TerminalText.plain(run.task().name()),
                            Integer.toString(attempt.number()),
                            attempt.outcome().map(each -> each.phase().word()).orElse(""),
                            Durations.format(TaskJson.took(attempt, run.at())),
                            attempt.peakRssBytes() > 0
                                    ? ByteSize.compact(attempt.peakRssBytes())
                                    : "-",
                            TerminalText.plain(attempt.outcome().map(Outcome::reason).orElse(""))));
        }
        return table;
    }
}
