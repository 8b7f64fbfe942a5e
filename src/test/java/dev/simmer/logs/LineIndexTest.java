package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineIndexTest {
    @TempDir Path folder;

    private Path path() {
        return folder.resolve("output.log");
    }

    @Test
    void numbersAndPlacesAgreeWithCounting() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            byte[] bytes = LogFileTest.randomLog(random, 1 + random.nextInt(400));
            Files.write(path(), bytes);
            List<long[]> lines = LogFileTest.naive(bytes);
            try (LogFile file = LogFile.open(path())) {
                LineIndex index = new LineIndex(file);
                long step = 1L + random.nextInt(100_000);
                while (index.indexedBytes() < bytes.length) {
                    long before = index.indexedBytes();
                    assertThat(index.advance(step)).isBetween(1L, step);
                    assertThat(index.indexedBytes()).isGreaterThan(before);
                }
                assertThat(index.advance(step)).isZero();
                for (int i = 0; i < 100; i++) {
                    int line = random.nextInt(lines.size());
                    long start = lines.get(line)[0];
                    long inside = start + random.nextLong(lines.get(line)[1] - start);
                    assertThat(index.offsetOf(line)).as("seed %d", seed).hasValue(start);
                    assertThat(index.lineOf(inside)).as("seed %d", seed).hasValue(line);
                }
                assertThat(index.offsetOf(lines.size() + 1)).isEmpty();
                assertThat(index.offsetOf(-1)).isEmpty();
                assertThat(index.lineOf(bytes.length + 1)).isEmpty();
            }
        }
    }

    /** More blocks than are kept: they become longer, and every number stays right. */
    @Test
    void hugeFileHasLongerBlocks() throws IOException {
        long size = (5L << 28) + 4321;
        long every = 10_000_019;
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(size);
            for (long at = every - 1; at < size; at += every) {
                file.seek(at);
                file.write('\n');
            }
        }
        try (LogFile file = LogFile.open(path())) {
            LineIndex index = new LineIndex(file);
            while (index.advance(200 << 20) > 0) {}
            assertThat(index.indexedBytes()).isEqualTo(size);
            assertThat(index.lines()).isEqualTo(size / every);
            for (long line = 0; line <= index.lines(); line++) {
                assertThat(index.offsetOf(line)).hasValue(line * every);
                assertThat(index.lineOf(line * every)).hasValue(line);
                assertThat(index.lineOf(Math.min(size, line * every + every - 1))).hasValue(line);
            }
        }
    }

    @Test
    void indexGrowsWithTheFileAndBeginsAgainWithAnother() throws IOException {
        try (LogFile file = LogFile.open(path())) {
            LineIndex index = new LineIndex(file);
            assertThat(index.advance(100)).isZero();
            Files.writeString(path(), "a\nbb\nccc");
            assertThat(index.advance(100)).isEqualTo(8);
            assertThat(index.lines()).isEqualTo(2);
            Files.writeString(path(), "a\nbb\nccc\nd\n");
            assertThat(index.advance(100)).isEqualTo(3);
            assertThat(index.offsetOf(3)).isEqualTo(OptionalLong.of(9));
            Files.writeString(path(), "x\n");
            index.advance(100);
            assertThat(index.lines()).isEqualTo(1);
            assertThat(index.offsetOf(1)).hasValue(2);
        }
    }

    @Test
    void newlinesAreFoundAsByteByByte() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(70)];
            for (int i = 0; i < bytes.length; i++) {
                int kind = random.nextInt(8);
                bytes[i] =
                        (byte) (kind == 0 ? '\n' : kind == 1 ? 0x8a : random.nextInt(4) * 0x55 + 9);
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int count = 0;
            int first = -1;
            int last = -1;
            int data = to;
            for (int i = to - 1; i >= from; i--) {
                data = bytes[i] != 0 ? i : data;
                if (bytes[i] == '\n') {
                    first = i;
                    last = Math.max(last, i);
                    count++;
                }
            }
            assertThat(Newlines.count(bytes, from, to)).isEqualTo(count);
            assertThat(Newlines.first(bytes, from, to)).isEqualTo(first);
            assertThat(Newlines.last(bytes, from, to)).isEqualTo(last);
            assertThat(Newlines.firstData(bytes, from, to)).isEqualTo(data);
            int at = from;
            for (int n = 0; n < count; n++) {
                int nth = Newlines.nth(bytes, from, to, n);
                assertThat(nth).isEqualTo(Newlines.first(bytes, at, to));
                at = nth + 1;
            }
            assertThat(Newlines.nth(bytes, from, to, count)).isEqualTo(-1);
        }
    }
}
