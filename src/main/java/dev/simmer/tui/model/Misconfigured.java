package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong in the user's files: told once, and kept for the help. */
final class Misconfigured {
    /** Folders before a file's name and a place in it. */
    private static final Pattern FOLDERS =
            Pattern.compile("(?<![^\\s(])/[^:\\s]*/(?=[^/:\\s]+:\\d)");

    private Misconfigured() {}

    /** The same words, with files by their names alone: what is wrong is to be seen first. */
    static String brief(String problem) {
        return FOLDERS.matcher(problem).replaceAll("");
    }

    static Model told(Model model, List<String> problems) {
        if (problems.isEmpty()) {
            return model;
        }
        List<String> all = new ArrayList<>(model.keymap().mistakes());
        for (String problem : problems) {
            if (!all.contains(brief(problem))) {
                all.add(brief(problem));
            }
        }
        String key = model.keymap().shown(Context.TABLE, Action.HELP);
        String end = key.isEmpty() ? "" : "; " + key + " shows all at its end";
        String more = all.size() > 1 ? " (1 of " + all.size() + end + ")" : "";
        Model kept = model.with(m -> m.keymap = m.keymap.withMistakes(all));
        return Update.error(kept, brief(problems.getFirst()) + more);
    }
}
