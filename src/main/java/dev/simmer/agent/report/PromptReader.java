package dev.simmer.agent.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the plain-text form of a {@link Prompt} as people and orchestrating agents write it: parts
 * in any order or missing, labels in bold or in a list, a value in the line after its label.
 *
 * <p>A line counts as a field only where its value looks like one, so that "Session: log in twice"
 * stays a part of the task. Where a field comes twice the last one counts, for the form ends with
 * them.
 */
final class PromptReader {
    private enum Field {
        REPORT(
                "(?:write|save|put|output)?\\s*(?:the|your)?\\s*(?:report|results?|output)"
                        + "(?:\\s+(?:to|location|path|file|at|in))?|write\\s+to"),
        SESSION("session(?:\\s+(?:file|path|reference))?"),
        ID("background[ _-]agent[ _-]id"),
        FILES("files(?:\\s+(?:to\\s+\\w+|or\\s+scope|in\\s+scope))?|scope");

        final Pattern label;

        Field(String label) {
            this.label =
                    Pattern.compile(
                            "(?i)^\\s*(?:[-*+]\\s+)?[*_]{0,3}(?:"
                                    + label
                                    + ")[*_]{0,3}\\s*:[*_]{0,3}(?:\\s+(?<value>.*))?$");
        }
    }

    private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*+•]|\\d{1,3}[.)])\\s+(.*)$");
    private static final Pattern MARKDOWN_PATH = Pattern.compile("\\S.*\\.(?:md|markdown|txt)");
    private static final Pattern ONE_WORD = Pattern.compile("\\S+");

    private final List<String> lines;
    private final List<String> task = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final Map<Field, String> values = new EnumMap<>(Field.class);
    private int at;

    PromptReader(String text) {
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lines = Clean.lines(clean).lines().toList();
    }

    Prompt read() {
        while (at < lines.size()) {
            if (!field()) {
                task.add(lines.get(at).stripTrailing());
                at++;
            }
        }
        String text = String.join("\n", task).strip().replaceAll("\n{3,}", "\n\n");
        return new Prompt(text, files, value(Field.REPORT), value(Field.SESSION), value(Field.ID));
    }

    private Optional<String> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    private boolean field() {
        for (Field field : Field.values()) {
            Matcher matcher = field.label.matcher(lines.get(at));
            if (matcher.matches()) {
                String value = matcher.group("value");
                String found = value == null ? "" : value.strip();
                return field == Field.FILES ? files(found) : single(field, found);
            }
        }
        return false;
    }

    private boolean single(Field field, String here) {
        int used = 1;
        String value = bare(here);
        if (value.isEmpty()) {
            int next = at + 1;
            while (next < lines.size() && lines.get(next).isBlank() && next < at + 3) {
                next++;
            }
            if (next < lines.size()) {
                Matcher item = ITEM.matcher(lines.get(next));
                value = bare(item.matches() ? item.group(1) : lines.get(next));
                used = next - at + 1;
            }
        } else if (!fits(field, value) && at + 1 < lines.size()) {
            // A path that was wrapped at a blank or a dash.
            String rest = lines.get(at + 1).strip();
            String joined =
                    bare(here + (here.endsWith("-") || here.endsWith("/") ? "" : " ") + rest);
            if (!rest.isEmpty() && !rest.contains(":") && fits(field, joined)) {
                value = joined;
                used = 2;
            }
        }
        if (!fits(field, value)) {
            return false;
        }
        values.put(field, value);
        at += used;
        return true;
    }

    private static boolean fits(Field field, String value) {
        return switch (field) {
            case REPORT -> MARKDOWN_PATH.matcher(value).matches() && !value.contains(": ");
            case SESSION ->
                    MARKDOWN_PATH.matcher(value).matches()
                            || (ONE_WORD.matcher(value).matches()
                                    && (value.contains("/") || value.contains(".")));
            case ID -> ONE_WORD.matcher(value).matches();
            case FILES -> !value.isEmpty();
        };
    }

    private boolean files(String here) {
        List<String> found = new ArrayList<>();
        int next = at + 1;
        if (!here.isEmpty()) {
            if (here.endsWith(".") || (!here.contains(",") && here.contains(" "))) {
                return false;
            }
            for (String each : here.split(",", -1)) {
                found.add(bare(each));
            }
        }
        int blank = 0;
        boolean inItem = false;
        while (next < lines.size() && blank < 2) {
            String line = lines.get(next);
            Matcher item = ITEM.matcher(line);
            if (line.isBlank()) {
                // An empty line may stand between the label and its list, not within the list.
                if (!found.isEmpty()) {
                    break;
                }
                blank++;
            } else if (item.matches() && !labelled(line)) {
                found.add(bare(item.group(1)));
                inItem = true;
            } else if (inItem && line.startsWith(" ") && !labelled(line)) {
                String last = found.removeLast();
                String glue = last.endsWith("/") || last.endsWith("-") ? "" : " ";
                found.add(bare(last + glue + line.strip()));
            } else {
                break;
            }
            next++;
        }
        found.removeIf(String::isBlank);
        if (found.isEmpty()) {
            return false;
        }
        files.addAll(found);
        at = next;
        return true;
    }

    private static boolean labelled(String line) {
        return Field.REPORT.label.matcher(line).matches()
                || Field.SESSION.label.matcher(line).matches()
                || Field.ID.label.matcher(line).matches();
    }

    /** Without the quotes, backticks and stars around it, and a full stop behind those. */
    private static String bare(String value) {
        String bare = value.strip();
        if (bare.matches("^[*_`\"'<]{1,3}[^`\"*]+[*_`\"'>]{1,3}\\.?$")) {
            bare = bare.replaceAll("^[*_`\"'<]{1,3}", "").replaceAll("[*_`\"'>]{1,3}\\.?$", "");
        }
        return bare.strip();
    }
}
