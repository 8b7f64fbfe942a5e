package dev.simmer.tui.term;

import dev.simmer.tui.model.Appearance;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that remembers the theme, for all workspaces of a home, and whether the terminal was
 * light when it told that last: so that the next first frame, which waits for no answer, is right.
 * A file that cannot be read, or holds anything else, is as none.
 *
 * @param file {@code $SIMMER_HOME/dashboard/theme}; made when it is needed
 */
record KeptTheme(Path file) {
    private static final Pattern FORM =
            Pattern.compile("theme: (\\S{1,80})\\Rbackground: (light|dark)\\R?");
    private static final long LARGEST = 1_024;

    /**
     * What is remembered.
     *
     * @param theme the name of a theme that may be gone, or {@link Appearance#AUTO}
     * @param light whether the terminal's background was light
     */
    record Choice(String theme, boolean light) {}

    /** What was written last. */
    Optional<Choice> read() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            Matcher found = FORM.matcher(Files.readString(file));
            return found.matches()
                    ? Optional.of(new Choice(found.group(1), found.group(2).equals("light")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file as a whole; says what went wrong, for people. */
    synchronized Optional<String> write(Choice choice) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        String text =
                "theme: %s\nbackground: %s\n"
                        .formatted(choice.theme(), choice.light() ? "light" : "dark");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(beside, text);
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the theme is not remembered: " + file + ": " + e.getMessage());
        }
    }
}
