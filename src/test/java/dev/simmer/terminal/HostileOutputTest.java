package dev.simmer.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every byte that the dashboard sends to a real terminal, recorded by script(1), while tasks print
 * titles, clipboard writes, queries, resets and random bytes: no sequence is there but Simmer's
 * own.
 */
class HostileOutputTest {
    private static final String TASKS =
            """
            version: 1
            tasks:
              evil:
                run: >-
                  printf '\\033]0;OWNED\\007\\033]52;c;T1dORUQ=\\007\\033[2J\\033[5;5H\\033[6n\\033c';
                  printf '\\033P+q544e\\033\\\\\\033[?1049l\\n\\23331mC1\\n\\302\\233m\\033]8;;http://x\\007\\n';
                  printf 'end-of-evil'; sleep 300
              noise: cat /dev/urandom
            """;

    /** Colours, moves, the modes that the dashboard switches on and off, and its one question. */
    private static final Pattern OWN =
            Pattern.compile(
                    "\\x1b(?:\\[(?:[0-9;]*m|\\d+;\\d+H|\\d*[GC]|2J"
                            + "|\\?(?:25|7|1000|1002|1004|1006|1049|2004|2026)[hl])"
                            + "|\\]11;\\?(?:\\x07|\\x1b\\\\))");

    @TempDir Path folder = Path.of("/");

    @Test
    void nothingOfATasksSequencesReachesTheTerminal() throws Exception {
        Files.writeString(folder.resolve("simmer.yaml"), TASKS);
        Path record = folder.resolve("record");
        ProcessBuilder builder =
                new ProcessBuilder(
                        "script",
                        "-qfec",
                        "stty rows 24 cols 80; exec " + Launching.commandLine(),
                        record.toString());
        builder.directory(folder.toFile());
        builder.environment().put("SIMMER_HOME", folder.resolve("home").toString());
        builder.environment().put("TERM", "xterm-256color");
        Home home = new Home(folder.resolve("home"));
        Process terminal =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (home;
                OutputStream keys = terminal.getOutputStream()) {
            await(record, "end-of-evil", 0, terminal);
            type(keys, "j");
            // Some frames of noise, each drawn between two of these.
            await(record, "\033[?2026l", Files.size(record) + 60_000, terminal);
            type(keys, "Qy");
            assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).as("the dashboard ends").isTrue();
        } finally {
            terminal.destroy();
        }
        String sent = Files.readString(record, ISO_8859_1);
        assertThat(foreign(sent.substring(sent.indexOf('\033'), sent.lastIndexOf('\033'))))
                .isEmpty();
        assertThat(terminal.exitValue()).isZero();
    }

    private static Set<String> foreign(String sent) {
        Set<String> foreign = new TreeSet<>();
        Matcher own = OWN.matcher(sent);
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c == '\033' && own.region(i, sent.length()).lookingAt()) {
                i = own.end() - 1;
            } else if (c < ' ' && c != '\r' && c != '\n') {
                foreign.add(sent.substring(i, Math.min(sent.length(), i + 12)));
            }
        }
        return foreign;
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(US_ASCII));
        keys.flush();
    }

    private static void await(Path record, String text, long from, Process terminal)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            String sent = Files.exists(record) ? Files.readString(record, ISO_8859_1) : "";
            if (sent.length() > from && sent.indexOf(text, (int) from) >= 0) {
                return;
            }
            assertThat(terminal.isAlive() && System.nanoTime() < end)
                    .as("waits for %s after %d bytes; there are %d", text, from, sent.length())
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
