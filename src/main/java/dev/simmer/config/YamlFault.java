package dev.simmer.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A fault of YAML's own grammar in words that tell a person what to change.
 *
 * @param at where
 * @param wrong what is wrong
 * @param right what would be right
 */
record YamlFault(Position at, String wrong, String right) {
    private static final Pattern EXPECTED_IN_FLOW = Pattern.compile("expected ',' or '([]}])'.*");
    private static final Pattern STRANGE_START =
            Pattern.compile("found character '(.+?)'? that cannot start any token.*");

    /** Translates what the YAML library says; {@code lines} are the file's. */
    static YamlFault of(MarkedYAMLException e, List<String> lines) {
        Position at =
                place(e.getProblemMark())
                        .or(() -> place(e.getContextMark()))
                        .orElse(Position.START);
        Position begun = place(e.getContextMark()).orElse(at);
        String problem = Optional.ofNullable(e.getProblem()).orElse("");
        String context = Optional.ofNullable(e.getContext()).orElse("");
        Optional<Position> tab = tabBefore(at, lines);
        if (tab.isPresent()) {
            return new YamlFault(tab.get(), "a tab is used for indentation", "indent with spaces");
        }
        if (problem.startsWith("mapping values are not allowed here")) {
            return new YamlFault(
                    at,
                    "a `:` stands where no key can end",
                    "put a text that holds `: ` in quotes, or indent the line as those around it");
        }
        if (problem.startsWith("found unexpected end of stream") && context.contains("quoted")) {
            return new YamlFault(
                    begun, "the text that begins here has no closing quote", "close it");
        }
        if (problem.startsWith("could not find expected ':'")) {
            return new YamlFault(
                    begun, "this line is no `key: value`", "write a `:` and a blank after the key");
        }
        Matcher flow = EXPECTED_IN_FLOW.matcher(problem);
        if (flow.matches()) {
            boolean list = flow.group(1).equals("]");
            return new YamlFault(
                    at,
                    (list ? "the list in `[ ]`" : "the map in `{ }`")
                            + " that begins at "
                            + begun
                            + " is not closed before this",
                    "separate with `,` and close with `" + flow.group(1) + "`");
        }
        if (problem.startsWith("expected <block end>")
                || problem.contains("entries are not allowed")) {
            return new YamlFault(
                    at,
                    "this line does not fit in with those around it",
                    "indent it as its neighbours, and put quotes around a whole text");
        }
        return rarer(at, problem);
    }

    private static YamlFault rarer(Position at, String problem) {
        Matcher start = STRANGE_START.matcher(problem);
        if (start.matches()) {
            return new YamlFault(
                    at,
                    "no text begins with " + Visible.quoted(start.group(1)) + " in YAML",
                    "put the text in quotes");
        }
        if (problem.startsWith("found unknown escape character")) {
            return new YamlFault(
                    at,
                    "there is no such escape in double quotes",
                    "write `\\\\` for a backslash, or use single quotes");
        }
        if (problem.startsWith("expected '<document start>'")) {
            return new YamlFault(
                    at,
                    "the file's one value has ended before this",
                    "give it a key of its own, or put quotes around a whole text");
        }
        return new YamlFault(
                at,
                "this is not YAML" + (problem.isEmpty() ? "" : ": " + Visible.cut(problem)),
                "check the indentation and the quotes near here");
    }

    private static Optional<Position> place(@org.jspecify.annotations.Nullable Mark mark) {
        return Optional.ofNullable(mark).map(YamlTreeReader::place);
    }

    /** The first tab in the blanks before the text of a line. */
    private static Optional<Position> tabBefore(Position at, List<String> lines) {
        if (at.line() > lines.size()) {
            return Optional.empty();
        }
        String line = lines.get(at.line() - 1);
        int text = 0;
        while (text < line.length() && (line.charAt(text) == ' ' || line.charAt(text) == '\t')) {
            text++;
        }
        int tab = line.substring(0, text).indexOf('\t');
        return tab < 0 ? Optional.empty() : Optional.of(new Position(at.line(), tab + 1));
    }
}
