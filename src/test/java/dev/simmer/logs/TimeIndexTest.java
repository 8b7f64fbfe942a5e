package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeIndexTest {
    @TempDir Path folder;

    private static ByteBuffer entries(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length);
        for (long value : values) {
            buffer.putLong(value);
        }
        return buffer.flip();
    }

    @Test
    void byteIsAsOldAsTheFirstSizeBeyondIt() {
        TimeIndex index = TimeIndex.of(entries(1_000, 10, 2_000, 30));
        assertThat(index.at(0)).hasValue(1_000);
        assertThat(index.at(9)).hasValue(1_000);
        assertThat(index.at(10)).hasValue(2_000);
        assertThat(index.at(29)).hasValue(2_000);
        assertThat(index.at(30)).isEmpty();
        assertThat(index.at(-1)).isEmpty();
        assertThat(index.end()).isEqualTo(30);
        assertThat(TimeIndex.NOTHING.at(0)).isEmpty();
    }

    @Test
    void whatWasCutAwayDoesNotCountAndTimeNeverGoesBack() {
        TimeIndex cut = TimeIndex.of(entries(1_000, 10, 2_000, 30, 3_000, 15));
        assertThat(cut.at(9)).hasValue(3_000);
        assertThat(cut.at(12)).hasValue(3_000);
        assertThat(cut.at(15)).isEmpty();
        TimeIndex back = TimeIndex.of(entries(5_000, 10, 2_000, 30, 0, 40, 7_000, -1));
        assertThat(back.at(20)).hasValue(5_000);
        assertThat(back.count()).isEqualTo(2);
    }

    @Test
    void fileIsReadAsItGrows() throws IOException {
        Path log = folder.resolve("output.log");
        TimeFile times = new TimeFile(log);
        assertThat(times.look().count()).isZero();
        Path file = folder.resolve(TimeFile.NAME);
        Files.write(file, entries(1_000, 10).array());
        assertThat(times.look().at(3)).hasValue(1_000);
        byte[] more = entries(2_000, 20, 3_000, 30).array();
        Files.write(file, java.util.Arrays.copyOf(more, 25), StandardOpenOption.APPEND);
        TimeIndex seen = times.look();
        assertThat(seen.end()).isEqualTo(20);
        assertThat(times.look()).isSameAs(seen);
        Files.write(file, java.util.Arrays.copyOfRange(more, 25, 32), StandardOpenOption.APPEND);
        assertThat(times.look().at(29)).hasValue(3_000);
        Files.delete(file);
        assertThat(times.look().count()).isZero();
    }

    @Test
    void onlyAnAttemptsOutputHasTimes() throws IOException {
        Files.write(folder.resolve(TimeFile.NAME), entries(1_000, 10).array());
        assertThat(new TimeFile(folder.resolve("report.md")).look().count()).isZero();
        Path elsewhere = Files.createDirectory(folder.resolve("other"));
        Files.createSymbolicLink(elsewhere.resolve("times"), folder.resolve("times"));
        assertThat(new TimeFile(elsewhere.resolve("output.log")).look().count()).isZero();
    }
}
