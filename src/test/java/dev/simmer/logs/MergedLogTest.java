package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedLogTest {
    private static final long START = 1_795_291_381_000L;

    @TempDir Path folder;

    private Path log(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name)).resolve("output.log");
    }

    /** Writes lines to a log, and notes that they were written now. */
    private void write(String name, long second, String text) throws IOException {
        Path log = log(name);
        StandardOpenOption[] append = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
        Files.writeString(log, text, append);
        byte[] entry =
                ByteBuffer.allocate(16)
                        .putLong(START + 1_000 * second)
                        .putLong(Files.size(log))
                        .array();
        Files.write(log.resolveSibling(TimeFile.NAME), entry, append);
    }

    private MergedLog merged(String... names) throws IOException {
        List<MergedLog.Part> parts = new ArrayList<>();
        for (String name : names) {
            StyledLine.Run run = new StyledLine.Run(0, name.length(), Style.PLAIN);
            parts.add(new MergedLog.Part(log(name), new StyledLine(name + " ", List.of(run))));
        }
        return new MergedLog(parts);
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(line -> line.line().text()).toList();
    }

    @Test
    void linesComeInTheOrderOfTime() throws IOException {
        write("a", 1, "one\n");
        write("b", 2, "two\n\u001b[31mthree\n");
        write("a", 3, "four\n");
        write("b", 4, "five");
        try (MergedLog merged = merged("a", "b")) {
            List<LogLine> all = merged.from(0, 100);
            assertThat(texts(all)).containsExactly("a one", "b two", "b three", "a four", "b five");
            assertThat(all.get(2).line().runs())
                    .extracting(StyledLine.Run::start, StyledLine.Run::end)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple(0, 1),
                            org.assertj.core.api.Assertions.tuple(2, 7));
            assertThat(merged.tail(100)).isEqualTo(all);
            assertThat(merged.size()).isEqualTo(all.getLast().end()).isEqualTo(23 + 5);
            assertThat(merged.timeAt(all.get(3).offset())).hasValue(START + 3_000);
            assertThat(merged.times().at(all.get(4).offset())).hasValue(START + 4_000);
            write("a", 5, "six\n");
            write("b", 6, " and a half\nseven\n");
            assertThat(texts(merged.tail(3)))
                    .containsExactly("b five and a half", "a six", "b seven");
        }
    }

    @Test
    void anyPlaceGivesTheSameLines() throws IOException {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            String[] names = {"a" + seed, "b" + seed, "c" + seed};
            for (int second = 0; second < 60; second++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(5); i >= 0; i--) {
                    text.append("line ").append(random.nextInt(1_000));
                    text.append(random.nextInt(6) == 0 ? " " : "\n");
                }
                write(names[random.nextInt(3)], second, text.toString());
            }
            try (MergedLog merged = merged(names)) {
                List<LogLine> all = merged.from(0, 10_000);
                assertThat(all).hasSizeGreaterThan(20);
                long lines = 0;
                for (String name : names) {
                    lines += Files.readString(log(name)).lines().count();
                }
                assertThat(all).hasSize((int) lines);
                assertThat(merged.tail(10_000)).as("seed %d", seed).isEqualTo(all);
                for (int i = 0; i < all.size(); i += 3) {
                    long place = all.get(i).offset();
                    int to = Math.min(all.size(), i + 7);
                    assertThat(merged.from(place, 7)).isEqualTo(all.subList(i, to));
                    int from = Math.max(0, i - 7);
                    assertThat(merged.before(place, 7)).isEqualTo(all.subList(from, i));
                }
                searched(merged, all);
            }
        }
    }

    private static void searched(MergedLog merged, List<LogLine> all) throws IOException {
        LogSearch search = LogSearch.literal("line 7");
        List<Long> expected =
                all.stream()
                        .filter(line -> line.line().text().contains("line 7"))
                        .map(LogLine::offset)
                        .toList();
        List<Long> forward = new ArrayList<>();
        long at = 0;
        while (merged.search(search, at, true, () -> false)
                instanceof LogSearch.Result.Found(long place)) {
            forward.add(place);
            at = place + 1;
        }
        List<Long> backward = new ArrayList<>();
        at = Long.MAX_VALUE;
        while (merged.search(search, at, false, () -> false)
                instanceof LogSearch.Result.Found(long place)) {
            backward.addFirst(place);
            at = place;
        }
        assertThat(forward).isEqualTo(expected);
        assertThat(backward).isEqualTo(expected);
        assertThat(merged.search(search, 0, true, () -> true))
                .isInstanceOf(LogSearch.Result.Cancelled.class);
    }

    @Test
    void twinHasTheSamePlaces() throws IOException {
        write("a", 1, "one\n");
        write("b", 2, "two\n");
        try (MergedLog merged = merged("a", "b")) {
            assertThat(merged.tail(9)).hasSize(2);
            // What is noted for an earlier time comes later, and stands there.
            write("a", 5, "five\n");
            assertThat(texts(merged.tail(9))).containsExactly("a one", "b two", "a five");
            write("b", 4, "four\n");
            List<LogLine> lines = merged.tail(9);
            assertThat(texts(lines)).containsExactly("a one", "b two", "a five", "b four");
            try (MergedLog twin = merged.twin()) {
                assertThat(twin.from(0, 9)).isEqualTo(lines);
                write("a", 6, "six\n");
                assertThat(texts(twin.tail(1))).containsExactly("a six");
                assertThat(merged.before(lines.getLast().end(), 9)).isEqualTo(lines);
            }
        }
    }

    @Test
    void stampsOfLinesCountWhereNoTimesWereNoted() throws IOException {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
        StringBuilder even = new StringBuilder();
        StringBuilder odd = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            String stamp = format.format(Instant.ofEpochMilli(START + 1_000L * i));
            (i % 2 == 0 ? even : odd).append(stamp).append(" line ").append(i).append('\n');
        }
        Files.writeString(log("even"), even);
        Files.writeString(log("odd"), odd);
        try (MergedLog merged = merged("even", "odd")) {
            List<String> numbers =
                    merged.from(0, 1_000).stream()
                            .map(line -> line.line().text().replaceAll(".* ", ""))
                            .toList();
            assertThat(numbers)
                    .isEqualTo(Stream.iterate(0, i -> i + 1).limit(100).map(i -> "" + i).toList());
        }
    }

    @Test
    void logThatIsCutOrMissingOrReplaced() throws IOException {
        write("a", 1, "one\ntwo\n");
        try (MergedLog merged = merged("a", "missing")) {
            assertThat(texts(merged.tail(9))).containsExactly("a one", "a two");
            long generation = merged.generation();
            Files.writeString(log("a"), "new\n");
            assertThat(texts(merged.tail(9))).containsExactly("a new");
            assertThat(merged.generation()).isGreaterThan(generation);
            Files.writeString(log("missing"), "there\n");
            assertThat(texts(merged.tail(9))).containsExactly("a new", "missing there");
            Files.delete(log("a"));
            assertThat(texts(merged.tail(9))).containsExactly("missing there");
        }
        try (MergedLog nothing = merged()) {
            assertThat(nothing.tail(9)).isEmpty();
            assertThat(nothing.from(0, 9)).isEmpty();
        }
    }

    @Test
    void linesAreAtMostAsManyAsAskedFor() throws IOException {
        String[] names = Arrays.stream(new int[16]).mapToObj(_ -> "").toArray(String[]::new);
        for (int i = 0; i < names.length; i++) {
            names[i] = "t" + i;
            write(names[i], i, ("line of " + i + "\n").repeat(1_000));
        }
        try (MergedLog merged = merged(names)) {
            assertThat(merged.tail(200)).hasSize(200);
            assertThat(merged.from(0, 2_500)).hasSize(2_500);
            long end = merged.size();
            assertThat(merged.before(end / 2, 1_500)).hasSize(1_500);
        }
    }
}
