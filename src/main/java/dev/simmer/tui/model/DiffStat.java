package dev.simmer.tui.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much a diff in git's format changes.
 *
 * @param files that it touches
 * @param added lines
 * @param removed lines
 */
public record DiffStat(int files, int added, int removed) {
    private static final Pattern HUNK =
            Pattern.compile("^@@ -\\d{1,9}(?:,(\\d{1,9}))? \\+\\d{1,9}(?:,(\\d{1,9}))? @@");

    /** For people: {@code 3 files, +12 −4}. */
    public String words() {
        return (files == 1 ? "1 file, +" : files + " files, +") + added + " −" + removed;
    }

    /**
     * Counts line by line. A line of a hunk may look like a header, so that the hunks' lengths are
     * kept account of. For one thread at a time.
     */
    public static final class Counter {
        private int files;
        private int added;
        private int removed;
        private int oldLeft;
        private int newLeft;

        /** Takes in the next line, without its line feed. */
        public void add(String line) {
            if (oldLeft > 0 || newLeft > 0) {
                inHunk(line);
                return;
            }
            if (line.startsWith("diff --git ")) {
                files++;
                return;
            }
            Matcher hunk = HUNK.matcher(line);
            if (hunk.find()) {
                oldLeft = count(hunk.group(1));
                newLeft = count(hunk.group(2));
            }
        }

        private void inHunk(String line) {
            char first = line.isEmpty() ? ' ' : line.charAt(0);
            switch (first) {
                case '+' -> {
                    added++;
                    newLeft--;
                }
                case '-' -> {
                    removed++;
                    oldLeft--;
                }
                case '\\' -> {} // "\ No newline at end of file"
                default -> {
                    oldLeft--;
                    newLeft--;
                }
            }
        }

        private static int count(@Nullable String group) {
            return group == null ? 1 : Integer.parseInt(group);
        }

        /** What has come so far. */
        public DiffStat stat() {
            return new DiffStat(files, added, removed);
        }
    }
}
