package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.logs.LogSearch.Match;
import dev.simmer.logs.LogSearch.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSearchTest {
    private static final String[] PIECES = {
        "error", "ERROR", "Error", " ", "warn", "\u001b[31m", "\u001b[0m", "e", "r", "größe",
        "GRÖSSE", "日本", "x", "31m", "\u001b]0;error\u0007", "@[`{", "12", "\u001b(B", "\r", "\t",
        "\u001b[K", "\u001b[2G"
    };

    /** How many of the pieces leave the letters of a line in their order. */
    private static final int SIMPLE = PIECES.length - 4;

    private static final List<String> QUERIES =
            List.of("error", "Error", "größe", "日本", "@[`{", "31m", "12x");

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("output.log");
    }

    private static Result found(long offset) {
        return new Result.Found(offset);
    }

    private static final Result NOTHING = new Result.NotFound();

    private List<Long> all(LogSearch search, boolean forward) throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (LogFile file = LogFile.open(path())) {
            long at = forward ? 0 : Long.MAX_VALUE;
            while (true) {
                Result result =
                        forward
                                ? search.forward(file, at, () -> false)
                                : search.backward(file, at, () -> false);
                if (!(result instanceof Result.Found(long offset))) {
                    return forward ? offsets : offsets.reversed();
                }
                offsets.add(offset);
                at = forward ? file.lineEnd(offset) : offset;
            }
        }
    }

    private List<Long> naive(Predicate<String> holds) throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (LogFile file = LogFile.open(path())) {
            for (LogLine line : file.from(0, Integer.MAX_VALUE)) {
                if (holds.test(line.line().text())) {
                    offsets.add(line.offset());
                }
            }
        }
        return offsets;
    }

    private String randomText(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20_000); i > 0; i--) {
            text.append(PIECES[random.nextInt(pieces)]);
            if (random.nextInt(12) == 0) {
                text.append(random.nextInt(4) == 0 ? "\r\n" : "\n");
            }
        }
        return text.toString();
    }

    @Test
    void searchFindsTheLinesThatShowTheQuery() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Files.writeString(path(), randomText(new Random(seed), SIMPLE));
            for (String query : QUERIES) {
                Pattern pattern = smart(query, Pattern.LITERAL);
                List<Long> lines = naive(line -> pattern.matcher(line).find());
                String what = "seed " + seed + ", " + query;
                assertThat(all(LogSearch.literal(query), true)).as(what).isEqualTo(lines);
                assertThat(all(LogSearch.literal(query), false)).as(what).isEqualTo(lines);
            }
        }
    }

    @Test
    void expressionIsTriedOnWhatALineShows() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Files.writeString(path(), randomText(new Random(seed), PIECES.length));
            for (String query : List.of("err?or$|^12", "Err", "\\S\\w 12", "größe +x")) {
                int flags = query.equals("Err") ? 0 : Pattern.CASE_INSENSITIVE;
                Pattern pattern = Pattern.compile(query, flags | Pattern.UNICODE_CASE);
                List<Long> lines = naive(line -> pattern.matcher(line).find());
                String what = "seed " + seed + ", " + query;
                assertThat(all(LogSearch.regex(query), true)).as(what).isEqualTo(lines);
                assertThat(all(LogSearch.regex(query), false)).as(what).isEqualTo(lines);
            }
        }
    }

    /** What only a carriage return puts together is not looked for; what it hides is not found. */
    @Test
    void hiddenTextIsNotFound() throws IOException {
        int hits = 0;
        for (int seed = 0; seed < 30; seed++) {
            Files.writeString(path(), randomText(new Random(seed), PIECES.length));
            for (String query : QUERIES) {
                Pattern pattern = smart(query, Pattern.LITERAL);
                List<Long> lines = naive(line -> pattern.matcher(line).find());
                List<Long> found = all(LogSearch.literal(query), true);
                assertThat(lines).as("seed %d, %s", seed, query).containsAll(found);
                assertThat(all(LogSearch.literal(query), false)).isEqualTo(found);
                hits += found.size();
            }
        }
        assertThat(hits).isGreaterThan(100);
    }

    private static Pattern smart(String query, int flags) {
        boolean capital = !query.equals(query.toLowerCase(Locale.ROOT));
        int anyCase = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile(query, capital ? flags : flags | anyCase);
    }

    @Test
    void textIsFoundAnywhereInALineLongerThanAChunk() throws IOException {
        String filler = "lorem ipsum ".repeat(50_000);
        Files.writeString(
                path(), "first\n" + filler + "needle" + filler + "\nlast needle\n" + filler);
        long second = 6;
        long third = second + 2L * filler.length() + 7;
        assertThat(all(LogSearch.literal("needle"), true)).containsExactly(second, third);
        assertThat(all(LogSearch.literal("needle"), false)).containsExactly(second, third);
        assertThat(all(LogSearch.regex("^lorem"), true)).containsExactly(second, third + 12);
        assertThat(all(LogSearch.regex("^lorem"), false)).containsExactly(second, third + 12);
        for (int shift = 0; shift < 40; shift++) {
            String before = "x".repeat(256 * 1024 - 20 + shift);
            Files.writeString(path(), before + "needle" + before);
            assertThat(all(LogSearch.literal("needle"), true)).containsExactly(0L);
            assertThat(all(LogSearch.literal("needle"), false)).containsExactly(0L);
        }
    }

    @Test
    void searchCanBeCancelledAndGoesOn() throws IOException {
        Files.writeString(path(), "some line of a log\n".repeat(100_000) + "needle\n");
        long needle = 100_000L * 19;
        try (LogFile file = LogFile.open(path())) {
            LogSearch search = LogSearch.literal("needle");
            int[] asked = {0};
            Result result = search.forward(file, 0, () -> ++asked[0] == 3);
            assertThat(result).isInstanceOf(Result.Cancelled.class);
            long offset = ((Result.Cancelled) result).offset();
            assertThat(offset).isBetween(1L, needle);
            assertThat(search.forward(file, offset, () -> false)).isEqualTo(found(needle));
            asked[0] = 0;
            LogSearch other = LogSearch.regex("nothing like it");
            result = other.backward(file, Long.MAX_VALUE, () -> ++asked[0] == 3);
            assertThat(result).isInstanceOf(Result.Cancelled.class);
            offset = ((Result.Cancelled) result).offset();
            assertThat(offset).isBetween(1L, needle);
            assertThat(search.backward(file, offset, () -> false)).isEqualTo(NOTHING);
        }
    }

    @Test
    void expressionThatNeverEndsIsBrokenOff() throws IOException {
        Files.writeString(path(), "a".repeat(60) + "!\n" + "ab".repeat(30_000) + "\naab\n");
        assertThat(all(LogSearch.regex("(a+)+$|aab$"), true)).endsWith(60_063L);
        assertThat(all(LogSearch.regex("^(a|b)*$"), true)).endsWith(60_063L);
        assertThat(LogSearch.regex("(a+)+$").matches("a".repeat(60) + "!")).isEmpty();
    }

    @Test
    void expressionThatIsTooHardOnManyLinesIsGivenUp() throws IOException {
        Files.writeString(path(), ("a".repeat(40) + "!\n").repeat(20_000));
        try (LogFile file = LogFile.open(path())) {
            LogSearch search = LogSearch.regex("(a*)*\\1y");
            assertThat(search.brokenOff()).isFalse();
            assertThat(search.forward(file, 0, () -> false)).isInstanceOf(Result.TooHard.class);
            assertThat(search.brokenOff()).isTrue();
            assertThat(LogSearch.regex("(a*)*\\1y").backward(file, Long.MAX_VALUE, () -> false))
                    .isInstanceOf(Result.TooHard.class);
        }
    }

    @Test
    void hitsAreListedUpToAnEnd() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            Files.writeString(path(), randomText(new Random(seed), SIMPLE));
            for (String query : QUERIES) {
                LogSearch search = LogSearch.literal(query);
                List<Long> all = all(search, true);
                try (LogFile file = LogFile.open(path())) {
                    assertThat(search.hits(file, 100_000, Long.MAX_VALUE, () -> false))
                            .isEqualTo(new LogSearch.Hits(all, false));
                    LogSearch.Hits few = search.hits(file, 2, Long.MAX_VALUE, () -> false);
                    assertThat(few.offsets()).isEqualTo(all.subList(0, Math.min(2, all.size())));
                    assertThat(search.hits(file, 9, 1 << 30, () -> true).offsets()).isEmpty();
                }
            }
        }
        String filler = "lorem ipsum ".repeat(50_000);
        Files.writeString(path(), "needle\n" + filler + "needle" + filler + "\nneedle\n");
        try (LogFile file = LogFile.open(path())) {
            assertThat(LogSearch.literal("needle").hits(file, 9, 1 << 30, () -> false).offsets())
                    .containsExactly(0L, 7L, 14L + 2L * filler.length());
        }
    }

    @Test
    void noQueryFindsNothingAndABrokenOneIsRefused() throws IOException {
        Files.writeString(path(), "a\n\nb\n");
        assertThat(all(LogSearch.literal(""), true)).isEmpty();
        assertThat(LogSearch.literal("").matches("abc")).isEmpty();
        assertThatThrownBy(() -> LogSearch.regex("(")).isInstanceOf(PatternSyntaxException.class);
        try (LogFile file = LogFile.open(folder.resolve("missing"))) {
            assertThat(LogSearch.literal("a").forward(file, 0, () -> false)).isEqualTo(NOTHING);
            assertThat(LogSearch.literal("a").backward(file, 9, () -> false)).isEqualTo(NOTHING);
        }
    }

    @Test
    void placesWithinALine() {
        assertThat(LogSearch.literal("ab").matches("AB xab abAB"))
                .containsExactly(
                        new Match(0, 2), new Match(4, 6), new Match(7, 9), new Match(9, 11));
        assertThat(LogSearch.literal("Ab").matches("AB Ab")).containsExactly(new Match(3, 5));
        assertThat(LogSearch.literal("a.").matches("ab a.")).containsExactly(new Match(3, 5));
        assertThat(LogSearch.regex("x*").matches("axxa")).containsExactly(new Match(1, 3));
        assertThat(LogSearch.literal("größe").matches("GRÖSSE GRÖßE")).hasSize(1);
        assertThat(LogSearch.literal("a").matches("a".repeat(5000))).hasSize(1000);
    }
}
