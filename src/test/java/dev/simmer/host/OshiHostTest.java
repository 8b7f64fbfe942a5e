package dev.simmer.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.HostSample;
import dev.simmer.model.Stall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OshiHostTest {
    private static final Stall MEMORY = new Stall(0.1, 0.2);
    private static final Stall IO = new Stall(0.3, 0.4);

    @Test
    void sampleAgreesWithTheKernel() throws IOException {
        OshiHost host = new OshiHost();
        HostSample sample = host.sample();
        long memTotal =
                Files.readAllLines(Path.of("/proc/meminfo")).stream()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow();

        assertThat(sample.totalBytes()).isPositive().isLessThanOrEqualTo(memTotal * 1024);
        assertThat(sample.availableBytes()).isPositive().isLessThan(sample.totalBytes());
        assertThat(sample.cpus()).isPositive();
        assertThat(sample.load1()).isNotNegative();
        assertThat(host.sample().cpu()).isBetween(0.0, 1.0);
    }

    private static HostSample combined(long swapUsed, CgroupMemory.Room room) {
        return OshiHost.combined(
                new OshiHost.Seen(1000, 600, swapUsed), Optional.of(room), 2, 0.5, 1, MEMORY, IO);
    }

    private static HostSample sample(
            long total, long available, OptionalLong limit, long swapUsed) {
        return new HostSample(total, available, limit, 2, 0.5, 1, swapUsed, MEMORY, IO);
    }

    @Test
    void smallerOfHostAndGroupCounts() {
        assertThat(combined(0, new CgroupMemory.Room(500, 100, 7)))
                .isEqualTo(sample(500, 100, OptionalLong.of(500), 7));
        assertThat(combined(0, new CgroupMemory.Room(5000, 4000, 7)))
                .isEqualTo(sample(1000, 600, OptionalLong.empty(), 0));
    }

    @Test
    void swapOfTheHostIsTakenOff() {
        assertThat(combined(150, new CgroupMemory.Room(5000, 4000, 7)))
                .isEqualTo(sample(1000, 450, OptionalLong.empty(), 150));
        assertThat(combined(900, new CgroupMemory.Room(500, 100, 7)))
                .isEqualTo(sample(500, 0, OptionalLong.of(500), 900));
    }

    @Test
    void shareOfProcessorsLeavesIdleAndWaitingOut() {
        // USER NICE SYSTEM IDLE IOWAIT IRQ SOFTIRQ STEAL
        long[] before = {10, 0, 10, 100, 0, 0, 0, 0};
        long[] now = {30, 0, 20, 150, 20, 0, 0, 0};
        assertThat(OshiHost.share(before, now)).isEqualTo(0.3);
        assertThat(OshiHost.share(now, now)).isZero();
    }
}
