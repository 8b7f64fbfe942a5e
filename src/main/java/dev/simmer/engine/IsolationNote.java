package dev.simmer.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the run folder of an attempt that was to have a control group of its own says of that. */
final class IsolationNote {
    private static final String ISOLATION = "isolation";
    private static final String OUT_OF_MEMORY = "out-of-memory";
    private static final int LENGTH = 1_000;

    private IsolationNote() {}

    /**
     * Why it has none; empty where the attempt has what it was to have.
     *
     * @param folder the attempt's run folder
     */
    static Optional<String> of(Path folder) {
        return text(folder.resolve(ISOLATION))
                .map(words -> "it has no control group of its own: " + words);
    }

    /** What the kernel did to it although it ended well; mostly empty. */
    static Optional<String> outOfMemory(Path folder) {
        return text(folder.resolve(OUT_OF_MEMORY));
    }

    private static Optional<String> text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            String words = text.substring(0, Math.min(LENGTH, text.length()));
            return words.isEmpty() ? Optional.empty() : Optional.of(words);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
