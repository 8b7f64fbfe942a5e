package dev.simmer.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How wide the terminal is that a command writes to. */
final class TerminalWidth {
    /** Where nothing is cut: standard output is no terminal. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int USUAL = 80;
    private static final int NARROWEST = 20;

    private TerminalWidth() {}

    /** In columns: as COLUMNS says, else as stty(1) does. */
    static int of(Surroundings around) {
        if (!around.stdoutTerminal()) {
            return UNLIMITED;
        }
        int said = number(around.environment().getOrDefault("COLUMNS", ""));
        return Math.max(NARROWEST, said > 0 ? said : asked());
    }

    private static int asked() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] answer = stty.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.US_ASCII).strip();
            int columns = number(text.substring(text.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
