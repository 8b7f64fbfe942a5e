package dev.simmer.cli;

import java.util.ArrayList;
import java.util.List;

/** A command's help. */
final class Help {
    private static final int WIDTH = 92;

    /** Where descriptions of options begin; a longer option has its description below it. */
    private static final int COLUMN = 26;

    private Help() {}

    /** The help, in lines. */
    static List<String> of(Usage usage) {
        List<String> lines = new ArrayList<>();
        String operands = usage.operands().isEmpty() ? "" : " " + usage.operands();
        lines.add("Usage: " + usage.name() + " [options]" + operands);
        lines.add("");
        lines.addAll(usage.about());
        lines.add("");
        lines.add("Options:");
        usage.options().forEach(option -> addOption(lines, option));
        if (usage.name().equals("simmer")) {
            addCommands(lines);
        }
        if (!usage.notes().isEmpty()) {
            lines.add("");
            lines.addAll(usage.notes());
        }
        lines.add("");
        lines.add("Examples:");
        addExamples(lines, usage.examples());
        return lines;
    }

    private static void addCommands(List<String> lines) {
        lines.add("");
        lines.add("Commands (simmer COMMAND --help tells more):");
        for (String name : Main.COMMANDS) {
            String does =
                    Verbs.named(name)
                            .map(verb -> verb.usage().summary())
                            .orElse("show this, or the help of a command");
            lines.add("  " + name + " ".repeat(COLUMN - 2 - name.length()) + does);
        }
    }

    private static void addOption(List<String> lines, Option option) {
        String names = String.join(", ", option.names());
        boolean longOnly = option.names().getFirst().startsWith("--");
        String left =
                "  "
                        + (longOnly ? "    " : "")
                        + names
                        + (option.isFlag() ? "" : " ")
                        + option.label();
        List<String> right = wrapped(option.description(), WIDTH - COLUMN);
        int first = 0;
        if (left.length() + 2 <= COLUMN) {
            lines.add(left + " ".repeat(COLUMN - left.length()) + right.getFirst());
            first = 1;
        } else {
            lines.add(left);
        }
        for (String line : right.subList(first, right.size())) {
            lines.add(" ".repeat(COLUMN) + line);
        }
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static void addExamples(List<String> lines, List<Usage.Example> examples) {
        int widest = 0;
        for (Usage.Example each : examples) {
            if (!each.does().isEmpty()) {
                widest = Math.max(widest, each.line().length());
            }
        }
        for (Usage.Example each : examples) {
            String padding = " ".repeat(Math.max(0, widest - each.line().length()) + 3);
            lines.add("  " + each.line() + (each.does().isEmpty() ? "" : padding + each.does()));
        }
    }
}
