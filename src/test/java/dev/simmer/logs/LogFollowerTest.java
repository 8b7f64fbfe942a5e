package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    @TempDir Path folder;

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder pieces = new StringBuilder();

    private Path path() {
        return folder.resolve("output.log");
    }

    private void append(String text) throws IOException {
        Files.writeString(path(), text, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    }

    private void take(byte[] bytes, int from, int to, boolean ended) {
        pieces.append(new String(bytes, from, to - from, UTF_8));
        if (ended) {
            lines.add(pieces.toString());
            pieces.setLength(0);
        }
    }

    @Test
    void linesComeWhenTheyAreWhole() throws IOException {
        try (LogFollower follower = new LogFollower(path(), 0)) {
            assertThat(follower.poll(1000, this::take)).isZero();
            append("one\ntw");
            assertThat(follower.poll(1000, this::take)).isEqualTo(6);
            assertThat(lines).containsExactly("one");
            append("o\n\nend");
            follower.poll(1000, this::take);
            assertThat(lines).containsExactly("one", "two", "");
            assertThat(follower.poll(1000, this::take)).isZero();
            follower.finish(this::take);
            assertThat(lines).containsExactly("one", "two", "", "end");
            follower.finish(this::take);
            assertThat(lines).hasSize(4);
            assertThat(follower.position()).isEqualTo(12);
        }
    }

    @Test
    void followerStartsWhereItIsTold() throws IOException {
        append("one\ntwo\n");
        try (LogFollower follower = new LogFollower(path(), 4)) {
            follower.poll(1000, this::take);
            assertThat(lines).containsExactly("two");
        }
    }

    @Test
    void cutFileIsReadFromItsStartAndAReplacedOneToItsEndFirst() throws IOException {
        append("one\ntwo\nthr");
        try (LogFollower follower = new LogFollower(path(), 0)) {
            follower.poll(1000, this::take);
            Files.writeString(path(), "cut\n");
            follower.poll(1000, this::take);
            assertThat(lines).containsExactly("one", "two", "thr", "cut");
            append("last of it");
            Path other = folder.resolve("other");
            Files.writeString(other, "new\n");
            Files.move(other, path(), StandardCopyOption.REPLACE_EXISTING);
            follower.poll(1000, this::take);
            assertThat(lines).endsWith("cut", "last of it", "new");
            Files.delete(path());
            assertThat(follower.poll(1000, this::take)).isZero();
        }
    }

    /** Random lines in random steps: every byte once, whatever is read at a time. */
    @Test
    void everyByteComesOnce() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            byte[] log = LogFileTest.randomLog(random, 100);
            Files.deleteIfExists(path());
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            LogFollower.LineSink sink =
                    (bytes, from, to, ended) -> {
                        assertThat(to - from).isLessThanOrEqualTo(2 * LogFile.MAX_LINE);
                        got.write(bytes, from, to - from);
                        if (ended) {
                            got.write('\n');
                        }
                    };
            try (LogFollower follower = new LogFollower(path(), 0);
                    OutputStream out = Files.newOutputStream(path())) {
                int written = 0;
                while (written < log.length) {
                    int count = Math.min(log.length - written, 1 + random.nextInt(50_000));
                    out.write(log, written, count);
                    written += count;
                    long most = 1L + random.nextInt(100_000);
                    assertThat(follower.poll(most, sink)).isBetween(1L, most);
                }
                while (follower.poll(1L + random.nextInt(1_000_000), sink) > 0) {}
                follower.finish(sink);
            }
            byte[] bytes = got.toByteArray();
            if (log[log.length - 1] != '\n') {
                assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
                bytes = java.util.Arrays.copyOf(bytes, bytes.length - 1);
            }
            assertThat(bytes).as("seed %d", seed).isEqualTo(log);
        }
    }

    @Test
    void pieceOfALongLineIsCutBetweenLetters() throws IOException {
        String line = "é日😀\u001b[31m".repeat(40_000);
        append("x" + line + "\n");
        StringBuilder text = new StringBuilder();
        try (LogFollower follower = new LogFollower(path(), 0)) {
            LogFollower.LineSink sink =
                    (bytes, from, to, _) -> text.append(TerminalText.line(bytes, from, to).text());
            while (follower.poll(100_000, sink) > 0) {}
        }
        assertThat(text.toString()).isEqualTo("x" + "é日😀".repeat(40_000));
    }

    @Test
    @Timeout(120)
    void eightTasksOf100000LinesArriveInOrder() throws Exception {
        List<Callable<Long>> work = new ArrayList<>();
        for (int task = 0; task < 8; task++) {
            Path log = folder.resolve("task" + task);
            Semaphore written = new Semaphore(0);
            work.add(() -> {
                try (var out = Files.newBufferedWriter(log)) {
                    for (int i = 0; i < 100_000; i++) {
                        out.write("line " + i + "\n");
                        if (i % 500 == 499) {
                            out.flush();
                            written.release();
                        }
                    }
                }
                return 0L;
            });
            work.add(() -> count(log, written));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long total = 0;
            for (Future<Long> each : threads.invokeAll(work)) {
                total += each.get();
            }
            assertThat(total).isEqualTo(800_000);
        }
    }

    private static long count(Path log, Semaphore written) throws Exception {
        long[] next = {0};
        LogFollower.LineSink sink =
                (bytes, from, to, whole) -> {
                    String text = new String(bytes, from, to - from, UTF_8);
                    assertThat(text).isEqualTo("line " + next[0]);
                    assertThat(whole).isTrue();
                    next[0]++;
                };
        try (LogFollower follower = new LogFollower(log, 0)) {
            while (next[0] < 100_000) {
                if (follower.poll(10_000, sink) == 0) {
                    written.acquire();
                }
            }
        }
        return next[0];
    }
}
