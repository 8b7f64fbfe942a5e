package dev.simmer.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strings of every sort (src/test/resources/widths/strings.txt) on a real terminal: each has the
 * width there that Simmer reckons with, and no row of the dashboard breaks.
 */
class WidthsInTerminalTest {
    private static final Path STRINGS = Path.of("src/test/resources/widths/strings.txt");
    private static final int COLUMNS = 100;
    private static final int LOOKS = 10;

    /**
     * Sorts of which versions of tmux (by libc, utf8proc or tables of their own) think differently;
     * after each such letter the frame writer moves the cursor.
     */
    private static final Set<String> DISPUTED =
            Set.of(
                    "emoji",
                    "emoji by selector",
                    "joined emoji",
                    "skin tones",
                    "flags",
                    "indic",
                    "south east asia",
                    "cjk",
                    "combining",
                    "invisible",
                    "right to left",
                    "symbols");

    /** A string of the file; each char of {@code raw} is one of its bytes. */
    private record Sample(String sort, String raw) {
        static Sample of(String sort, byte[] bytes) {
            return new Sample(sort, new String(bytes, ISO_8859_1));
        }

        byte[] bytes() {
            return raw.getBytes(ISO_8859_1);
        }

        String shown() {
            return TerminalText.line(bytes(), 0, raw.length()).text();
        }
    }

    @TempDir Path folder = Path.of("/");

    @BeforeAll
    static void wantsTmux() throws Exception {
        boolean installed = Tmux.installed();
        assertThat(installed || System.getenv("CI") == null)
                .as("tmux is installed, which CI must see to")
                .isTrue();
        assumeTrue(installed, "tmux is not installed, so no real terminal was tried");
    }

    private static List<Sample> samples() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(STRINGS)) {
            if (!line.startsWith("#")) {
                int tab = line.indexOf('\t');
                samples.add(Sample.of(line.substring(0, tab), bytes(line.substring(tab + 1))));
            }
        }
        assertThat(samples).hasSizeGreaterThanOrEqualTo(200);
        return samples;
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("\\x", at)) {
                bytes.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
                at += 4;
            } else {
                int codePoint = text.codePointAt(at);
                bytes.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
                at += Character.charCount(codePoint);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void widthIsTheTerminals() throws Exception {
        List<Sample> samples = samples();
        Path texts = folder.resolve("texts");
        Path answers = folder.resolve("answers");
        Files.write(texts, samples.stream().map(Sample::shown).toList());
        String command =
                Launching.commandLine()
                        .replace(
                                "dev.simmer.cli.Main",
                                WidthProbe.class.getName() + " '" + texts + "' '" + answers + "'");
        try (Tmux _ = Tmux.open(folder, COLUMNS, 24, Map.of("LC_ALL", "C.UTF-8"), command)) {
            await("the terminal's answers", answers);
        }
        List<String> told = Files.readAllLines(answers);
        assertThat(told).hasSameSizeAs(samples);
        int same = 0;
        Set<String> others = new TreeSet<>();
        for (int i = 0; i < samples.size(); i++) {
            int ours = CellWidth.width(samples.get(i).shown());
            if (ours == Integer.parseInt(told.get(i))) {
                same++;
            } else {
                others.add(
                        samples.get(i).sort()
                                + ": "
                                + samples.get(i).shown()
                                + " takes "
                                + told.get(i)
                                + ", not "
                                + ours);
            }
        }
        assertThat(others)
                .as("strings of undisputed width")
                .allMatch(other -> DISPUTED.contains(other.substring(0, other.indexOf(':'))));
        assertThat(same * 10).as("strings with the same width").isGreaterThan(samples.size() * 8);
    }

    @Test
    void noRowBreaks() throws Exception {
        List<Sample> samples = samples();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Sample sample : samples) {
            text.writeBytes(sample.bytes());
            text.write('\n');
        }
        text.writeBytes("that-was-all\n".getBytes(UTF_8));
        Path strings = folder.resolve("strings");
        Files.write(strings, text.toByteArray());
        int rows = samples.size() + 12;
        Home home = new Home(folder.resolve("home"));
        Map<String, String> environment =
                Map.of("SIMMER_HOME", home.folder().toString(), "LC_ALL", "C.UTF-8");
        try (Tmux terminal =
                Tmux.open(folder, COLUMNS, rows, environment, Launching.commandLine())) {
            terminal.await("the dashboard", screen -> screen.contains("n spawn"));
            terminal.keys("n");
            terminal.await("the prompt", screen -> screen.contains("spawn ❯"));
            terminal.type("cat '" + strings + "'");
            terminal.keys("Enter");
            terminal.await("the task's end", screen -> screen.contains("succeeded"));
            terminal.keys("Tab", "z");
            List<String> broken = List.of("nothing was seen");
            // The dashboard may draw while it is looked at; what is broken stays so.
            for (int i = 0; i < LOOKS && !broken.isEmpty(); i++) {
                terminal.keys("C-l");
                String whole =
                        terminal.await(
                                "all lines of the log alone",
                                screen ->
                                        screen.contains("│ that-was-all")
                                                && screen.contains("│ hello")
                                                && !screen.contains("─ Tasks ─"));
                broken = broken(terminal, whole.lines().toList(), samples.size());
            }
            assertThat(broken).isEmpty();
            terminal.keys("q");
        } finally {
            home.close();
        }
    }

    /** The rows whose borders do not stand where they should when all between them is blanked. */
    private static List<String> broken(Tmux terminal, List<String> lines, int count)
            throws Exception {
        int first = indexOf(lines, "│ hello");
        int last = indexOf(lines, "│ that-was-all");
        assertThat(last - first).isEqualTo(count);
        terminal.erase(first, last, 1, COLUMNS - 2);
        List<String> left = terminal.screen().lines().toList();
        List<String> broken = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            if (!left.get(i).matches("│ {" + (COLUMNS - 2) + "}[│┃]")) {
                broken.add(lines.get(i) + " left " + left.get(i));
            }
        }
        return broken;
    }

    private static int indexOf(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError(start + " is not on " + lines);
    }

    private static void await(String what, Path file) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("waited in vain for %s", what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
