package dev.simmer.agent.stream;

/** What a tool is called with, in one line. */
final class ToolSummary {
    /** The members that tell most, the most telling first. */
    private static final String[] TELLING = {
        "command",
        "cmd",
        "file_path",
        "filePath",
        "absolute_path",
        "path",
        "pattern",
        "query",
        "url",
        "description",
        "prompt",
        "name"
    };

    private ToolSummary() {}

    static String of(Node input) {
        if (input.isText()) {
            return Clip.call(input.text());
        }
        String telling = input.textOf(TELLING);
        if (telling.isEmpty()) {
            telling = words(input);
        }
        return Clip.call(telling);
    }

    private static String words(Node input) {
        // A command may be a list of words.
        String command = String.join(" ", input.texts("command"));
        return command.isEmpty() ? String.join(", ", input.names()) : command;
    }

    /** The text of a result: a string, or a list of parts of which some are text. */
    static String result(Node owner, String name) {
        Node result = owner.at(name);
        if (result.isText()) {
            return Clip.firstLine(result.text());
        }
        StringBuilder text = new StringBuilder();
        for (Node part : owner.items(name)) {
            text.append(part.isText() ? part.text() : part.text("text")).append('\n');
        }
        return Clip.firstLine(text.toString());
    }
}
