package dev.simmer.config;

import dev.simmer.model.Command;
import dev.simmer.model.ShellQuote;
import java.util.ArrayList;
import java.util.List;

/** Puts files in the place of {@code {items}} in a command. */
final class Batches {
    /** Batches that one task may have. */
    static final int MOST = 1000;

    private static final String ITEMS = "{items}";

    /** How a command uses the files. */
    enum Use {
        NONE,
        WELL,
        /** Within quotes of the shell, where the quotes around a path would be part of it. */
        IN_QUOTES,
        /** In a list, where it can only be a whole argument. */
        INSIDE_A_WORD
    }

    private Batches() {}

    static Use use(YamlNode run) {
        return switch (run) {
            case YamlNode.Scalar scalar -> use(scalar.text());
            case YamlNode.Sequence list -> {
                Use use = Use.NONE;
                for (YamlNode item : list.items()) {
                    if (item instanceof YamlNode.Scalar word && word.text().contains(ITEMS)) {
                        boolean whole = word.text().equals(ITEMS);
                        use = whole && use != Use.INSIDE_A_WORD ? Use.WELL : Use.INSIDE_A_WORD;
                    }
                }
                yield use;
            }
            case YamlNode.Mapping _ -> Use.NONE;
        };
    }

    private static Use use(String line) {
        if (!line.contains(ITEMS)) {
            return Use.NONE;
        }
        boolean quoted = line.contains("'" + ITEMS + "'") || line.contains("\"" + ITEMS + "\"");
        return quoted ? Use.IN_QUOTES : Use.WELL;
    }

    /** The files in batches of so many, in their order; the last may be smaller. */
    static List<List<String>> split(List<String> files, int batch) {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < files.size(); i += Math.min(batch, files.size())) {
            batches.add(files.subList(i, (int) Math.min((long) i + batch, files.size())));
        }
        return batches;
    }

    /** The command for one batch. */
    static Command command(Command template, List<String> files) {
        return switch (template) {
            case Command.Shell shell -> {
                String words = String.join(" ", files.stream().map(ShellQuote::quote).toList());
                yield new Command.Shell(shell.line().replace(ITEMS, words));
            }
            case Command.Exec exec -> {
                List<String> argv = new ArrayList<>();
                for (String word : exec.argv()) {
                    if (word.equals(ITEMS)) {
                        argv.addAll(files);
                    } else {
                        argv.add(word);
                    }
                }
                yield new Command.Exec(argv);
            }
        };
    }
}
