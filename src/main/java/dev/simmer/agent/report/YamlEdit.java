package dev.simmer.agent.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Changes in a YAML text, gathered as pieces to put at places and then made all at once. What lies
 * outside the pieces stays as it is. Nothing here promises that the result means what was meant:
 * whoever uses it reads the result again and compares.
 */
final class YamlEdit {
    /** Words and paths that mean themselves without quotes to every reader, in flow style too. */
    private static final Pattern PLAIN =
            Pattern.compile("\\.?[A-Za-z][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*");

    private static final Pattern NO_TEXT =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");

    private final String text;
    private final String lineEnd;
    private final List<Piece> pieces = new ArrayList<>();

    /** One replacement; {@code from == to} for something put between. */
    record Piece(int from, int to, String with) {}

    YamlEdit(String text, String lineEnd) {
        this.text = text;
        this.lineEnd = lineEnd;
    }

    boolean nothingToDo() {
        return pieces.isEmpty();
    }

    /** The pieces in the text's order. */
    List<Piece> pieces() {
        return pieces.stream().sorted(Comparator.comparingInt(Piece::from)).toList();
    }

    /** The text with all pieces in place. */
    String result() throws YamlFault {
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (Piece piece : pieces()) {
            if (piece.from() < done) {
                throw new YamlFault("two changes meet at one place", Optional.empty());
            }
            result.append(text, done, piece.from()).append(piece.with());
            done = piece.to();
        }
        return result.append(text, done, text.length()).toString();
    }

    void put(int from, int to, String with) {
        pieces.add(new Piece(from, to, with));
    }

    /** Sets scalars of a mapping: in the quotes they have, and added at its end where missing. */
    void set(Yaml.Mapping mapping, Map<String, String> values) {
        Map<String, String> missing = new LinkedHashMap<>(values);
        for (Yaml.Pair pair : mapping.pairs()) {
            values.forEach((key, value) -> {
                if (pair.is(key)) {
                    replace(pair.value(), value);
                    missing.remove(key);
                }
            });
        }
        missing.forEach((key, value) -> add(mapping, key, value));
    }

    private void replace(Yaml old, String value) {
        if (!(old instanceof Yaml.Scalar scalar)) {
            put(old.start(), old.contentEnd(), written(value, (char) 0));
            return;
        }
        if (scalar.isNull() && scalar.start() == scalar.end()) {
            boolean afterColon = scalar.start() > 0 && text.charAt(scalar.start() - 1) == ':';
            put(
                    scalar.start(),
                    scalar.start(),
                    (afterColon ? " " : ": ") + written(value, (char) 0));
        } else if (!scalar.value().equals(value) || scalar.isNull()) {
            int end = scalar.end();
            while (scalar.block() && end > scalar.start() && isBlank(text.charAt(end - 1))) {
                end--;
            }
            put(scalar.start(), end, written(value, scalar.style()));
        }
    }

    private void add(Yaml.Mapping mapping, String key, String value) {
        if (mapping.flow()) {
            boolean json = !mapping.pairs().isEmpty() && quoted(mapping.pairs().getFirst().key());
            char style = json ? '"' : 0;
            addInFlow(
                    mapping.pairs().isEmpty(),
                    mapping.pairs().isEmpty()
                            ? mapping.end() - 1
                            : mapping.pairs().getLast().value().contentEnd(),
                    written(key, style) + ": " + written(value, style));
            return;
        }
        int column = keyColumn(mapping);
        char style = value.contains("/") ? '"' : 0;
        addLines(mapping.contentEnd(), " ".repeat(column) + key + ": " + written(value, style));
    }

    /** Adds a key with a list of texts, in brackets and quotes, at a mapping's end. */
    void addTexts(Yaml.Mapping mapping, String key, List<String> texts) {
        String list =
                key
                        + ": ["
                        + String.join(", ", texts.stream().map(YamlEdit::doubleQuoted).toList())
                        + "]";
        if (mapping.flow()) {
            boolean empty = mapping.pairs().isEmpty();
            int place = empty ? mapping.end() - 1 : mapping.pairs().getLast().value().contentEnd();
            addInFlow(empty, place, list);
        } else {
            addLines(mapping.contentEnd(), " ".repeat(keyColumn(mapping)) + list);
        }
    }

    /** Adds an item, in the list's own style, with the fields in this order. */
    void append(Yaml.Sequence list, Map<String, String> fields) {
        if (list.flow()) {
            boolean empty = list.items().isEmpty();
            addInFlow(
                    empty,
                    empty ? list.end() - 1 : list.items().getLast().contentEnd(),
                    flowItem(fields));
            return;
        }
        addLines(list.contentEnd(), item(dashColumn(list), fields));
    }

    private int dashColumn(Yaml.Sequence list) {
        if (!list.marked()) {
            return column(list.start());
        }
        int dash = list.items().getLast().start();
        while (dash > 0 && text.charAt(dash) != '-') {
            dash--;
        }
        return column(dash);
    }

    /** The fields as an item of a block list whose dash stands in this column. */
    String item(int column, Map<String, String> fields) {
        StringBuilder item = new StringBuilder();
        fields.forEach((key, value) -> {
            if (!item.isEmpty()) {
                item.append(lineEnd);
            }
            item.append(" ".repeat(column))
                    .append(item.toString().isBlank() ? "- " : "  ")
                    .append(key)
                    .append(": ")
                    .append(written(value, style(key)));
        });
        return item.toString();
    }

    /** The fields as a mapping in braces. */
    String flowItem(Map<String, String> fields) {
        List<String> parts = new ArrayList<>();
        fields.forEach((key, value) -> parts.add(key + ": " + written(value, style(key))));
        return "{" + String.join(", ", parts) + "}";
    }

    private static char style(String key) {
        return key.equals("status") || key.equals("agent") ? (char) 0 : '"';
    }

    private void addInFlow(boolean first, int place, String what) {
        put(place, place, first ? what : ", " + what);
    }

    /** Puts whole lines after the line in which the place is. */
    void addLines(int after, String lines) {
        int place = lineAfter(after);
        boolean open = place > 0 && text.charAt(place - 1) != '\n';
        put(place, place, (open ? lineEnd : "") + lines + lineEnd);
    }

    private int lineAfter(int place) {
        if (place > 0 && text.charAt(place - 1) == '\n') {
            return place;
        }
        int end = text.indexOf('\n', place);
        return end < 0 ? text.length() : end + 1;
    }

    /** The column in which a block mapping's keys begin, or the question marks before them. */
    int keyColumn(Yaml.Mapping mapping) {
        int key = mapping.pairs().getFirst().key().start();
        int sign = key - 1;
        while (sign > 0 && text.charAt(sign) == ' ') {
            sign--;
        }
        return column(sign >= 0 && text.charAt(sign) == '?' ? sign : key);
    }

    /** How many chars stand before this one in its line. */
    int column(int place) {
        return place - (text.lastIndexOf('\n', place - 1) + 1);
    }

    private static boolean quoted(Yaml key) {
        return key instanceof Yaml.Scalar scalar && scalar.style() == '"';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** A value as a scalar of this style, or in double quotes where that one cannot hold it. */
    static String written(String value, char style) {
        boolean simple = !Clean.unfit(value) && !value.contains("\t");
        if (style == '\'' && simple) {
            return "'" + value.replace("'", "''") + "'";
        }
        boolean plain = PLAIN.matcher(value).matches() && !NO_TEXT.matcher(value).matches();
        return style != '"' && style != '\'' && plain ? value : doubleQuoted(value);
    }

    /** The value in double quotes, on one line, with YAML's escapes. */
    static String doubleQuoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints()
                .forEach(point -> {
                    switch (point) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\r' -> quoted.append("\\r");
                        case '\t' -> quoted.append("\\t");
                        default -> escaped(quoted, point);
                    }
                });
        return quoted.append('"').toString();
    }

    private static void escaped(StringBuilder quoted, int point) {
        if (Clean.unfit(Character.toString(point))) {
            quoted.append(String.format(Locale.ROOT, "\\u%04X", point));
        } else {
            quoted.appendCodePoint(point);
        }
    }
}
