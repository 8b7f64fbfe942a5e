package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs whose beginning has been given back to the disk. The hole has a tebibyte, so that a reader
 * that goes through its zeros does not come to an end.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GoneTest {
    private static final long HOLE = 1L << 40;
    private static final String WORDS = "[1.0T of older output are gone: log_limit]";

    @TempDir Path folder;

    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = folder.resolve("log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(HOLE);
            file.seek(HOLE);
            file.write("rest of a line\none\ntwo\n".getBytes(UTF_8));
        }
    }

    @Test
    void searchLooksAtWhatIsThere() throws IOException {
        try (LogFile file = LogFile.open(log)) {
            LogSearch one = LogSearch.literal("one");
            LogSearch none = LogSearch.literal("none");
            LogSearch rest = LogSearch.regex("^rest");
            LogSearch.Result found = new LogSearch.Result.Found(HOLE + 15);
            assertThat(one.forward(file, 0, () -> false)).isEqualTo(found);
            assertThat(one.backward(file, Long.MAX_VALUE, () -> false)).isEqualTo(found);
            assertThat(none.forward(file, 0, () -> false))
                    .isEqualTo(new LogSearch.Result.NotFound());
            assertThat(none.backward(file, Long.MAX_VALUE, () -> false))
                    .isEqualTo(new LogSearch.Result.NotFound());
            assertThat(rest.backward(file, HOLE + 20, () -> false))
                    .isEqualTo(new LogSearch.Result.Found(HOLE));
        }
    }

    @Test
    void followerSaysThatTheBeginningIsGone() throws IOException {
        List<String> lines = new ArrayList<>();
        try (LogFollower follower = new LogFollower(log, 0)) {
            while (follower.poll(
                            1000,
                            (bytes, from, to, _) ->
                                    lines.add(new String(bytes, from, to - from, UTF_8)))
                    > 0) {}
            assertThat(follower.position()).isEqualTo(Files.size(log));
        }
        assertThat(lines).containsExactly(WORDS, "rest of a line", "one", "two");
    }

    @Test
    void indexCountsWhatIsThere() throws IOException {
        long size = 5L << 30;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(size);
            file.seek(size);
            file.write("rest\none\n".getBytes(UTF_8));
        }
        try (LogFile file = LogFile.open(log)) {
            LineIndex index = new LineIndex(file);
            while (index.advance(1 << 20) > 0) {}
            assertThat(index.lines()).isEqualTo(2);
            assertThat(index.offsetOf(1)).hasValue(size + 5);
            assertThat(index.lineOf(size + 6)).hasValue(1);
        }
    }

    @Test
    void lastLineIsTheLast() throws IOException {
        assertThat(new LastLine(log).read().text()).isEqualTo("two");
    }

    @Test
    void holeThatGrowsIsSeen() throws IOException {
        try (LogFile file = LogFile.open(log)) {
            assertThat(file.tail(9).getFirst().line().text()).isEqualTo(WORDS);
            try (RandomAccessFile more = new RandomAccessFile(log.toFile(), "rw")) {
                more.setLength(HOLE);
                more.setLength(2 * HOLE);
                more.seek(2 * HOLE);
                more.write("three\n".getBytes(UTF_8));
            }
            List<LogLine> lines = file.from(0, 9);
            assertThat(lines.getFirst().line().text()).startsWith("[2.0T");
            assertThat(lines.getLast().line().text()).isEqualTo("three");
        }
    }
}
