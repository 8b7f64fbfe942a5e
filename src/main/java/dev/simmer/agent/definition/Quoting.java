package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes YAML of a head that is nearly YAML, line by line: values of one line that YAML cannot read
 * get quotes. Keys whose lines are YAML by themselves are left as they are, so that a fault never
 * changes what stands around it.
 */
final class Quoting {
    private static final Pattern PAIR =
            Pattern.compile(
                    "(\\s*(?:-[ \\t]+){0,9}(?:[A-Za-z_][^:]*|\"[^\"]*\"|'[^']*'):[ \\t]+)(\\S.*)");
    private static final Pattern ITEM = Pattern.compile("(\\s*-[ \\t]+)(\\S.*)");
    private static final Pattern BLOCK =
            Pattern.compile("(\\s*+).*?:[ \\t]+[|>][+-]?[1-9]?[+-]?[ \\t]*(?:#.*)?");
    private static final Pattern TABS = Pattern.compile("( *)(\\t[ \\t]*)(.*)");

    private final List<String> repaired = new ArrayList<>();
    private final Told told;
    private final int firstLine;

    private Quoting(Told told, int firstLine) {
        this.told = told;
        this.firstLine = firstLine;
    }

    /** The lines with quotes where they were missing; what was done is told. */
    static List<String> repaired(List<String> lines, int firstLine, Told told) {
        Quoting quoting = new Quoting(told, firstLine);
        int from = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size() || beginsKey(lines.get(i))) {
                quoting.key(lines.subList(from, i), from);
                from = i;
            }
        }
        return quoting.repaired;
    }

    private static boolean beginsKey(String line) {
        return Keys.startOf(line)
                .filter(start -> !start.tight() || Keys.isKnown(start.key()))
                .isPresent();
    }

    /** One key with the lines that belong to it. */
    private void key(List<String> lines, int from) {
        if (YamlHead.reads(lines)) {
            repaired.addAll(lines);
            return;
        }
        int blockIndent = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean inBlock = blockIndent >= 0 && (line.isBlank() || indent(line) > blockIndent);
            if (inBlock) {
                repaired.add(line);
                continue;
            }
            Matcher block = BLOCK.matcher(line);
            blockIndent = block.matches() ? block.group(1).length() : -1;
            repaired.add(blockIndent >= 0 ? line : line(line, firstLine + from + i));
        }
    }

    private static int indent(String line) {
        int i = 0;
        while (i < line.length() && line.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private String line(String original, int number) {
        String line = loosened(untabbed(original, number), number);
        Matcher pair = PAIR.matcher(line);
        Matcher item = ITEM.matcher(line);
        Matcher match = pair.matches() ? pair : item;
        if (!(match == pair || item.matches())) {
            return line;
        }
        String value = match.group(2).stripTrailing();
        if (YamlHead.reads(List.of("k: " + value))) {
            return line;
        }
        told.line(number, why(value) + "; it is read as text");
        return match.group(1) + "'" + text(value).replace("'", "''") + "'";
    }

    private String untabbed(String line, int number) {
        Matcher tabs = TABS.matcher(line);
        if (!tabs.matches()) {
            return line;
        }
        told.line(number, "a tab is used for indentation; it is read as two blanks");
        return tabs.group(1) + tabs.group(2).replace("\t", "  ") + tabs.group(3);
    }

    private String loosened(String line, int number) {
        return Keys.startOf(line)
                .filter(Keys.Start::tight)
                .filter(start -> Keys.isKnown(start.key()))
                .map(start -> {
                    told.line(number, "no blank follows the colon of " + Told.quoted(start.key()));
                    return start.key() + ": " + start.rest();
                })
                .orElse(line);
    }

    private static String why(String value) {
        char first = value.charAt(0);
        if (first == '"' || first == '\'') {
            return "the quotes of this value do not match or hold an escape that YAML does not"
                    + " know";
        }
        if (first == '[' || first == '{') {
            return "this value begins with `" + first + "` and is no list and no map";
        }
        if ("*&!%@`|>?,]}#-".indexOf(first) >= 0) {
            return "this value begins with `" + first + "` and has no quotes";
        }
        return "this value holds `: ` and has no quotes";
    }

    /** What the author meant by a value: quotes around the whole of it are none of it. */
    private static String text(String value) {
        char first = value.charAt(0);
        if (first != '"' && first != '\'') {
            return value;
        }
        int last = value.lastIndexOf(first);
        if (last == 0) {
            return value.substring(1);
        }
        boolean whole = last == value.length() - 1 && !oddlyQuoted(value.substring(1, last), first);
        return whole ? value.substring(1, last).replace("\\\"", "\"") : value;
    }

    /** Whether the quote stands inside too: then the outer ones are parts of two quotations. */
    private static boolean oddlyQuoted(String inner, char quote) {
        int count = 0;
        for (int i = 0; i < inner.length(); i++) {
            boolean escaped = i > 0 && inner.charAt(i - 1) == '\\';
            if (inner.charAt(i) == quote && !escaped) {
                count++;
            }
        }
        return count > 0 && count % 2 == 0 && inner.indexOf(quote + " ") >= 0;
    }
}
