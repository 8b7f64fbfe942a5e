package dev.simmer.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads variables from the text of an {@code env_file}.
 *
 * <p>A line is {@code NAME=value}, with {@code export} before it or not; blank lines and lines that
 * begin with {@code #} say nothing. A value without quotes ends at a blank followed by {@code #}.
 * In single quotes everything stands for itself; in double quotes {@code \n \r \t \" \\ \$} are
 * escapes and any other backslash stands for itself. A quoted value may run over lines. Nothing is
 * replaced by the value of another variable. Of several lines with one name the last counts.
 */
final class Dotenv {
    private final Path file;
    private final String text;
    private final Mistakes mistakes;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Dotenv(Path file, String text, Mistakes mistakes) {
        this.file = file;
        this.text = text.replace("\r\n", "\n").replace('\r', '\n');
        this.mistakes = mistakes;
    }

    /** The variables in the order of the file; mistakes are reported at their place in it. */
    static Map<String, String> parse(Path file, String text, Mistakes mistakes) {
        Dotenv reader = new Dotenv(file, text, mistakes);
        while (reader.at < reader.text.length()) {
            reader.line();
        }
        return reader.variables;
    }

    private void line() {
        skipBlanks();
        if (text.startsWith("export ", at) || text.startsWith("export\t", at)) {
            at += "export ".length();
            skipBlanks();
        }
        if (atEnd() || text.charAt(at) == '#') {
            skipLine();
            return;
        }
        int nameStart = at;
        while (!atEnd() && isNamePart(text.charAt(at), at == nameStart)) {
            at++;
        }
        String name = text.substring(nameStart, at);
        skipBlanks();
        if (name.isEmpty() || atEnd() || text.charAt(at) != '=') {
            String found = atEnd() ? "the line's end" : Visible.quoted(character());
            mistake(
                    place(at),
                    name.isEmpty()
                            ? found + " begins no variable's name"
                            : "after " + Visible.quoted(name) + " comes no `=` but " + found,
                    "write `NAME=value`");
            skipLine();
            return;
        }
        at++;
        skipBlanks();
        value().ifPresent(value -> variables.put(name, value));
    }

    private Optional<String> value() {
        if (atEnd()) {
            skipLine();
            return Optional.of("");
        }
        char quote = text.charAt(at);
        if (quote != '"' && quote != '\'') {
            return Optional.of(bare());
        }
        Position begun = place(at);
        at++;
        Optional<String> value = quote == '"' ? doubleQuoted() : singleQuoted();
        if (value.isEmpty()) {
            mistake(begun, "the value that begins here has no closing quote", "close it");
            at = text.length();
            return value;
        }
        skipBlanks();
        if (!atEnd() && text.charAt(at) != '#') {
            mistake(
                    place(at),
                    Visible.quoted(character()) + " stands after the closing quote",
                    "put the whole value in quotes");
        }
        skipLine();
        return value;
    }

    private String bare() {
        int start = at;
        int end = at;
        while (!atEnd()) {
            char c = text.charAt(at);
            boolean blankBefore = at == start || isBlank(text.charAt(at - 1));
            if (c == '#' && blankBefore) {
                break;
            }
            at++;
            if (!isBlank(c)) {
                end = at;
            }
        }
        String value = text.substring(start, end);
        skipLine();
        return value;
    }

    private Optional<String> singleQuoted() {
        int close = text.indexOf('\'', at);
        if (close < 0) {
            return Optional.empty();
        }
        String value = text.substring(at, close);
        while (at < close) {
            step();
        }
        at++;
        return Optional.of(value);
    }

    private Optional<String> doubleQuoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return Optional.of(value.toString());
            }
            step();
            if (c != '\\' || at == text.length()) {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(at);
            step();
            switch (escaped) {
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case '"', '\\', '$' -> value.append(escaped);
                default -> value.append('\\').append(escaped);
            }
        }
        return Optional.empty();
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_'
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (!first && ((c >= '0' && c <= '9') || c == '.' || c == '-'));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private boolean atEnd() {
        return at >= text.length() || text.charAt(at) == '\n';
    }

    private String character() {
        return Character.toString(text.codePointAt(at));
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void skipLine() {
        while (!atEnd()) {
            at++;
        }
        if (at < text.length()) {
            step();
        }
    }

    private void step() {
        boolean ends = text.charAt(at) == '\n';
        at++;
        if (ends) {
            line++;
            lineStart = at;
        }
    }

    private Position place(int index) {
        return new Position(line, text.codePointCount(lineStart, index) + 1);
    }

    private void mistake(Position where, String wrong, String right) {
        mistakes.addIn(file, where, wrong, right);
    }
}
