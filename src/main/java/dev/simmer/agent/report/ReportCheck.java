package dev.simmer.agent.report;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a report keeps the contract.
 *
 * @param wrongKeys of the front matter's {@code report:} with the reason, in the contract's order
 * @param fault why the front matter as a whole is of no use; then no key counts
 * @param keys what the front matter says of the report
 * @param form of the body
 */
public record ReportCheck(
        Map<String, String> wrongKeys,
        Optional<String> fault,
        Map<String, String> keys,
        Form form) {
    /** The forms of a body. */
    public enum Form {
        /** Status, summary, details, issues and next steps. */
        FIVE_PART,
        /** Findings with severity. */
        FINDINGS,
        /** Some other text. */
        FREE,
        EMPTY
    }

    private static final List<Pattern> FIVE_PARTS =
            List.of("status", "summary", "details", "issues", "next\\s+steps").stream()
                    .map(part ->
                            Pattern.compile(
                                    "(?im)^\\s*(?:#{1,6}\\s+|\\d[.)]\\s+|[-*+]\\s+)?"
                                            + "(?:\\d[.)]\\s+)?[*_]{0,3}"
                                            + part
                                            + "[*_]{0,3}\\s*(?::.*)?[*_]{0,3}\\s*$"
                                            + "|^\\s*(?:\\d[.)]\\s+|[-*+]\\s+)?\\*\\*"
                                            + part
                                            + "\\*\\*.*$"))
                    .toList();
    private static final Pattern FINDINGS_HEADING =
            Pattern.compile("(?im)^#{1,6}\\s+(?:\\w+\\s+)?findings\\b.*$");
    private static final Set<String> STATUSES =
            Set.of(ReportFacts.UNPROCESSED, ReportFacts.PROCESSED, ReportFacts.SUPERSEDED);

    /** Whether the contract is kept. */
    public boolean valid() {
        return wrongKeys.isEmpty() && fault.isEmpty() && form != Form.EMPTY;
    }

    /** Whether the contract is kept but for the status, which is not the agent's to set. */
    boolean validButForStatus() {
        return fault.isEmpty()
                && form != Form.EMPTY
                && wrongKeys.keySet().stream().allMatch("status"::equals);
    }

    /** Whether only the front matter lacks something. */
    boolean bodyIsThere() {
        return form != Form.EMPTY;
    }

    /** All that is wrong, in words. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        fault.ifPresent(reasons::add);
        reasons.addAll(wrongKeys.values());
        if (form == Form.EMPTY) {
            reasons.add("the body is empty");
        }
        return reasons;
    }

    /**
     * Checks a report's bytes.
     *
     * @param facts of the run that it must belong to and that has just ended, so that nobody can
     *     have processed it; where empty, any run will do
     */
    public static ReportCheck of(byte[] file, Optional<ReportFacts> facts) {
        Map<String, String> wrong = new LinkedHashMap<>();
        int body = 0;
        try {
            Optional<FrontMatter> matter = FrontMatter.find(file);
            if (matter.isEmpty()) {
                return new ReportCheck(
                        wrong,
                        Optional.of("there is no front matter"),
                        Map.of(),
                        form(text(file, 0)));
            }
            body = matter.get().after();
            Form form = form(text(file, body));
            Optional<Yaml.Mapping> report = report(YamlPlaces.read(matter.get().text()));
            if (report.isEmpty()) {
                return new ReportCheck(
                        wrong,
                        Optional.of("the front matter has no mapping \"report\""),
                        Map.of(),
                        form);
            }
            Map<String, String> keys = new LinkedHashMap<>();
            for (Yaml.Pair pair : report.get().pairs()) {
                if (pair.key() instanceof Yaml.Scalar key
                        && pair.value() instanceof Yaml.Scalar value
                        && !value.isNull()) {
                    keys.put(key.value(), value.value());
                }
            }
            checkKeys(wrong, keys, facts);
            return new ReportCheck(wrong, Optional.empty(), keys, form);
        } catch (YamlFault e) {
            return new ReportCheck(
                    wrong,
                    Optional.of("the front matter is not YAML: " + e.words(1)),
                    Map.of(),
                    form(text(file, body)));
        }
    }

    static Optional<Yaml.Mapping> report(Optional<Yaml> root) {
        return root.filter(Yaml.Mapping.class::isInstance)
                .map(Yaml.Mapping.class::cast)
                .flatMap(mapping -> mapping.get("report"))
                .filter(Yaml.Mapping.class::isInstance)
                .map(Yaml.Mapping.class::cast);
    }

    private static void checkKeys(
            Map<String, String> wrong, Map<String, String> keys, Optional<ReportFacts> facts) {
        String title = keys.getOrDefault("title", "");
        if (title.isBlank()) {
            wrong.put("title", "report.title is missing");
        }
        String type = keys.getOrDefault("type", "");
        if (!type.equals(ReportFacts.TYPE)) {
            wrong.put("type", "report.type is not " + ReportFacts.TYPE);
        }
        String status = keys.getOrDefault("status", "");
        if (facts.isPresent() && !status.equals(ReportFacts.UNPROCESSED)) {
            wrong.put("status", "report.status is not unprocessed");
        } else if (!STATUSES.contains(status)) {
            wrong.put("status", "report.status is none of unprocessed, processed, superseded");
        }
        if (!iso(keys.getOrDefault("created", ""))) {
            wrong.put("created", "report.created is no ISO 8601 time");
        }
        String id = keys.getOrDefault("background_agent_id", "");
        if (id.isBlank()) {
            wrong.put("background_agent_id", "report.background_agent_id is missing");
        } else if (facts.isPresent() && !facts.get().agentId().equals(id)) {
            wrong.put(
                    "background_agent_id",
                    "report.background_agent_id is not " + facts.get().agentId());
        }
        if (facts.isPresent() && facts.get().session().isPresent()) {
            String session = keys.getOrDefault("session_reference", "");
            String name = facts.get().sessionReference();
            if (!session.equals(name) && !session.endsWith("/" + name)) {
                wrong.put("session_reference", "report.session_reference is not " + name);
            }
        } else if (facts.isPresent() && !keys.containsKey("session_reference")) {
            wrong.put("session_reference", "report.session_reference is missing");
        }
    }

    private static boolean iso(String text) {
        try {
            if (text.length() == 10) {
                LocalDate.parse(text);
            } else if (text.matches(".*(?:Z|[+-]\\d\\d:?\\d\\d)$")) {
                OffsetDateTime.parse(text);
            } else {
                LocalDateTime.parse(text);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The form of a body or of an agent's final words. */
    static Form form(String body) {
        if (body.replaceAll("(?s)<!--.*?-->", "").lines().allMatch(ReportCheck::saysNothing)) {
            return Form.EMPTY;
        }
        if (FIVE_PARTS.stream().allMatch(part -> part.matcher(body).find())) {
            return Form.FIVE_PART;
        }
        boolean findings = !Findings.of(body).isEmpty() || FINDINGS_HEADING.matcher(body).find();
        return findings ? Form.FINDINGS : Form.FREE;
    }

    private static boolean saysNothing(String line) {
        return line.isBlank() || line.matches("\\s*(?:#{1,6}(?:\\s.*)?|-{3,}|\\uFEFF)\\s*");
    }

    private static String text(byte[] file, int from) {
        return new String(file, from, file.length - from, StandardCharsets.UTF_8);
    }
}
