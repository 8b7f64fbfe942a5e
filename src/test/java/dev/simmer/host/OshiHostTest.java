package dev.simmer.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.HostSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OshiHostTest {
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

    @Test
    void smallerOfHostAndGroupCounts() {
        HostSample limited =
                OshiHost.combined(
                        1000, 600, Optional.of(new CgroupMemory.Room(500, 100)), 2, 0.5, 1);
        assertThat(limited).isEqualTo(new HostSample(500, 100, OptionalLong.of(500), 2, 0.5, 1));

        HostSample roomy =
                OshiHost.combined(
                        1000, 600, Optional.of(new CgroupMemory.Room(5000, 4000)), 2, 0.5, 1);
        assertThat(roomy).isEqualTo(new HostSample(1000, 600, OptionalLong.empty(), 2, 0.5, 1));
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
