package dev.simmer.cli;

import dev.simmer.agent.report.Finding;
import dev.simmer.agent.report.Reports;
import dev.simmer.agent.report.Severity;
import dev.simmer.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports as JSON; docs/JSON.md has the shapes. */
final class ReportJson {
    private static final List<String> KEYS =
            List.of("title", "status", "created", "background_agent_id", "session_reference");

    private ReportJson() {}

    /** One, without its text. */
    static JsonObject row(Reports.Entry report) {
        JsonObject json = new JsonObject().put("report", report.place().absolute().toString());
        for (String key : KEYS) {
            String value = report.keys().get(key);
            if (value == null) {
                json.putNull(key);
            } else {
                json.put(key, value);
            }
        }
        return json.put("findings", report.findings().stream().map(ReportJson::finding).toList());
    }

    /** One with its text. */
    static JsonObject all(Reports.Entry report) {
        return row(report).put("body", report.body());
    }

    private static JsonObject finding(Finding finding) {
        return new JsonObject()
                .put("severity", word(finding.severity()))
                .put("title", finding.title())
                .put("location", finding.location())
                .put("description", finding.description())
                .put("recommendation", finding.recommendation());
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** How many findings there are of each severity. */
    static void sums(JsonObject to, Map<Severity, Integer> sums) {
        sums.forEach((severity, count) -> to.put(word(severity), count));
    }
}
