package dev.simmer.tui.term;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The way to the clipboard of the terminal that the user sits at, which may be far away: OSC 52,
 * which most terminals take and none answers. tmux does not let programs through to it by default,
 * so there tmux itself is asked; GNU Screen passes strings through in small pieces.
 */
final class Clipboard {
    /** Bytes of UTF-8: with more, several terminals take nothing (100,000 in base 64). */
    static final int MOST = 74_994;

    /** What tmux is given at most; its own buffers may be larger. */
    private static final int MOST_IN_TMUX = 1024 * 1024;

    /** Screen drops longer strings. */
    private static final int SCREEN_PIECE = 240;

    private static final int TMUX_SECONDS = 3;

    private final Map<String, String> environment;
    private final Sink terminal;

    /** Where bytes for the terminal go. */
    interface Sink {
        void send(byte[] bytes) throws IOException;
    }

    Clipboard(Map<String, String> environment, Sink terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    /**
     * What came of it.
     *
     * @param done whether the text is on its way
     * @param words for people
     */
    record Answer(boolean done, String words) {}

    /**
     * Copies a text; may take seconds where tmux does not answer.
     *
     * @throws IOException when the terminal is gone
     */
    Answer copy(String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(UTF_8);
        boolean tmux = !environment.getOrDefault("TMUX", "").isEmpty();
        int most = tmux ? MOST_IN_TMUX : MOST;
        if (bytes.length == 0) {
            return new Answer(false, "there is nothing to copy");
        }
        if (bytes.length > most) {
            return new Answer(
                    false,
                    "too much for the clipboard: "
                            + kilobytes(bytes.length)
                            + ", it takes "
                            + kilobytes(most));
        }
        if (tmux && throughTmux(bytes)) {
            return new Answer(true, "copied " + amount(text));
        }
        String term = environment.getOrDefault("TERM", "");
        if (term.equals("linux") || term.equals("dumb") || term.isEmpty()) {
            return new Answer(false, "this terminal has no clipboard");
        }
        if (bytes.length > MOST) {
            return new Answer(false, "tmux did not take it, and it is too much for the terminal");
        }
        terminal.send(sequence(bytes, tmux, screen()).getBytes(US_ASCII));
        return new Answer(true, "copied " + amount(text));
    }

    private boolean screen() {
        return !environment.getOrDefault("STY", "").isEmpty();
    }

    static String sequence(byte[] bytes, boolean tmux, boolean screen) {
        String plain = "\u001b]52;c;" + Base64.getEncoder().encodeToString(bytes) + "\u0007";
        if (tmux) {
            return plain + "\u001bPtmux;" + plain.replace("\u001b", "\u001b\u001b") + "\u001b\\";
        }
        if (!screen) {
            return plain;
        }
        StringBuilder pieces = new StringBuilder();
        for (int from = 0; from < plain.length(); from += SCREEN_PIECE) {
            int to = Math.min(plain.length(), from + SCREEN_PIECE);
            pieces.append("\u001bP").append(plain, from, to).append("\u001b\\");
        }
        return pieces.toString();
    }

    /** Hands it to tmux, which puts it into its own buffer and hands it to its terminal. */
    private boolean throughTmux(byte[] bytes) throws InterruptedException {
        Process tmux;
        try {
            tmux =
                    new ProcessBuilder(List.of("tmux", "load-buffer", "-w", "-"))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            return false;
        }
        try (OutputStream in = tmux.getOutputStream()) {
            in.write(bytes);
        } catch (IOException e) {
            // It ended early; its exit code says so too.
        }
        if (tmux.waitFor(TMUX_SECONDS, TimeUnit.SECONDS)) {
            return tmux.exitValue() == 0;
        }
        tmux.destroyForcibly();
        return false;
    }

    private static String amount(String text) {
        long lines = text.lines().count();
        if (lines > 1) {
            return lines + " lines";
        }
        int count = text.strip().codePointCount(0, text.strip().length());
        return "1 line, " + (count == 1 ? "1 character" : count + " characters");
    }

    private static String kilobytes(int bytes) {
        return String.format(Locale.ROOT, "%,d KB", (bytes + 999) / 1_000);
    }
}
