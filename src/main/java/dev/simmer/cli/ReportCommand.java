package dev.simmer.cli;

import dev.simmer.agent.report.Reports;
import dev.simmer.agent.report.SafePath;
import dev.simmer.logs.TerminalText;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;

/** {@code simmer report}: an agent's report. */
final class ReportCommand implements Verb {
    /** More of a file that is no report is not shown. */
    private static final int MOST_BYTES = 4 << 20;

    @Override
    public Usage usage() {
        return Usage.of("simmer report", "show an agent's report")
                .about(
                        "Shows the newest report of an agent's task, by the task's number or name;"
                                + " an ID may also be",
                        "a background agent id, or a report's file. What could act on the terminal"
                                + " is left out.")
                .operands("ID", 1, 1)
                .flag("Print where the report lies, and nothing else.", "--path")
                .json()
                .notes("Exit codes: 0; 1 there is no report (yet); 3 no such task.")
                .example("simmer report audit", "")
                .example("cat \"$(simmer report --path 7)\"", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure, IOException {
        Surroundings around = call.around();
        SafePath.Inside place = FoundReport.of(call, call.words().operands().getFirst());
        Optional<Reports.Entry> report = Reports.read(place);
        if (call.words().has("--path")) {
            around.say(TerminalText.plain(place.absolute().toString()));
        } else if (call.words().has("--json")) {
            around.say(report.map(ReportJson::all).orElseThrow(() -> unfit(place)).toString());
        } else if (report.isPresent()) {
            print(around, report.get());
        } else {
            around.complain("simmer: " + shown(place) + " has no front matter of a report");
            raw(around, place);
        }
        return ExitCode.OK;
    }

    private static CommandRefused unfit(SafePath.Inside place) {
        return new CommandRefused(
                ExitCode.FAILED,
                List.of("simmer: " + shown(place) + " has no front matter of a report"));
    }

    private static String shown(SafePath.Inside place) {
        return TerminalText.plain(place.absolute().toString());
    }

    private static void print(Surroundings around, Reports.Entry report) {
        around.say(TerminalText.plain(report.keys().getOrDefault("title", "")));
        line(around, "report", report.place().text());
        line(around, "status", report.keys().getOrDefault("status", ""));
        line(around, "created", report.keys().getOrDefault("created", ""));
        line(around, "id", report.keys().getOrDefault("background_agent_id", ""));
        line(around, "session", report.keys().getOrDefault("session_reference", ""));
        line(around, "error", report.keys().getOrDefault("error", ""));
        around.say("");
        report.body().strip().lines().forEach(each -> around.say(TerminalText.plain(each)));
    }

    private static void line(Surroundings around, String key, String value) {
        if (!value.isEmpty()) {
            around.say("  " + key + " ".repeat(10 - key.length()) + TerminalText.plain(value));
        }
    }

    private static void raw(Surroundings around, SafePath.Inside place) throws IOException {
        try (InputStream in = Files.newInputStream(place.absolute(), LinkOption.NOFOLLOW_LINKS)) {
            new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(each -> around.say(TerminalText.plain(each)));
        }
    }
}
