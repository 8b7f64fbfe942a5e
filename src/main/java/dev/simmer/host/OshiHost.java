package dev.simmer.host;

import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * The machine as OSHI sees it, and the limits of its control groups. OSHI is loaded by the first
 * sample, on its caller's thread: that takes a quarter of a second.
 */
public final class OshiHost implements Host {
    private @Nullable Source source;

    private static final class Source {
        private final GlobalMemory memory;
        private final CentralProcessor processor;
        private final CgroupMemory cgroup = CgroupMemory.ofThisProcess();
        private long[] ticksBefore;

        private Source() {
            HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
            memory = hardware.getMemory();
            processor = hardware.getProcessor();
            ticksBefore = processor.getSystemCpuLoadTicks();
        }

        private double cpu() {
            long[] ticks = processor.getSystemCpuLoadTicks();
            double cpu = share(ticksBefore, ticks);
            ticksBefore = ticks;
            return cpu;
        }
    }

    @Override
    public HostSample sample() {
        Source from = source;
        if (from == null) {
            from = new Source();
            source = from;
        }
        return combined(
                from.memory.getTotal(),
                from.memory.getAvailable(),
                from.cgroup.room(),
                from.processor.getLogicalProcessorCount(),
                from.cpu(),
                from.processor.getSystemLoadAverage(1)[0]);
    }

    static HostSample combined(
            long total,
            long available,
            Optional<CgroupMemory.Room> room,
            int cpus,
            double cpu,
            double load1) {
        return new HostSample(
                Math.min(total, room.map(CgroupMemory.Room::limitBytes).orElse(total)),
                Math.min(available, room.map(CgroupMemory.Room::availableBytes).orElse(available)),
                room.filter(known -> known.limitBytes() < total)
                        .map(known -> OptionalLong.of(known.limitBytes()))
                        .orElse(OptionalLong.empty()),
                cpus,
                cpu,
                load1);
    }

    /** The share of time between two readings in which processors worked; 0 to 1. */
    static double share(long[] before, long[] now) {
        long all = 0;
        for (int i = 0; i < now.length; i++) {
            all += now[i] - before[i];
        }
        long idle =
                now[TickType.IDLE.getIndex()]
                        - before[TickType.IDLE.getIndex()]
                        + now[TickType.IOWAIT.getIndex()]
                        - before[TickType.IOWAIT.getIndex()];
        return all <= 0 ? 0 : Math.clamp((double) (all - idle) / all, 0, 1);
    }
}
