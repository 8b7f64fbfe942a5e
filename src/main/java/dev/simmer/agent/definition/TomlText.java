package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of TOML that agent files use: tables, arrays of tables, dotted and quoted keys,
 * all four kinds of strings, arrays over several lines, inline tables. Numbers and dates stay
 * texts. What follows here is TOML 1.0, toml.io; stricter rules of it (which table may be opened
 * again, how a number looks) are not checked.
 *
 * <p>It is short enough to read whole, so that one kind of file does not cost a library.
 */
final class TomlText {
    private static final int MAX_DEPTH = 50;

    /** What came of a reading. */
    sealed interface Result {}

    /** The keys at the top, tables as maps. */
    record Good(List<Field> fields) implements Result {}

    /** The text is no TOML; {@code why} in words. */
    record Fault(int line, String why) implements Result {}

    /** Ends a reading that cannot go on. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        Stopped(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** What stands under a key while more of the file can add to it. */
    private sealed interface Slot {}

    private record Fixed(Value value, String source) implements Slot {}

    private record Table(int line, Map<String, Slot> slots, Map<String, Integer> lines)
            implements Slot {
        Table(int line) {
            this(line, new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    private record Tables(int line, List<Table> tables) implements Slot {}

    private final String text;
    private int at;
    private int countedTo;
    private int counted = 1;

    private TomlText(String text) {
        this.text = text;
    }

    /** Reads a text whose lines are ended by {@code \n}. */
    static Result read(String text) {
        TomlText reader = new TomlText(text);
        try {
            Table root = reader.document();
            List<Field> fields = new ArrayList<>();
            root.slots()
                    .forEach((key, slot) -> {
                        Value value = value(slot);
                        int line = root.lines().getOrDefault(key, 1);
                        String source =
                                slot instanceof Fixed fixed ? fixed.source() : value.shown();
                        fields.add(new Field(key, line, value, source));
                    });
            return new Good(List.copyOf(fields));
        } catch (Stopped e) {
            return new Fault(reader.line(), e.why());
        }
    }

    private static Value value(Slot slot) {
        return switch (slot) {
            case Fixed fixed -> fixed.value();
            case Tables all ->
                    new Value.Items(
                            all.tables().stream().map(TomlText::value).toList(), all.line());
            case Table table -> {
                Map<String, Value> pairs = new LinkedHashMap<>();
                table.slots().forEach((key, inner) -> pairs.put(key, value(inner)));
                yield new Value.Pairs(pairs, table.line());
            }
        };
    }

    private Table document() throws Stopped {
        Table root = new Table(1);
        Table current = root;
        for (skipLines(); at < text.length(); skipLines()) {
            if (text.startsWith("[[", at)) {
                current = newTables(root);
                endLine();
            } else if (peek() == '[') {
                current = newTable(root);
                endLine();
            } else {
                assignment(current, 1);
                endLine();
            }
        }
        return root;
    }

    private Table newTables(Table root) throws Stopped {
        at += 2;
        int line = line();
        List<String> keys = keys();
        expect("]]");
        Table parent = walk(root, keys.subList(0, keys.size() - 1));
        String last = keys.getLast();
        @Nullable Slot slot = parent.slots().get(last);
        Tables tables;
        if (slot == null) {
            tables = new Tables(line, new ArrayList<>());
            parent.slots().put(last, tables);
            parent.lines().put(last, line);
        } else if (slot instanceof Tables found) {
            tables = found;
        } else {
            throw new Stopped(Told.quoted(last) + " is something else already");
        }
        Table table = new Table(line);
        tables.tables().add(table);
        return table;
    }

    private Table newTable(Table root) throws Stopped {
        at++;
        List<String> keys = keys();
        expect("]");
        return walk(root, keys);
    }

    /** The table that keys lead to; made where it is missing. */
    private Table walk(Table from, List<String> keys) throws Stopped {
        Table table = from;
        for (String key : keys) {
            @Nullable Slot slot = table.slots().get(key);
            if (slot == null) {
                Table made = new Table(line());
                table.slots().put(key, made);
                table.lines().put(key, line());
                table = made;
            } else if (slot instanceof Table found) {
                table = found;
            } else if (slot instanceof Tables found) {
                table = found.tables().getLast();
            } else {
                throw new Stopped(Told.quoted(key) + " is a value already, no table");
            }
        }
        return table;
    }

    private void assignment(Table table, int depth) throws Stopped {
        int line = line();
        List<String> keys = keys();
        if (keys.size() > MAX_DEPTH) {
            throw new Stopped("this key has more than 50 parts");
        }
        expect("=");
        skipBlanks();
        int start = at;
        Value value = value(depth);
        Table parent = walk(table, keys.subList(0, keys.size() - 1));
        String source = text.substring(start, at).strip();
        if (parent.slots().putIfAbsent(keys.getLast(), new Fixed(value, source)) != null) {
            throw new Stopped(Told.quoted(keys.getLast()) + " stands twice");
        }
        parent.lines().put(keys.getLast(), line);
    }

    private List<String> keys() throws Stopped {
        List<String> keys = new ArrayList<>();
        do {
            skipBlanks();
            keys.add(key());
            skipBlanks();
        } while (taken("."));
        if (keys.size() > MAX_DEPTH) {
            throw new Stopped("this key has more than 50 parts");
        }
        return keys;
    }

    private String key() throws Stopped {
        char c = peek();
        if (c == '"' || c == '\'') {
            at++;
            return c == '"' ? basic("\"") : literal("'");
        }
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
            at++;
        }
        if (start == at) {
            throw new Stopped("no `key = value` stands here");
        }
        return text.substring(start, at);
    }

    private Value value(int depth) throws Stopped {
        if (depth > MAX_DEPTH) {
            throw new Stopped("this stands more than 50 levels deep");
        }
        int line = line();
        if (taken("\"\"\"")) {
            return new Value.Text(basic("\"\"\""), false, line);
        }
        if (taken("'''")) {
            return new Value.Text(literal("'''"), false, line);
        }
        if (taken("\"")) {
            return new Value.Text(basic("\""), false, line);
        }
        if (taken("'")) {
            return new Value.Text(literal("'"), false, line);
        }
        if (taken("[")) {
            return new Value.Items(items(depth), line);
        }
        if (taken("{")) {
            return inlineTable(depth, line);
        }
        int start = at;
        while (at < text.length() && " \t\n,]}#".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw new Stopped("a value is missing");
        }
        return new Value.Text(text.substring(start, at), true, line);
    }

    private List<Value> items(int depth) throws Stopped {
        List<Value> items = new ArrayList<>();
        for (skipLines(); !taken("]"); skipLines()) {
            items.add(value(depth + 1));
            skipLines();
            if (peek() != ']') {
                expect(",");
            }
        }
        return items;
    }

    private Value inlineTable(int depth, int line) throws Stopped {
        Table table = new Table(line);
        for (skipLines(); !taken("}"); skipLines()) {
            assignment(table, depth + 1);
            skipLines();
            if (peek() != '}') {
                expect(",");
            }
        }
        return value(table);
    }

    /** The rest of a string in which backslashes escape. */
    private String basic(String end) throws Stopped {
        StringBuilder string = new StringBuilder();
        boolean many = end.length() == 3;
        if (many) {
            taken("\n");
        }
        while (!ended(end, string)) {
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(many).ifPresent(string::appendCodePoint);
            } else {
                string.append(c);
            }
        }
        return string.toString();
    }

    private String literal(String end) throws Stopped {
        StringBuilder string = new StringBuilder();
        if (end.length() == 3) {
            taken("\n");
        }
        while (!ended(end, string)) {
            string.append(text.charAt(at++));
        }
        return string.toString();
    }

    /** Passes the end of a string; up to two quotes right before it belong to the string. */
    private boolean ended(String end, StringBuilder string) throws Stopped {
        boolean many = end.length() == 3;
        if (at >= text.length() || (!many && text.charAt(at) == '\n')) {
            throw new Stopped("the string that begins before this is not closed");
        }
        if (!taken(end)) {
            return false;
        }
        for (int i = 0; many && i < 2 && peek() == end.charAt(0); i++) {
            string.append(text.charAt(at++));
        }
        return true;
    }

    /** What an escape stands for; nothing for the end of a line, which takes blanks with it. */
    private Optional<Integer> escape(boolean many) throws Stopped {
        char c = peek();
        at++;
        int simple = "btnfre\"\\".indexOf(c);
        if (simple >= 0) {
            return Optional.of((int) "\b\t\n\f\r\u001b\"\\".charAt(simple));
        }
        if (c == 'u' || c == 'U') {
            return Optional.of(codePoint(c == 'u' ? 4 : 8));
        }
        at--;
        int start = at;
        skipBlanks();
        if (!many || peek() != '\n') {
            at = start;
            throw new Stopped("there is no such escape");
        }
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return Optional.empty();
    }

    private int codePoint(int digits) throws Stopped {
        if (at + digits <= text.length()) {
            String hex = text.substring(at, at + digits);
            if (hex.matches("[0-9A-Fa-f]+")) {
                long point = Long.parseLong(hex, 16);
                if (point > 0
                        && point <= Character.MAX_CODE_POINT
                        && (point < 0xD800 || point > 0xDFFF)) {
                    at += digits;
                    return (int) point;
                }
            }
        }
        throw new Stopped("there is no such character");
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean taken(String word) {
        boolean there = text.startsWith(word, at);
        at += there ? word.length() : 0;
        return there;
    }

    private void expect(String word) throws Stopped {
        skipBlanks();
        if (!taken(word)) {
            throw new Stopped("`" + word + "` is missing");
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void skipComment() {
        if (peek() == '#') {
            while (at < text.length() && text.charAt(at) != '\n') {
                at++;
            }
        }
    }

    /** Passes blanks, comments and ends of lines. */
    private void skipLines() {
        int before;
        do {
            before = at;
            skipBlanks();
            skipComment();
            taken("\n");
        } while (at > before);
    }

    private void endLine() throws Stopped {
        skipBlanks();
        skipComment();
        if (at < text.length() && peek() != '\n') {
            throw new Stopped("the line should end here");
        }
    }

    /** The line of the place that is reached, which never goes back by a line. */
    private int line() {
        for (int end = Math.min(at, text.length()); countedTo < end; countedTo++) {
            counted += text.charAt(countedTo) == '\n' ? 1 : 0;
        }
        return counted;
    }
}
