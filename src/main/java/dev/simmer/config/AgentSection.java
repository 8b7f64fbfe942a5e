package dev.simmer.config;

import dev.simmer.model.AgentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what an agent of {@code agents} is to do. */
final class AgentSection {
    private static final String ONE_LINE = "write it on one line, without control characters";

    /** Stands for a task that is missing or wrong, which is a mistake. */
    private static final String UNKNOWN = "-";

    private final Folders folders;
    private final Mistakes mistakes;
    private final Values values;

    AgentSection(Folders folders, Mistakes mistakes) {
        this.folders = folders;
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    /**
     * What is ordered; empty where no definition is named. Where the file has mistakes, that of
     * which nothing is known is filled in, so that the rest can be looked at.
     *
     * @param owner the agent in words
     */
    Optional<AgentSpec.Ordered> read(YamlNode.Scalar key, String owner, Fields fields) {
        if (fields.lacks("agent")) {
            mistakes.add(
                    key.at(), owner + " names no definition", "add `agent: background-runner`");
        }
        List<YamlNode.Entry> prompts = fields.among(List.of("task", "prompt"));
        if (fields.lacks("task", "prompt")) {
            mistakes.add(key.at(), owner + " has nothing to do", "add `task: …`");
        }
        if (prompts.size() > 1) {
            mistakes.add(
                    prompts.get(1).key().at(),
                    owner + " has both a `task` and a `prompt`",
                    "keep one of them");
        }
        Optional<String> definition = line(fields, "agent");
        Optional<String> told =
                fields.get("task")
                        .flatMap(node -> values.text("task", node, "write what is to be done"))
                        .map(YamlNode.Scalar::text);
        Optional<String> prompt = fields.get("prompt").flatMap(this::prompt);
        List<String> files = fields.get("files").map(this::files).orElse(List.of());
        Optional<String> report = line(fields, "report");
        Optional<String> session = line(fields, "session");
        Optional<String> id = line(fields, "id");
        Optional<String> runner = line(fields, "runner");
        Optional<String> model = line(fields, "model");
        Optional<String> task = told.or(() -> prompt);
        return definition.map(name ->
                new AgentSpec.Ordered(
                        name, task.orElse(UNKNOWN), files, report, session, id, runner, model));
    }

    private Optional<String> line(Fields fields, String key) {
        return fields.get(key)
                .flatMap(node -> values.text(key, node, "write a text"))
                .flatMap(text -> line(key, text));
    }

    private Optional<String> line(String name, YamlNode.Scalar text) {
        return Names.isVisible(text.text())
                ? Optional.of(text.text())
                : values.wrong(name, text, "holds a control character", ONE_LINE);
    }

    private List<String> files(YamlNode node) {
        List<String> files = new ArrayList<>();
        values.distinct("files", node, "write a list such as `[src/a.py]`")
                .forEach(file -> line("files", file).ifPresent(files::add));
        return files;
    }

    /** The text of a prompt's file. */
    private Optional<String> prompt(YamlNode node) {
        Optional<Path> path = values.path("prompt", node, folders.workspace(), folders.home());
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String file = "`prompt`: `" + Visible.whole(path.get().toString()) + "`";
        return switch (SourceText.read(path.get())) {
            case SourceText.Text source -> {
                if (source.text().isBlank()) {
                    mistakes.add(node.at(), file + " is empty", "write what is to be done into it");
                    yield Optional.empty();
                }
                yield Optional.of(source.text());
            }
            case SourceText.NoFile none -> {
                mistakes.add(node.at(), file + ": " + none.wrong(), none.right());
                yield Optional.empty();
            }
            case SourceText.BadText bad -> {
                mistakes.addIn(path.get(), bad.at(), bad.wrong(), bad.right());
                yield Optional.empty();
            }
        };
    }
}
