package dev.simmer.tui.term;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Notice;
import java.io.IOException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells the user of things outside of the dashboard. Whoever calls sees to it that this is not too
 * often. Foreign text is made harmless; programs get it as arguments and variables, and no shell
 * reads it.
 *
 * <p>Sources: iTerm2, "Proprietary Escape Codes" (OSC 9); rxvt-unicode, "notify" extension (OSC
 * 777); kitty, "Desktop notifications" (OSC 99).
 */
final class Messenger {
    private static final int LONGEST = 160;
    private static final int LONGEST_REASON = 1_000;
    private static final int PROGRAMS_AT_ONCE = 3;
    private static final int PROGRAM_SECONDS = 20;

    private volatile TellingWays wanted = TellingWays.NONE;
    private final Map<String, String> environment;
    private final Clipboard.Sink terminal;
    private final Supplier<LocalTime> time;
    private final Semaphore programs = new Semaphore(PROGRAMS_AT_ONCE);

    Messenger(Map<String, String> environment, Clipboard.Sink terminal, Supplier<LocalTime> time) {
        this.environment = environment;
        this.terminal = terminal;
        this.time = time;
    }

    /** Tells it in these ways from now on. */
    void tellBy(TellingWays ways) {
        wanted = ways;
    }

    /**
     * Tells it in all ways that are chosen; never waits.
     *
     * @throws IOException when the terminal is gone
     */
    void tell(Notice notice, boolean focused) throws IOException {
        TellingWays ways = wanted;
        if (!ways.tells(notice, focused, time.get())) {
            return;
        }
        String words = CellWidth.clip(notice.words(), LONGEST);
        StringBuilder sequences = new StringBuilder();
        for (TellingWays.Way way : TellingWays.Way.values()) {
            if (ways.ways().contains(way)) {
                switch (way) {
                    case BELL -> sequences.append('\u0007');
                    case OSC9 -> sequences.append(passed("\u001b]9;simmer: " + words + "\u0007"));
                    case OSC777 -> {
                        String body = words.replace(';', ',');
                        sequences.append(passed("\u001b]777;notify;simmer;" + body + "\u0007"));
                    }
                    case OSC99 -> {
                        String plain = "\u001b]99;i=simmer;simmer: " + words + "\u001b\\";
                        sequences.append(passed(plain));
                    }
                    case DESKTOP -> start(desktop(notice, words), Map.of());
                    case COMMAND -> start(ways.command(), variables(notice));
                }
            }
        }
        if (!sequences.isEmpty()) {
            terminal.send(sequences.toString().getBytes(UTF_8));
        }
    }

    /** The same through tmux, which hands on what is wrapped where the user lets it. */
    private String passed(String sequence) {
        return environment.getOrDefault("TMUX", "").isEmpty()
                ? sequence
                : "\u001bPtmux;" + sequence.replace("\u001b", "\u001b\u001b") + "\u001b\\";
    }

    private static List<String> desktop(Notice notice, String words) {
        List<String> argv = new ArrayList<>(List.of("notify-send", "--app-name=simmer"));
        if (notice.event().bad()) {
            argv.add("--urgency=critical");
        }
        argv.addAll(List.of("--", "simmer", words));
        return argv;
    }

    /** What a command of the user's is told; docs/CONFIG.md. */
    static Map<String, String> variables(Notice notice) {
        return Map.of(
                "SIMMER_EVENT", notice.event().word(),
                "SIMMER_TASK", TerminalText.plain(notice.name()),
                "SIMMER_TASK_ID", notice.task().map(id -> "" + id.value()).orElse(""),
                "SIMMER_REASON",
                        CellWidth.clip(TerminalText.plain(notice.reason()), LONGEST_REASON),
                "SIMMER_COUNT", "" + notice.count(),
                "SIMMER_TEXT", notice.words());
    }

    /** Starts a program that ends soon or is ended; one too many is left out. */
    private void start(List<String> argv, Map<String, String> variables) {
        if (argv.isEmpty() || !programs.tryAcquire()) {
            return;
        }
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                run(argv, variables);
                            } finally {
                                programs.release();
                            }
                        });
    }

    private static void run(List<String> argv, Map<String, String> variables) {
        ProcessBuilder builder =
                new ProcessBuilder(argv)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // It cannot be told that nothing can be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
