package dev.simmer.tui.term;

import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.LineEdit;
import dev.simmer.tui.model.Msg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Has a text of the user's edited by the user's editor, in a file that nobody else can read. */
final class EditedText {
    private EditedText() {}

    /** The edited text, or the same with what went wrong. Waits until the editor has ended. */
    static Msg.Edited edit(String text, Loop.Screen screen)
            throws IOException, InterruptedException {
        Path file;
        try {
            // Only its owner can read what this makes.
            file = Files.createTempFile("simmer-", ".md");
        } catch (IOException e) {
            return new Msg.Edited(text, Optional.of("no file can be made: " + e.getMessage()));
        }
        Optional<String> trouble = written(file, text);
        if (trouble.isEmpty()) {
            trouble = screen.visit(new Cmd.Open(file, new Cmd.Spot.Line(1), Cmd.Program.EDITOR));
        }
        try {
            String edited = trouble.isEmpty() ? read(file) : text;
            Files.deleteIfExists(file);
            return new Msg.Edited(edited, trouble);
        } catch (IOException e) {
            return new Msg.Edited(text, Optional.of("the text cannot be read: " + e.getMessage()));
        }
    }

    private static Optional<String> written(Path file, String text) {
        try {
            Files.writeString(file, text + "\n");
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the text cannot be written: " + e.getMessage());
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(4 * LineEdit.LONGEST);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
