package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads random mutations of a whole file; a failure names the seed that repeats it. */
class MutatedFilesTest {
    private static final int SEEDS = 5_000;

    private static final List<String> PIECES =
            List.of(
                    "\t",
                    "\n",
                    "  ",
                    ": ",
                    "- ",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    "#",
                    "&a ",
                    "*a",
                    "<<: ",
                    "!!binary ",
                    "!!int +",
                    "!x ",
                    "|\n",
                    ">-\n",
                    "---\n",
                    "...\n",
                    "%YAML 1.1\n",
                    "? ",
                    ",",
                    "\\",
                    "\\U",
                    "\0",
                    "\u001b",
                    "\u0085",
                    "\u2028",
                    "\uFEFF",
                    "\uD83D\uDE00",
                    "~",
                    "null",
                    "-1",
                    "99999999999999999999",
                    "1e9",
                    "..",
                    "(",
                    "**/",
                    "{items}",
                    "restart",
                    "needs");

    @TempDir Path folder = Path.of("/");

    @Test
    void mutationIsLoadedOrBroken() throws IOException {
        String whole =
                Files.readString(Path.of("src/test/resources/whole/everything.yaml"))
                        .replace("env_file: shop.env", "")
                        .replace("env_file: task.env", "");
        Set<String> told = new HashSet<>();
        int loaded = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] bytes = mutated(whole, new Random(seed));
            Path file = folder.resolve("simmer.yaml");
            Files.write(file, bytes);
            TaskFileReader.Result result;
            try {
                result = TaskFileReader.read(file, Map.of("HOME", "/home/x"));
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
            switch (result) {
                case TaskFileReader.Loaded _ -> loaded++;
                case TaskFileReader.Broken broken -> {
                    long lines = new String(bytes, StandardCharsets.UTF_8).lines().count();
                    for (Mistake mistake : broken.mistakes()) {
                        told.add(mistake.wrong());
                        check(mistake, seed, lines);
                    }
                }
            }
        }
        assertThat(loaded).as("mutations that do no harm").isBetween(SEEDS / 50, SEEDS * 3 / 4);
        assertThat(told).as("different mistakes").hasSizeGreaterThan(200);
    }

    private static void check(Mistake mistake, int seed, long lines) {
        boolean good =
                mistake.line() >= 1
                        && mistake.line() <= lines + 1
                        && mistake.column() >= 1
                        && !mistake.wrong().isBlank()
                        && Names.isVisible(mistake.message());
        assertThat(good).as("seed %d: %s", seed, mistake).isTrue();
    }

    private static byte[] mutated(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.setCharAt(at, (char) random.nextInt(0x180));
                default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
