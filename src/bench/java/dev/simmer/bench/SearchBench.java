package dev.simmer.bench;

import dev.simmer.logs.LogFile;
import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A rare word in a log of 5 GB, beside {@code grep -F}, and going to places all over the same log.
 *
 * <p>The file needs as much page cache; on a machine that has less, both read from the disk and the
 * ratio says nothing.
 */
final class SearchBench {
    private static final int BLOCK = 64 << 20;
    private static final int BLOCKS = 80;
    private static final int JUMPS = 1_000;
    private static final String WORD = "zyxneedle";
    private static final List<String> WORDS =
            List.of(
                    "chunk",
                    "total",
                    "cart",
                    "rows",
                    "token",
                    "session",
                    "login",
                    "resolve",
                    "warning:",
                    "Worker",
                    "started",
                    "GET",
                    "/index.html",
                    "200",
                    "in",
                    "12ms");

    private SearchBench() {}

    static void run(Path scratch, int rounds) throws Exception {
        Path file = scratch.resolve("search.log");
        try {
            write(file);
            String path = file.toString();
            new Rounds("a rare word in 5 GB", rounds)
                    .with(
                            "LC_ALL=C grep -F -m 1",
                            Rounds.command(
                                    java.util.Map.of("LC_ALL", "C"),
                                    "grep",
                                    "-F",
                                    "-m",
                                    "1",
                                    WORD,
                                    path))
                    .with("Simmer, both cases", () -> search(file, WORD, true))
                    .with("Simmer, both cases, backward", () -> search(file, WORD, false))
                    .with("Simmer, with a capital", () -> search(file, "Zyxneedle", true))
                    .run();
            new Rounds("the next error in 5 GB that hold none", rounds)
                    .with("LC_ALL=C grep -c -i error", () -> grep(path))
                    .with("Simmer", () -> errors(file))
                    .run();
            jumps(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The word stands at the end, and once more where a search backward comes to last. */
    private static void write(Path file) throws Exception {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(BLOCK + 200);
        while (text.length() < BLOCK) {
            text.append("2026-11-21T20:")
                    .append(10 + random.nextInt(50))
                    .append(':')
                    .append(10 + random.nextInt(50))
                    .append(random.nextBoolean() ? " [INFO]" : " [DEBUG]");
            for (int i = 4 + random.nextInt(14); i > 0; i--) {
                text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
            }
            text.append('\n');
        }
        byte[] block = text.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] needle =
                ("here is " + WORD + " and Z" + WORD.substring(1) + "\n")
                        .getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < BLOCKS; i++) {
                out.write(block);
            }
            out.write(needle);
        }
    }

    private static double search(Path path, String word, boolean forward) throws Exception {
        long begun = System.nanoTime();
        try (LogFile file = LogFile.open(path)) {
            LogSearch search = LogSearch.literal(word);
            // Backward from before the line that holds it, so that all is read there too.
            long end = file.lineStart(file.size() - 2);
            LogSearch.Result result =
                    forward
                            ? search.forward(file, 0, () -> false)
                            : search.backward(file, end, () -> false);
            if (result instanceof LogSearch.Result.Found != forward) {
                throw new IllegalStateException("wrong: " + result);
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double grep(String path) throws Exception {
        long begun = System.nanoTime();
        ProcessBuilder grep =
                new ProcessBuilder("grep", "-c", "-i", "error", path)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        grep.environment().put("LC_ALL", "C");
        if (grep.start().waitFor() != 1) {
            throw new IllegalStateException("grep has found an error");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double errors(Path path) throws Exception {
        long begun = System.nanoTime();
        try (LogFile file = LogFile.open(path)) {
            LogSearch.Result result = LogSearch.errors().forward(file, 0, () -> false);
            if (!(result instanceof LogSearch.Result.NotFound)) {
                throw new IllegalStateException("wrong: " + result);
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void jumps(Path path) throws Exception {
        Random random = new Random(2);
        double[] millis = new double[JUMPS];
        try (LogFile file = LogFile.open(path)) {
            long size = file.size();
            for (int i = 0; i < JUMPS; i++) {
                long begun = System.nanoTime();
                long at = file.lineStart(random.nextLong(size));
                List<LogLine> before = file.before(at, 100);
                List<LogLine> after = file.from(at, 100);
                millis[i] = (System.nanoTime() - begun) / 1e6;
                if (before.isEmpty() && after.isEmpty()) {
                    throw new IllegalStateException("nothing at " + at);
                }
            }
        }
        java.util.Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "  200 lines around any place: %.2f ms in the middle, %.2f ms in 99 of 100%n",
                millis[JUMPS / 2],
                millis[JUMPS * 99 / 100]);
    }
}
