package dev.simmer.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Stall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureStallsTest {
    @TempDir Path root = Path.of("/");
    private long nanos;
    private PressureStalls stalls = stalls();

    @BeforeEach
    void begin() {
        stalls = stalls();
    }

    private PressureStalls stalls() {
        return new PressureStalls(new ControlGroups(root, () -> nanos), () -> nanos);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void pressure(String file, String avg10, long totalMicros) throws IOException {
        write(
                file,
                "some avg10="
                        + avg10
                        + " avg60=9.00 avg300=9.00 total="
                        + totalMicros
                        + "\nfull avg10=99.00 avg60=99.00 avg300=99.00 total=99999999\n");
    }

    private void host(String avg10, long totalMicros) throws IOException {
        pressure("proc/pressure/memory", avg10, totalMicros);
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void kernelWithoutPressureInformationHasNone() throws IOException {
        assertThat(stalls.memory()).isEqualTo(Stall.NONE);
        assertThat(stalls.io()).isEqualTo(Stall.NONE);
        write("proc/pressure/memory", "");
        assertThat(stalls.memory()).isEqualTo(Stall.NONE);
        write("proc/pressure/memory", "some avg10=x total=y\n");
        assertThat(stalls.memory()).isEqualTo(Stall.NONE);
    }

    @Test
    void recentIsTheGrowthSinceTheLookBefore() throws IOException {
        host("12.50", 1_000_000);
        assertThat(stalls.memory()).isEqualTo(new Stall(0.125, 0.125));
        pass(2_000);
        host("20.00", 1_500_000);
        assertThat(stalls.memory()).isEqualTo(new Stall(0.2, 0.25));
        pass(1_000);
        host("18.00", 1_500_000);
        assertThat(stalls.memory()).isEqualTo(new Stall(0.18, 0));
    }

    @Test
    void looksInQuickSuccessionAreComparedWithOneASecondAgo() throws IOException {
        host("0.00", 0);
        stalls.memory();
        for (int i = 1; i <= 4; i++) {
            pass(200);
            host("0.00", i * 100_000L);
            assertThat(stalls.memory().recent()).isZero();
        }
        pass(200);
        host("0.00", 500_000);
        assertThat(stalls.memory().recent()).isEqualTo(0.5);
        // From then on the window slides: the five looks before grew by 100 ms each.
        for (int i = 0; i < 10; i++) {
            pass(200);
            host("0.00", 500_000);
            assertThat(stalls.memory().recent())
                    .isCloseTo(
                            Math.max(0, 0.4 - i * 0.1), org.assertj.core.data.Offset.offset(1e-9));
        }
    }

    @Test
    void shareNeverLeavesItsRange() throws IOException {
        host("100.40", 0);
        assertThat(stalls.memory()).isEqualTo(new Stall(1, 1));
        pass(1_000);
        host("0.00", 5_000_000);
        assertThat(stalls.memory().recent()).isEqualTo(1);
        pass(1_000);
        host("0.00", 0);
        assertThat(stalls.memory().recent()).isZero();
    }

    @Test
    void worstOfHostAndGroupsCounts() throws IOException {
        write("proc/self/cgroup", "0::/user/app\n");
        write("proc/self/mountinfo", "41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        host("1.00", 0);
        pressure("sys/fs/cgroup/user/app/memory.pressure", "2.00", 0);
        pressure("sys/fs/cgroup/user/memory.pressure", "30.00", 0);
        pressure("sys/fs/cgroup/user/app/io.pressure", "4.00", 0);
        assertThat(stalls.memory().avg10()).isEqualTo(0.3);
        assertThat(stalls.io().avg10()).isEqualTo(0.04);
        pass(1_000);
        pressure("sys/fs/cgroup/user/app/memory.pressure", "2.00", 700_000);
        assertThat(stalls.memory()).isEqualTo(new Stall(0.3, 0.7));
        assertThat(stalls.io()).isEqualTo(new Stall(0.04, 0));
    }

    @Test
    void groupsOfVersionOneHaveNone() throws IOException {
        write("proc/self/cgroup", "4:memory:/a\n");
        write(
                "proc/self/mountinfo",
                "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
        pressure("sys/fs/cgroup/memory/a/memory.pressure", "50.00", 0);
        assertThat(stalls.memory()).isEqualTo(Stall.NONE);
    }
}
