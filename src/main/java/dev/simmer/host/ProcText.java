package dev.simmer.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The small text files of /proc and of control groups. */
final class ProcText {
    private ProcText() {}

    /** A file's lines; none where it does not exist or says nothing. */
    static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            // A controller that is not on, or a system without such files.
            return List.of();
        }
    }

    /** A file that is a number. */
    static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? OptionalLong.empty() : number(lines.getFirst());
    }

    /** A text that is a number. */
    static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            // "max": no limit.
            return OptionalLong.empty();
        }
    }
}
