package dev.simmer.host;

import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.model.Stall;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * The machine as OSHI sees it, and the limits of its control groups. OSHI's native library takes a
 * tenth of a second to load, which begins with the construction, on a thread of its own; the first
 * sample waits for what is left of it.
 */
public final class OshiHost implements Host {
    private final FutureTask<Source> loading = new FutureTask<>(Source::new);

    /** Begins to load OSHI. */
    public OshiHost() {
        Thread.ofPlatform().name("simmer-host").daemon().start(loading);
    }

    private static final class Source {
        private final GlobalMemory memory;
        private final CentralProcessor processor;
        private final ControlGroups groups = new ControlGroups(Path.of("/"), System::nanoTime);
        private final CgroupMemory cgroup = new CgroupMemory(groups);
        private final PressureStalls stalls = new PressureStalls(groups, System::nanoTime);
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
        Source from = loaded();
        Seen seen =
                new Seen(
                        from.memory.getTotal(),
                        from.memory.getAvailable(),
                        from.memory.getVirtualMemory().getSwapUsed());
        return combined(
                seen,
                from.cgroup.room(),
                from.processor.getLogicalProcessorCount(),
                from.cpu(),
                from.processor.getSystemLoadAverage(1)[0],
                from.stalls.memory(),
                from.stalls.io());
    }

    private Source loaded() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return loading.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("OSHI cannot be loaded", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The host's memory in bytes; swap in use is not taken off what is available. */
    record Seen(long total, long available, long swapUsed) {}

    /**
     * The smaller of what the host and the control groups leave. Swap in use is memory that is
     * wanted and has no room: promised once more, it would only be swapped once more.
     */
    static HostSample combined(
            Seen host,
            Optional<CgroupMemory.Room> room,
            int cpus,
            double cpu,
            double load1,
            Stall memory,
            Stall io) {
        long available = Math.max(0, host.available() - host.swapUsed());
        boolean group = room.isPresent() && room.get().availableBytes() < available;
        return new HostSample(
                Math.min(
                        host.total(), room.map(CgroupMemory.Room::limitBytes).orElse(host.total())),
                group ? room.get().availableBytes() : available,
                room.filter(known -> known.limitBytes() < host.total())
                        .map(known -> OptionalLong.of(known.limitBytes()))
                        .orElse(OptionalLong.empty()),
                cpus,
                cpu,
                load1,
                group ? room.get().swapUsedBytes() : host.swapUsed(),
                memory,
                io);
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
