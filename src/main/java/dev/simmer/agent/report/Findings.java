package dev.simmer.agent.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The findings of a report's body: a heading, and below it the fields Severity, Location,
 * Description and Recommendation, in any order, in bold or not, in a list or not. A field goes on
 * until the next one. What stands in a fenced block is text and no field.
 */
public final class Findings {
    private enum Field {
        SEVERITY,
        LOCATION,
        DESCRIPTION,
        RECOMMENDATION
    }

    private static final Pattern HEADING = Pattern.compile("^ {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*$");
    private static final Pattern FIELD =
            Pattern.compile(
                    "(?i)^\\s*(?:[-*+]\\s+)?[*_]{0,3}"
                            + "(severity|locations?|files?|description|recommendations?|fix)"
                            + "[*_]{0,3}\\s*:[*_]{0,3}\\s*(.*)$");
    private static final Pattern NUMBER =
            Pattern.compile("(?i)^(?:finding\\s*)?#?[A-Z]?-?\\d*\\s*[:.)–—-]\\s*");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,}).*$");

    private final List<Finding> found = new ArrayList<>();
    private final Map<Field, StringBuilder> fields = new EnumMap<>(Field.class);
    private String title = "";
    private Optional<Field> open = Optional.empty();
    private String fence = "";

    private Findings() {}

    /** The findings of a body, in its order. */
    public static List<Finding> of(String body) {
        Findings reading = new Findings();
        Clean.lines(body).lines().forEach(reading::line);
        reading.end();
        return List.copyOf(reading.found);
    }

    /** How many there are of each severity, all severities named. */
    public static Map<Severity, Integer> sums(Collection<Finding> findings) {
        Map<Severity, Integer> sums = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            sums.put(severity, 0);
        }
        findings.forEach(finding -> sums.merge(finding.severity(), 1, Integer::sum));
        return Collections.unmodifiableMap(sums);
    }

    private void line(String line) {
        Matcher mark = FENCE.matcher(line);
        if (mark.matches()) {
            String found = mark.group(1);
            if (fence.isEmpty()) {
                fence = found;
            } else if (found.startsWith(fence)) {
                fence = "";
            }
            more(line);
            return;
        }
        Matcher heading = HEADING.matcher(line);
        Matcher field = FIELD.matcher(line);
        if (!fence.isEmpty()) {
            more(line);
        } else if (heading.matches()) {
            end();
            title = heading.group(2);
        } else if (field.matches()) {
            begin(kind(field.group(1)), field.group(2));
        } else {
            more(line);
        }
    }

    private static Field kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT).charAt(0)) {
            case 's' -> Field.SEVERITY;
            case 'l' -> Field.LOCATION;
            case 'd' -> Field.DESCRIPTION;
            default ->
                    word.toLowerCase(Locale.ROOT).startsWith("file")
                            ? Field.LOCATION
                            : Field.RECOMMENDATION;
        };
    }

    private void begin(Field field, String text) {
        if (field == Field.SEVERITY && fields.containsKey(Field.SEVERITY)) {
            // A list of findings below one heading.
            end();
        }
        open = Optional.of(field);
        fields.computeIfAbsent(field, _ -> new StringBuilder()).append(text).append('\n');
    }

    private void more(String line) {
        open.ifPresent(field -> {
            StringBuilder text = fields.get(field);
            if (text != null) {
                text.append(line).append('\n');
            }
        });
    }

    private void end() {
        if (fields.containsKey(Field.SEVERITY)) {
            found.add(
                    new Finding(
                            Clean.line(NUMBER.matcher(title).replaceFirst("")),
                            Severity.of(firstLine(text(Field.SEVERITY))).orElse(Severity.UNRATED),
                            firstLine(text(Field.LOCATION)).replace("`", ""),
                            text(Field.DESCRIPTION),
                            text(Field.RECOMMENDATION)));
        }
        fields.clear();
        open = Optional.empty();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private String text(Field field) {
        StringBuilder text = fields.get(field);
        return text == null ? "" : text.toString().strip();
    }
}
