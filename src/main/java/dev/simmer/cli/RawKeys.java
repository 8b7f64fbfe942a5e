package dev.simmer.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hears Ctrl+B on the terminal, which for that hands over each key as it is typed. The terminal's
 * signals (Ctrl+C) stay, and its settings are given back in any case, also when the process is told
 * to end.
 */
final class RawKeys implements AutoCloseable {
    private static final int CTRL_B = 2;
    private static final File TTY = new File("/dev/tty");

    private final Optional<String> settings;
    private final Thread hook;

    private RawKeys(Optional<String> settings) {
        this.settings = settings;
        this.hook = Thread.ofPlatform().unstarted(this::restore);
    }

    /**
     * Begins to listen; does nothing where standard input is no terminal.
     *
     * @param leave called by a thread of its own when Ctrl+B is typed
     */
    static RawKeys listen(Surroundings around, Runnable leave) {
        Optional<String> settings =
                around.stdinTerminal()
                        ? stty("-g").filter(text -> !text.isEmpty())
                        : Optional.empty();
        RawKeys keys = new RawKeys(settings);
        if (settings.isPresent()) {
            Runtime.getRuntime().addShutdownHook(keys.hook);
            stty("-icanon", "-echo", "min", "1", "time", "0");
            InputStream in = around.in();
            Thread.ofPlatform().daemon().name("keys").start(() -> read(in, leave));
        }
        return keys;
    }

    /** For as long as the process lives: a read from a terminal cannot be broken off. */
    private static void read(InputStream in, Runnable leave) {
        try {
            for (int key = in.read(); key >= 0; key = in.read()) {
                if (key == CTRL_B) {
                    leave.run();
                }
            }
        } catch (IOException e) {
            // The terminal is gone.
        }
    }

    private static Optional<String> stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process stty =
                    new ProcessBuilder(command)
                            .redirectInput(TTY)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] answer = stty.getInputStream().readAllBytes();
            return stty.waitFor() == 0
                    ? Optional.of(new String(answer, StandardCharsets.US_ASCII).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void restore() {
        settings.ifPresent(RawKeys::stty);
    }

    @Override
    public void close() {
        if (settings.isPresent()) {
            restore();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending: the hook gives them back.
            }
        }
    }
}
