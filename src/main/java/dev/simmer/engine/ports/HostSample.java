package dev.simmer.engine.ports;

import dev.simmer.model.Stall;
import java.util.OptionalLong;

/**
 * The host at one moment. Sizes are bytes.
 *
 * @param totalBytes the smaller of the host's memory and the tightest cgroup limit
 * @param availableBytes the smaller of what the host and what the cgroup has left
 * @param cgroupLimitBytes the tightest cgroup limit in force; empty where there is none
 * @param cpus processors
 * @param cpu share of all processors in use since the sample before, 0 to 1
 * @param load1 load average of the last minute; negative where there is none
 * @param swapUsedBytes swap in use, by the host or the cgroup, whichever sets the limit; already
 *     taken off what is available
 * @param memoryStall what waits for memory: the worst of the host's and the cgroups'
 * @param ioStall what waits for input and output, likewise
 */
public record HostSample(
        long totalBytes,
        long availableBytes,
        OptionalLong cgroupLimitBytes,
        int cpus,
        double cpu,
        double load1,
        long swapUsedBytes,
        Stall memoryStall,
        Stall ioStall) {
    /** A host without swap on which nothing stalls. */
    public HostSample(
            long totalBytes,
            long availableBytes,
            OptionalLong cgroupLimitBytes,
            int cpus,
            double cpu,
            double load1) {
        this(
                totalBytes,
                availableBytes,
                cgroupLimitBytes,
                cpus,
                cpu,
                load1,
                0,
                Stall.NONE,
                Stall.NONE);
    }
}
