package dev.simmer.cli;

import dev.simmer.agent.report.Finding;
import dev.simmer.agent.report.ReportName;
import dev.simmer.agent.report.Reports;
import dev.simmer.agent.report.SafePath;
import dev.simmer.agent.report.Severity;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code simmer reports}: the reports that wait to be read, and what they found in all. */
final class ReportsCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer reports", "reports that wait to be read, and their findings")
                .about(
                        "Lists the reports in .agents/reports whose status is unprocessed, and sums"
                                + " up their",
                        "findings by severity. With --process they are marked as processed, all of"
                                + " them or those",
                        "that are named: by file or by background agent id.")
                .operands("[REPORT...]", 0, Integer.MAX_VALUE)
                .flag("The processed ones too, and which files are no reports.", "-a", "--all")
                .flag("Mark them as processed; nothing else in them is changed.", "--process")
                .json()
                .notes("Exit codes: 0; 1 a report could not be marked; 2 there is no such report.")
                .example("simmer reports", "")
                .example("simmer reports --process 20260123-143000-audit.md", "")
                .example("simmer reports --json | jq .findings.high", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        Surroundings around = call.around();
        Words words = call.words();
        WorkspaceId here = Here.of(around);
        Reports.Listing listing = Reports.list(here.folder());
        List<Reports.Entry> chosen =
                words.operands().isEmpty()
                        ? words.has("--all") ? listing.reports() : listing.unprocessed()
                        : named(around, here, listing, words.operands());
        boolean failed = words.has("--process") && !process(around, chosen);
        // As they are now.
        List<Reports.Entry> told =
                words.has("--process")
                        ? chosen.stream().flatMap(e -> Reports.read(e.place()).stream()).toList()
                        : chosen;
        if (words.has("--json")) {
            around.say(json(told, listing.unreadable()).toString());
        } else {
            print(around, told, words.has("--all"));
            if (words.has("--process") && !failed && !chosen.isEmpty()) {
                around.say("marked as processed");
            }
        }
        unreadable(listing.unreadable(), words.has("--all")).forEach(around::complain);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Files that are no report are counted, unless all are asked for; other troubles are told. */
    private static List<String> unreadable(List<String> each, boolean all) {
        List<String> told = new ArrayList<>();
        int files = 0;
        for (String one : each) {
            if (all || !one.startsWith(ReportName.FOLDER + "/")) {
                told.add("simmer: no report: " + TerminalText.plain(one));
            } else {
                files++;
            }
        }
        if (files > 0) {
            told.add(
                    "simmer: "
                            + (files == 1 ? "1 file in " : files + " files in ")
                            + ReportName.FOLDER
                            + (files == 1 ? " is no report" : " are no reports")
                            + "; `simmer reports --all` says why");
        }
        return told;
    }

    private static List<Reports.Entry> named(
            Surroundings around, WorkspaceId here, Reports.Listing listing, List<String> words)
            throws CommandRefused {
        Map<SafePath.Inside, Reports.Entry> entries = new LinkedHashMap<>();
        List<CommandRefused> refused = new ArrayList<>();
        for (String word : words) {
            try {
                Reports.Entry entry = named(around, here, listing, word);
                entries.put(entry.place(), entry);
            } catch (CommandRefused e) {
                refused.add(e);
            }
        }
        Optional<CommandRefused> all = CommandRefused.all(refused);
        if (all.isPresent()) {
            throw all.get();
        }
        return List.copyOf(entries.values());
    }

    private static Reports.Entry named(
            Surroundings around, WorkspaceId here, Reports.Listing listing, String word)
            throws CommandRefused {
        Optional<Reports.Entry> byId =
                listing.reports().reversed().stream()
                        .filter(each ->
                                word.equals(each.keys().get("background_agent_id"))
                                        || word.equals(
                                                each.place().name().replaceFirst("\\.md$", "")))
                        .findFirst();
        if (byId.isPresent()) {
            return byId.get();
        }
        return FoundReport.file(around, here, word)
                .flatMap(Reports::read)
                .orElseThrow(() ->
                        CommandRefused.usage("there is no report " + TerminalText.plain(word)));
    }

    private static boolean process(Surroundings around, List<Reports.Entry> reports) {
        boolean all = true;
        for (Reports.Entry each : reports) {
            Optional<String> why = Reports.markProcessed(each.place());
            if (why.isPresent()) {
                around.complain("simmer: " + TerminalText.plain(why.get()));
                all = false;
            }
        }
        return all;
    }

    private static JsonObject json(List<Reports.Entry> reports, List<String> unreadable) {
        return new JsonObject()
                .put("reports", reports.stream().map(ReportJson::row).toList())
                .putObject("findings", Reports.Listing.sums(reports), ReportJson::sums)
                .putTexts("unreadable", unreadable);
    }

    private static void print(Surroundings around, List<Reports.Entry> reports, boolean all) {
        if (reports.isEmpty()) {
            around.say(all ? "no reports" : "no unprocessed reports");
            return;
        }
        TextTable table =
                new TextTable("created", "status", "findings", "report", "title")
                        .mayLeaveOut("status", "created");
        for (Reports.Entry each : reports) {
            table.add(
                    0,
                    List.of(
                            plain(each.keys().getOrDefault("created", "")),
                            plain(each.keys().getOrDefault("status", "")),
                            counted(each.findings()),
                            plain(each.place().text()),
                            plain(each.keys().getOrDefault("title", ""))));
        }
        table.lines(TerminalWidth.of(around)).forEach(around::say);
        around.say("");
        String sums = words(Reports.Listing.sums(reports));
        around.say(
                reports.size()
                        + (reports.size() == 1 ? " report" : " reports")
                        + (sums.isEmpty() ? ", no findings" : "; findings: " + sums));
    }

    private static String counted(List<Finding> findings) {
        return findings.isEmpty() ? "-" : words(dev.simmer.agent.report.Findings.sums(findings));
    }

    private static String words(Map<Severity, Integer> sums) {
        List<String> words = new ArrayList<>();
        sums.forEach((severity, count) -> {
            if (count > 0) {
                words.add(count + " " + ReportJson.word(severity));
            }
        });
        return String.join(", ", words);
    }

    private static String plain(String text) {
        return TerminalText.plain(text);
    }
}
