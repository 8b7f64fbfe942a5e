package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last resort for a head that is no YAML: each line that begins with a likely key begins a
 * field, and all lines up to the next such line are its value. A value that is YAML by itself is
 * read as that, any other is text.
 */
final class LineScan {
    private static final Pattern BLOCK_MARK = Pattern.compile("[|>][+-]?[1-9]?[+-]?");

    private LineScan() {}

    /** The fields that lines hold; empty where no line begins with a key. */
    static List<Field> read(List<String> lines, int firstLine, Told told) {
        Map<String, Field> fields = new LinkedHashMap<>();
        int from = -1;
        for (int i = 0; i <= lines.size(); i++) {
            boolean begins = i == lines.size() || Keys.isLikely(lines.get(i));
            if (!begins) {
                continue;
            }
            if (from >= 0) {
                Field field = field(lines.subList(from, i), firstLine + from);
                if (fields.remove(field.key()) != null) {
                    told.line(
                            field.line(),
                            Told.quoted(field.key()) + " stands twice; this one counts");
                }
                fields.put(field.key(), field);
            } else if (i < lines.size()
                    && lines.subList(0, i).stream().anyMatch(l -> !l.isBlank())) {
                told.line(firstLine, "what stands before the first key is left out");
            }
            from = i;
        }
        return List.copyOf(fields.values());
    }

    private static Field field(List<String> lines, int line) {
        Keys.Start start = Keys.startOf(lines.getFirst()).orElseThrow();
        String source = Source.joined(start.rest(), lines.subList(1, lines.size()));
        Optional<Value> value =
                YamlHead.read(lines, line) instanceof YamlHead.Good good
                                && good.fields().size() == 1
                        ? Optional.of(good.fields().getFirst().value())
                        : Optional.empty();
        return new Field(
                start.key(),
                line,
                value.orElseGet(() -> new Value.Text(text(start, lines), false, line)),
                source);
    }

    private static String text(Keys.Start start, List<String> lines) {
        List<String> rest = new ArrayList<>(lines.subList(1, lines.size()));
        while (!rest.isEmpty() && rest.getLast().isBlank()) {
            rest.removeLast();
        }
        if (BLOCK_MARK.matcher(start.rest()).matches()) {
            String block = String.join("\n", rest).stripIndent();
            return start.rest().startsWith("|")
                    ? block
                    : folded("", List.of(block.split("\n", -1)));
        }
        return unquoted(folded(start.rest(), rest));
    }

    /** Lines made one, but for blank ones between them, and those that begin an element or item. */
    private static String folded(String first, List<String> more) {
        StringBuilder text = new StringBuilder(first);
        boolean broken = first.isEmpty();
        for (String line : more) {
            String stripped = line.strip();
            if (stripped.isEmpty()) {
                text.append('\n');
                broken = true;
                continue;
            }
            boolean begins = stripped.startsWith("<") || stripped.startsWith("- ");
            if (text.length() > 0) {
                text.append(broken ? "" : begins ? "\n" : " ");
            }
            text.append(stripped);
            broken = false;
        }
        return text.toString().strip();
    }

    private static String unquoted(String text) {
        if (text.length() < 2) {
            return text;
        }
        char first = text.charAt(0);
        boolean quoted = (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
        return quoted ? text.substring(1, text.length() - 1).replace("\\\"", "\"") : text;
    }
}
