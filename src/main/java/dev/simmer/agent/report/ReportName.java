package dev.simmer.agent.report;

import java.text.Normalizer;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a run's report and id are called: {@code .agents/reports/YYYYMMDD-HHMMSS-<name>.md} and
 * {@code bg-YYYYMMDD-HHMMSS-<name>}.
 *
 * @param stamp the local time of its beginning, as {@code YYYYMMDD-HHMMSS}
 * @param name of the characters {@code a-z A-Z 0-9 . _ -} only
 */
public record ReportName(String stamp, String name) {
    /** Where reports lie, relative to the workspace. */
    public static final String FOLDER = ".agents/reports";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
    private static final int LONGEST = 60;

    /**
     * Names a run.
     *
     * @param name any text; what is no letter, digit, dot or underscore becomes a dash
     */
    public static ReportName of(LocalDateTime began, String name) {
        return new ReportName(STAMP.format(began), safe(name));
    }

    /** Relative to the workspace. */
    public String reportPath() {
        return FOLDER + "/" + stamp + "-" + name + ".md";
    }

    /** The background agent id. */
    public String agentId() {
        return "bg-" + stamp + "-" + name;
    }

    static String safe(String name) {
        String safe =
                Normalizer.normalize(name, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}+", "")
                        .replaceAll("[^A-Za-z0-9._-]+", "-")
                        .replaceAll("\\.{2,}", ".")
                        .replaceAll("-{2,}", "-")
                        .replaceAll("^[-._]+", "");
        safe = safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
        safe = safe.replaceAll("[-._]+$", "");
        return safe.isEmpty() ? "agent" : safe;
    }
}
