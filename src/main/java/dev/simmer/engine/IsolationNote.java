package dev.simmer.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Why an attempt that was to have a control group of its own has none, as its run folder says. */
final class IsolationNote {
    private static final String FILE = "isolation";
    private static final int LENGTH = 1_000;

    private IsolationNote() {}

    /**
     * Reads it; empty where the attempt has what it was to have.
     *
     * @param folder the attempt's run folder
     */
    static Optional<String> of(Path folder) {
        try {
            String text = Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8).strip();
            String words = text.substring(0, Math.min(LENGTH, text.length()));
            return words.isEmpty()
                    ? Optional.empty()
                    : Optional.of("it has no control group of its own: " + words);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
