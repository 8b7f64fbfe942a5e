package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.TimeFile;
import dev.simmer.logs.TimeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTimesTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_795_291_381_000L;

    @TempDir Path folder;

    private final Posix posix = new Posix();

    private Path log() {
        return folder.resolve(RunFolder.LOG);
    }

    private TimeIndex index() {
        return new TimeFile(log()).look();
    }

    @Test
    void oneEntryASecondAndTheLastInAnyCase() throws IOException {
        LogTimes times = new LogTimes(log());
        assertThat(times.note(posix, 0, START, 0, false)).isZero();
        assertThat(folder.resolve("times")).doesNotExist();
        assertThat(times.note(posix, 10, START, 0, false)).isZero();
        assertThat(times.note(posix, 20, START + 400, SECOND * 4 / 10, false))
                .isEqualTo(SECOND * 6 / 10);
        assertThat(index().end()).isEqualTo(10);
        assertThat(times.note(posix, 20, START + 400, SECOND, false)).isZero();
        assertThat(times.note(posix, 30, START + 1100, SECOND + 1, true)).isZero();
        assertThat(index().at(5)).hasValue(START);
        assertThat(index().at(15)).hasValue(START + 400);
        assertThat(index().at(25)).hasValue(START + 1100);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve(RunFolder.TIMES))))
                .isEqualTo("rw-------");
    }

    @Test
    void laterKeeperGoesOnAndAPieceOfAnEntryIsWrittenOver() throws IOException {
        new LogTimes(log()).note(posix, 10, START, 0, false);
        byte[] entry = Files.readAllBytes(folder.resolve(RunFolder.TIMES));
        Files.write(folder.resolve(RunFolder.TIMES), java.util.Arrays.copyOf(entry, 21));
        new LogTimes(log()).note(posix, 20, START + 5_000, 0, false);
        assertThat(index().at(9)).hasValue(START);
        assertThat(index().at(10)).hasValue(START + 5_000);
        assertThat(index().count()).isEqualTo(2);
    }

    @Test
    void olderHalfIsThinnedAndTheNewestAreKept() throws IOException {
        LogTimes times = new LogTimes(log());
        int all = 3 * LogTimes.MOST;
        for (int i = 1; i <= all; i++) {
            assertThat(times.note(posix, 10L * i, START + 1_000L * i, i * SECOND, false)).isZero();
        }
        assertThat(Files.size(folder.resolve(RunFolder.TIMES)))
                .isLessThanOrEqualTo(16L * LogTimes.MOST);
        TimeIndex index = index();
        for (int i = all - LogTimes.MOST / 2; i < all; i++) {
            assertThat(index.at(10L * i)).hasValue(START + 1_000L * (i + 1));
        }
        // What is old is known less well, but never earlier than it was.
        for (int i = 0; i < all; i += 997) {
            assertThat(index.at(10L * i).orElseThrow())
                    .isGreaterThanOrEqualTo(START + 1_000L * (i + 1));
        }
        assertThat(folder.resolve(RunFolder.NEW_TIMES)).doesNotExist();
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve(RunFolder.TIMES), elsewhere);
        new LogTimes(log()).note(posix, 10, START, 0, false);
        assertThat(elsewhere).doesNotExist();
    }
}
