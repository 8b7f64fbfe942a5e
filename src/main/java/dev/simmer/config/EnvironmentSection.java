package dev.simmer.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the keys {@code env_file} and {@code env} of a file or a task. */
final class EnvironmentSection {
    private final Folders folders;
    private final Mistakes mistakes;
    private final Values values;

    EnvironmentSection(Folders folders, Mistakes mistakes) {
        this.folders = folders;
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    /** The variables of both keys; those of {@code env} win. */
    Map<String, String> read(Fields fields) {
        Map<String, String> variables = new LinkedHashMap<>();
        fields.get("env_file").ifPresent(node -> variables.putAll(file(node)));
        fields.get("env").ifPresent(node -> variables.putAll(map(node)));
        return variables;
    }

    private Map<String, String> file(YamlNode node) {
        Optional<Path> path = values.path("env_file", node, folders.workspace(), folders.home());
        if (path.isEmpty()) {
            return Map.of();
        }
        return switch (SourceText.read(path.get())) {
            case SourceText.Text source -> Dotenv.parse(path.get(), source.text(), mistakes);
            case SourceText.NoFile none -> {
                mistakes.add(
                        node.at(),
                        "`env_file`: "
                                + Visible.quoted(path.get().toString())
                                + ": "
                                + none.wrong(),
                        none.right());
                yield Map.of();
            }
            case SourceText.BadText bad -> {
                mistakes.addIn(path.get(), bad.at(), bad.wrong(), bad.right());
                yield Map.of();
            }
        };
    }

    private Map<String, String> map(YamlNode node) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (!(node instanceof YamlNode.Mapping map)) {
            mistakes.add(
                    node.at(),
                    "`env` is a map, not " + node.sort(),
                    "write `env: {NAME: value}`, or remove the key");
            return variables;
        }
        for (YamlNode.Entry entry : map.entries()) {
            String name = entry.key().text();
            if (name.isBlank() || name.contains("=") || !Names.isVisible(name)) {
                mistakes.add(
                        entry.key().at(),
                        Visible.quoted(name) + " is no name of a variable",
                        "use letters, digits and `_`");
            }
            values.scalar(
                            "env." + Visible.cut(name),
                            entry.value(),
                            "write a text, a number or a truth value; `\"\"` is the empty text")
                    .ifPresent(value -> variables.put(name, value.text()));
        }
        return variables;
    }
}
