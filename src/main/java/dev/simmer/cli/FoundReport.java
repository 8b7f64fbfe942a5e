package dev.simmer.cli;

import dev.simmer.agent.report.ReportFile;
import dev.simmer.agent.report.ReportName;
import dev.simmer.agent.report.Reports;
import dev.simmer.agent.report.SafePath;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the report that a word means. */
final class FoundReport {
    private FoundReport() {}

    /**
     * The report of a word: a file, a background agent id, or a task's id or name.
     *
     * @throws CommandRefused where it means none, or one that is not there yet
     */
    static SafePath.Inside of(Call call, String word) throws CommandRefused, SupervisorFailure {
        WorkspaceId here = Here.of(call.around());
        Optional<SafePath.Inside> file = file(call.around(), here, word);
        if (file.isPresent()) {
            return file.get();
        }
        Optional<SafePath.Inside> known = listed(here.folder(), word);
        return known.isPresent() ? known.get() : ofTask(call, here, word);
    }

    /** A file that is named; a word without a folder in it may be one in the folder of reports. */
    static Optional<SafePath.Inside> file(Surroundings around, WorkspaceId here, String word)
            throws CommandRefused {
        boolean path = word.contains("/");
        if (!path && !word.endsWith(".md")) {
            return Optional.empty();
        }
        List<Path> places = new ArrayList<>();
        try {
            places.add(around.folder().resolve(word).normalize());
            if (!path) {
                places.add(here.folder().resolve(ReportName.FOLDER).resolve(word));
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        for (Path place : places) {
            if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(inside(here.folder(), place.toString()));
            }
        }
        if (path) {
            throw CommandRefused.usage("there is no file " + TerminalText.plain(word));
        }
        return Optional.empty();
    }

    static SafePath.Inside inside(Path workspace, String place) throws CommandRefused {
        return switch (SafePath.check(workspace, place, "report")) {
            case SafePath.Inside inside -> inside;
            case SafePath.Refused(String why) ->
                    throw CommandRefused.usage(TerminalText.plain(why));
        };
    }

    /** The newest report of a background agent id. */
    static Optional<SafePath.Inside> listed(Path workspace, String id) {
        return Reports.list(workspace).reports().reversed().stream()
                .filter(each -> id.equals(each.keys().get("background_agent_id")))
                .map(Reports.Entry::place)
                .findFirst();
    }

    private static SafePath.Inside ofTask(Call call, WorkspaceId here, String word)
            throws CommandRefused, SupervisorFailure {
        Optional<Connection> found = call.supervisor().look();
        TaskView task;
        try {
            task = new Lookup(here).find(found, List.of(word)).getFirst();
        } finally {
            found.ifPresent(Connection::close);
        }
        if (task.spec().kind() != Kind.AGENT) {
            throw CommandRefused.usage(
                    Acting.name(task) + " is no agent; simmer logs shows its output");
        }
        Path workspace = task.spec().workspace().folder();
        for (AttemptView attempt : task.attempts().reversed()) {
            Optional<Path> report = attempt.agent().flatMap(AgentRun::report);
            if (report.isPresent() && Files.isRegularFile(report.get())) {
                // One that could not be written in the workspace lies in its run folder.
                Path folder = report.get().toAbsolutePath().getParent();
                Path from =
                        folder == null || report.get().startsWith(workspace) ? workspace : folder;
                return inside(from, report.get().toString());
            }
        }
        Optional<AgentSpec.Planned> planned = task.spec().planned();
        if (planned.isPresent()) {
            SafePath.Inside place = inside(workspace, planned.get().report());
            for (SafePath.Inside each : List.of(place, ReportFile.partialOf(place))) {
                if (Files.isRegularFile(each.absolute(), LinkOption.NOFOLLOW_LINKS)) {
                    return each;
                }
            }
        }
        throw new CommandRefused(
                ExitCode.FAILED,
                List.of(
                        "simmer: "
                                + Acting.name(task)
                                + " has no report"
                                + (task.phase().ended()
                                        ? ""
                                        : " yet: it comes when the agent has ended; simmer wait "
                                                + task.id()
                                                + " waits for that")));
    }
}
