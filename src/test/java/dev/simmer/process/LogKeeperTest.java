package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.logs.TimeFile;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.LogLimit;
import dev.simmer.model.LogLimit.WhenFull;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeeperTest {
    private static final int MIB = 1 << 20;
    private static final LogLimit DROP = new LogLimit(MIB, WhenFull.DROP_OLDEST);
    private static final LogLimit STOP = new LogLimit(MIB, WhenFull.STOP);

    @TempDir Path folder;

    private Fixture fixture;
    private Path file;
    private final BlockingQueue<Boolean> full = new ArrayBlockingQueue<>(10);
    private final BlockingQueue<Long> holes = new ArrayBlockingQueue<>(1000);

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        file = Files.createFile(folder.resolve("log"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private LogKeeper keeper() {
        return new LogKeeper((posix, fd, offset, length) -> {
            int result = posix.punch(fd, offset, length);
            holes.add(offset + length);
            return result;
        });
    }

    private void keep(LogKeeper keeper) {
        LogKeeper.Kept _ = keeper.keep(file, DROP, true, full::add);
    }

    private void append(int mebibytes, int letter) throws IOException {
        byte[] bytes = new byte[MIB];
        java.util.Arrays.fill(bytes, (byte) letter);
        try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(bytes);
            }
        }
    }

    /** Waits until a hole reaches to an offset. */
    private void awaitHole(long end) throws InterruptedException {
        Long last = 0L;
        while (last < end) {
            last = holes.poll(20, TimeUnit.SECONDS);
            assertThat(last).isNotNull();
        }
    }

    private static long onDisk(Path log) {
        Posix posix = new Posix();
        assertThat(posix.stat(PathBytes.of(log))).isZero();
        return posix.allocated;
    }

    @Test
    void oldestPartIsGivenBackAsTheLogGrows() throws IOException, InterruptedException {
        try (LogKeeper keeper = keeper()) {
            keep(keeper);
            for (int i = 1; i <= 5; i++) {
                // Between two of these it may stand still for long: the next write must be seen.
                append(4, 'a' + i);
                awaitHole((4L * i - 1) * MIB);
            }
        }
        assertThat(Files.size(file)).isEqualTo(20L * MIB);
        assertThat(onDisk(file)).isLessThanOrEqualTo(MIB + MIB / 8);
        byte[] newest = new byte[MIB];
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(19L * MIB);
            log.readFully(newest);
        }
        assertThat(newest).containsOnly('f');
        assertThat(full).isEmpty();
    }

    @Test
    void logThatWasCutBeginsAgain() throws IOException, InterruptedException {
        try (LogKeeper keeper = keeper()) {
            keep(keeper);
            append(4, 'a');
            awaitHole(3L * MIB);
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
            append(2, 'b');
            awaitHole(MIB);
            assertThat(onDisk(file)).isLessThanOrEqualTo(MIB + MIB / 8);
        }
    }

    @Test
    void fileSystemThatCannotIsTold() throws IOException, InterruptedException {
        CountDownLatch tried = new CountDownLatch(1);
        try (LogKeeper keeper =
                new LogKeeper((_, _, _, _) -> {
                    tried.countDown();
                    return -Posix.EOPNOTSUPP;
                })) {
            keep(keeper);
            append(2, 'a');
            assertThat(full.poll(20, TimeUnit.SECONDS)).isEqualTo(false);
            assertThat(tried.getCount()).isZero();
        }
    }

    @Test
    void taskIsStoppedWhereItWantsThat() {
        Launch launch =
                fixture.spawn(
                        new Command.Shell("yes | head -c 3000000; exec sleep 1000"),
                        spec -> spec.logLimit(STOP));
        assertThat(fixture.told.await(Recorder.Told.LogFull.class, launch.id()).byChoice())
                .isTrue();
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
    }

    @Test
    void adoptedTasksLogIsKeptSmallToo() throws IOException, InterruptedException {
        Launch launch =
                fixture.spawn(
                        new Command.Shell(
                                "until test -e go; do sleep 0.01; done; yes | head -c 30000000;"
                                        + " echo end"),
                        spec -> spec.logLimit(DROP));
        long shim = fixture.told.await(Recorder.Told.Started.class, launch.id()).pid();
        fixture.processes.close();
        try (Fixture second = new Fixture(folder)) {
            second.processes.adopt(launch, true);
            second.told.await(Recorder.Told.Adopted.class, launch.id());
            Files.createFile(fixture.workspace.resolve("go"));
            assertThat(second.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Code(0));
            second.processes.release(launch.id(), false);
            awaitSmall(launch.log());
            assertThat(second.told.all()).noneMatch(Recorder.Told.LogFull.class::isInstance);
        }
        assertThat(Files.size(launch.log())).isEqualTo(30_000_004);
        // Whoever has started it is here still, and does not wait for it any more.
        assertThat(new Posix().reapBlocking((int) shim)).isZero();
    }

    private static void awaitSmall(Path log) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (onDisk(log) > MIB + MIB / 8) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void linesHaveATimeOnceTheyAreWritten() {
        long before = System.currentTimeMillis();
        Launch launch = fixture.sh("echo one; exec sleep 1000");
        awaitNoted(launch.log(), 4);
        long between = System.currentTimeMillis();
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
        fixture.processes.release(launch.id(), false);
        // The file system's clock ticks more slowly.
        assertThat(new TimeFile(launch.log()).look().at(0).orElseThrow())
                .isBetween(before - 20, between);
    }

    private static void awaitNoted(Path log, long size) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        TimeFile times = new TimeFile(log);
        while (times.look().end() < size) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void smallLogIsLeftAlone() {
        Launch launch = fixture.sh("yes | head -c 100000");
        fixture.told.awaitEnd(launch.id());
        fixture.processes.release(launch.id(), false);
        fixture.processes.close();
        assertThat(onDisk(launch.log())).isGreaterThanOrEqualTo(100_000);
    }
}
