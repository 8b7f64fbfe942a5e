package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir Path folder;

    private Path path() {
        return folder.resolve("output.log");
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(line -> line.line().text()).toList();
    }

    private void write(String text) throws IOException {
        Files.writeString(path(), text);
    }

    private void append(String text) throws IOException {
        Files.writeString(path(), text, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    }

    /** The lines of some bytes as (offset, end) pairs, found byte by byte. */
    static List<long[]> naive(byte[] bytes) {
        List<long[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new long[] {start, i + 1});
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            lines.add(new long[] {start, bytes.length});
        }
        return lines;
    }

    /** Lines of all lengths, some much longer than what is decoded. */
    static byte[] randomLog(Random random, int lines) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            int kind = random.nextInt(60);
            int length =
                    kind == 0
                            ? random.nextInt(400_000)
                            : kind < 4 ? random.nextInt(20_000) : random.nextInt(120);
            byte[] line = new byte[length];
            for (int j = 0; j < length; j++) {
                line[j] = (byte) ('a' + random.nextInt(26));
            }
            log.writeBytes(line);
            if (i < lines - 1 || random.nextBoolean()) {
                log.writeBytes((random.nextInt(5) == 0 ? "\r\n" : "\n").getBytes(US_ASCII));
            }
        }
        return log.toByteArray();
    }

    private static void same(
            String what, List<LogLine> actual, List<long[]> expected, byte[] bytes) {
        assertThat(actual.stream().map(LogLine::offset).toList())
                .as(what)
                .isEqualTo(expected.stream().map(line -> line[0]).toList());
        for (int i = 0; i < actual.size(); i++) {
            LogLine line = actual.get(i);
            int from = (int) line.offset();
            int to = (int) line.end();
            assertThat(line.end()).as(what).isEqualTo(expected.get(i)[1]);
            boolean complete = bytes[to - 1] == '\n';
            assertThat(line.complete()).as(what).isEqualTo(complete);
            String text = new String(bytes, from, to - from, US_ASCII).stripTrailing();
            assertThat(line.line().text())
                    .as(what)
                    .isEqualTo(text.substring(0, Math.min(text.length(), LogFile.MAX_LINE)));
        }
    }

    @Test
    void anyPlaceOfAnyFileReadsAsTheWholeWould() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] bytes = randomLog(random, 1 + random.nextInt(200));
            Files.write(path(), bytes);
            List<long[]> lines = naive(bytes);
            try (LogFile file = LogFile.open(path())) {
                for (int i = 0; i < 30; i++) {
                    String what = "seed " + seed + ", round " + i;
                    int rows = 1 + random.nextInt(80);
                    long offset = random.nextInt(bytes.length + 1);
                    int here = 0;
                    while (here < lines.size() && lines.get(here)[1] <= offset) {
                        here++;
                    }
                    List<long[]> before = lines.subList(Math.max(0, here - rows), here);
                    same(what, file.before(offset, rows), before, bytes);
                    int last = Math.min(lines.size(), here + rows);
                    long start = here < lines.size() ? lines.get(here)[0] : bytes.length;
                    same(what, file.from(start, rows), lines.subList(here, last), bytes);
                    boolean atEnd = offset == bytes.length && bytes.length > 0;
                    long expected =
                            atEnd && bytes[bytes.length - 1] != '\n' ? lines.getLast()[0] : start;
                    assertThat(file.lineStart(offset)).as(what).isEqualTo(expected);
                }
                int rows = 1 + random.nextInt(80);
                List<long[]> end = lines.subList(Math.max(0, lines.size() - rows), lines.size());
                same("tail of seed " + seed, file.tail(rows), end, bytes);
            }
        }
    }

    @Test
    void missingFileIsEmptyUntilItIsThere() throws IOException {
        try (LogFile file = LogFile.open(path())) {
            assertThat(file.size()).isZero();
            assertThat(file.tail(5)).isEmpty();
            assertThat(file.from(0, 5)).isEmpty();
            assertThat(file.lineStart(10)).isZero();
            write("one\ntwo");
            assertThat(texts(file.tail(5))).containsExactly("one", "two");
            assertThat(file.tail(5).getLast().complete()).isFalse();
            append(" more\n");
            assertThat(texts(file.tail(5))).containsExactly("one", "two more");
            assertThat(file.tail(5).getLast().complete()).isTrue();
            assertThat(file.generation()).isZero();
        }
    }

    @Test
    void cutReplacedAndRemovedFilesAreReadAnew() throws IOException {
        write("one\ntwo\nthree\n");
        try (LogFile file = LogFile.open(path())) {
            assertThat(file.tail(1)).hasSize(1);
            write("cut\n");
            assertThat(texts(file.tail(5))).containsExactly("cut");
            assertThat(file.generation()).isEqualTo(1);
            Path other = folder.resolve("other");
            Files.writeString(other, "another file\nthat is longer\n");
            Files.move(other, path(), StandardCopyOption.REPLACE_EXISTING);
            assertThat(texts(file.tail(5))).containsExactly("another file", "that is longer");
            assertThat(file.generation()).isEqualTo(2);
            Files.delete(path());
            assertThat(file.tail(5)).isEmpty();
            assertThat(file.generation()).isEqualTo(3);
            write("back\n");
            assertThat(texts(file.tail(5))).containsExactly("back");
        }
    }

    @Test
    void folderIsNoLog() {
        LogFile file = LogFile.open(folder);
        assertThatThrownBy(() -> file.tail(1)).hasMessageContaining("is no regular file");
    }

    @Test
    void emptyAndBlankLinesCount() throws IOException {
        write("\n\nx\n\n");
        try (LogFile file = LogFile.open(path())) {
            assertThat(texts(file.tail(9))).containsExactly("", "", "x", "");
            assertThat(file.tail(0)).isEmpty();
            assertThat(file.before(0, 5)).isEmpty();
        }
    }

    /** A hole of 5 GB and text at its end: what is read is the end. */
    @Test
    void endOfAHugeFileIsReadAlone() throws IOException {
        long hole = 5L << 30;
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(hole);
            file.seek(hole);
            StringBuilder text = new StringBuilder("\n");
            for (int i = 0; i < 100; i++) {
                text.append("line ").append(i).append('\n');
            }
            file.write(text.toString().getBytes(UTF_8));
        }
        try (LogFile file = LogFile.open(path())) {
            List<LogLine> tail = file.tail(50);
            assertThat(texts(tail)).startsWith("line 50").endsWith("line 99").hasSize(50);
            assertThat(tail.getFirst().offset()).isGreaterThan(hole);
            assertThat(texts(file.before(tail.getFirst().offset(), 50)))
                    .startsWith("line 0")
                    .endsWith("line 49");
        }
    }

    @Test
    void lineAfterAHoleShows() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(5L << 30);
            file.seek(5L << 30);
            file.write("after the hole\nnext\n".getBytes(UTF_8));
        }
        try (LogFile file = LogFile.open(path())) {
            String gone = "[5.0G of older output are gone: log_limit]";
            assertThat(texts(file.tail(5))).containsExactly(gone, "after the hole", "next");
            assertThat(texts(file.from(0, 2))).containsExactly(gone, "after the hole");
            assertThat(texts(file.from(1L << 30, 1))).containsExactly(gone);
            assertThat(texts(file.before(5L << 30, 5))).containsExactly(gone);
            assertThat(file.before(1L << 30, 5)).isEmpty();
            assertThat(file.tail(2).getFirst().offset()).isEqualTo(5L << 30);
            assertThat(file.lineStart((5L << 30) + 3)).isEqualTo(5L << 30);
            assertThat(file.lineStart(77)).isZero();
            assertThat(file.gone()).isEqualTo(5L << 30);
        }
    }

    @Test
    void nothingIsGoneWithoutAHole() throws IOException {
        try (LogFile file = LogFile.open(path())) {
            write("\0\0 zeros that were written\n");
            assertThat(file.tail(5)).hasSize(1);
            assertThat(file.gone()).isZero();
        }
    }

    /** Holes between pieces of data, and lines that go through several of them. */
    @Test
    void sparseFileReadsAsTheWholeWould() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Files.deleteIfExists(path());
            byte[] bytes = new byte[12 << 20];
            try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
                file.setLength(bytes.length);
                // Else the first hole would be what a limit has given back.
                bytes[0] = 'x';
                file.write('x');
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    byte[] data = randomLog(random, 1 + random.nextInt(5));
                    int at = random.nextInt(bytes.length - data.length);
                    file.seek(at);
                    file.write(data);
                    System.arraycopy(data, 0, bytes, at, data.length);
                }
            }
            List<long[]> lines = naive(bytes);
            try (LogFile file = LogFile.open(path())) {
                assertThat(file.tail(1000).stream().map(LogLine::offset).toList())
                        .as("seed %d", seed)
                        .isEqualTo(lines.stream().map(line -> line[0]).toList());
            }
            try (LogFile file = LogFile.open(path())) {
                assertThat(file.from(0, 1000).stream().map(LogLine::end).toList())
                        .as("seed %d", seed)
                        .isEqualTo(lines.stream().map(line -> line[1]).toList());
            }
        }
    }

    @Test
    void lineOf100MegabytesIsPassedOver() throws IOException {
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');
        long longEnd = 0;
        try (OutputStream out = Files.newOutputStream(path())) {
            out.write("first\n".getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(piece);
            }
            longEnd = 6 + 100L * piece.length + 1;
            out.write("\nlast\n".getBytes(UTF_8));
        }
        try (LogFile file = LogFile.open(path())) {
            for (int round = 0; round < 2; round++) {
                List<LogLine> lines = file.tail(5);
                assertThat(lines).hasSize(3);
                assertThat(lines.get(1).offset()).isEqualTo(6);
                assertThat(lines.get(1).end()).isEqualTo(longEnd);
                assertThat(lines.get(1).line().text()).hasSize(LogFile.MAX_LINE).matches("x+");
                assertThat(texts(file.from(longEnd, 5))).containsExactly("last");
                assertThat(file.lineStart(longEnd - 10)).isEqualTo(6);
                assertThat(file.lineStart(50 << 20)).isEqualTo(6);
                assertThat(file.from(6, 1)).containsExactly(lines.get(1));
            }
            append("y".repeat(200_000));
            assertThat(file.tail(1).getFirst().offset()).isEqualTo(longEnd + 5);
            assertThat(file.tail(1).getFirst().complete()).isFalse();
            append("\nend");
            assertThat(file.tail(2).getFirst().end()).isEqualTo(longEnd + 5 + 200_001);
            assertThat(texts(file.tail(1))).containsExactly("end");
        }
    }

    @Test
    void longProgressShowsItsLastState() throws IOException {
        StringBuilder text = new StringBuilder("start\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("\rprogress ").append(i).append(" of 20000");
        }
        write(text.toString());
        try (LogFile file = LogFile.open(path())) {
            assertThat(texts(file.tail(2))).containsExactly("start", "progress 19999 of 20000");
            append("\r\n");
            assertThat(texts(file.tail(2))).containsExactly("start", "progress 19999 of 20000");
        }
    }

    @Test
    void randomBytesAreLinesToo() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            byte[] bytes = new byte[300_000];
            new Random(seed).nextBytes(bytes);
            Files.write(path(), bytes);
            List<long[]> lines = naive(bytes);
            try (LogFile file = LogFile.open(path())) {
                List<LogLine> read = file.from(0, Integer.MAX_VALUE);
                assertThat(read.stream().map(LogLine::end).toList())
                        .isEqualTo(lines.stream().map(line -> line[1]).toList());
                assertThat(file.tail(Integer.MAX_VALUE)).isEqualTo(read);
            }
        }
    }

    @Test
    void lastLineIsTheLastThatSaysSomething() throws IOException {
        LastLine last = new LastLine(path());
        assertThat(last.read()).isEqualTo(StyledLine.EMPTY);
        write("one\ntwo\n\n \u001b[0m\n");
        assertThat(last.read().text()).isEqualTo("two");
        append("10%\r20%");
        assertThat(last.read().text()).isEqualTo("20%");
        assertThat(last.read()).isSameAs(last.read());
        append("\n" + "z".repeat(10_000));
        assertThat(last.read().text()).matches("z+");
        append("\n".repeat(10_000));
        assertThat(last.read().text()).matches("z+");
        append("\n".repeat(100_000));
        assertThat(last.read()).isEqualTo(StyledLine.EMPTY);
        write("short\n");
        assertThat(last.read().text()).isEqualTo("short");
        StringBuilder progress = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            progress.append("\r").append(i).append(" done");
        }
        append(progress.toString());
        assertThat(last.read().text()).isEqualTo("1999 done");
        Files.delete(path());
        assertThat(last.read()).isEqualTo(StyledLine.EMPTY);
    }
}
