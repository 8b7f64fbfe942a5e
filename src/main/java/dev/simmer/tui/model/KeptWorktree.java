package dev.simmer.tui.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an isolated agent's changes have stayed. Texts from a file: sanitise before printing.
 *
 * @param folder of the worktree
 * @param branch that it is on
 */
public record KeptWorktree(String folder, String branch) {
    private static final Pattern ITEM =
            Pattern.compile("\\s+- \"?kept at (.+), branch ([^\"]+?)\"?\\s*");

    /** Finds it in a report's front matter, where Simmer notes it under {@code worktree}. */
    public static Optional<KeptWorktree> inReport(String text) {
        boolean first = true;
        boolean under = false;
        for (String line : text.lines().toList()) {
            boolean fence = line.stripTrailing().equals("---");
            if (first != fence) {
                return Optional.empty();
            }
            first = false;
            Matcher item = ITEM.matcher(line);
            if (under && item.matches()) {
                return Optional.of(new KeptWorktree(unquoted(item.group(1)), item.group(2)));
            }
            under = line.strip().equals("worktree:");
        }
        return Optional.empty();
    }

    private static String unquoted(String text) {
        return text.replaceAll("\\\\([\"\\\\])", "$1");
    }
}
