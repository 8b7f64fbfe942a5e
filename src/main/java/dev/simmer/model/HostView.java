package dev.simmer.model;

import java.util.OptionalLong;

/**
 * The host as faces show it. All sizes are bytes.
 *
 * @param known whether the host has been looked at; else every figure is 0
 * @param totalBytes the smaller of the host's memory and the cgroup limit
 * @param availableBytes what could be used now: the smaller of the host's and the cgroup's
 * @param heldBytes promised to running tasks and not yet used by them
 * @param reserveBytes never promised
 * @param cgroupLimitBytes the tightest cgroup limit in force
 * @param cpus processors
 * @param cpu share of all processors in use, 0 to 1
 * @param load1 the load average of the last minute; negative where there is none
 * @param swapUsedBytes swap in use; it is taken off what is available
 * @param memoryStall what waits for memory
 * @param ioStall what waits for input and output
 * @param pressure why heavy work is held back or paused on the whole host, in words with figures;
 *     empty where it is not
 */
public record HostView(
        boolean known,
        long totalBytes,
        long availableBytes,
        long heldBytes,
        long reserveBytes,
        OptionalLong cgroupLimitBytes,
        int cpus,
        double cpu,
        double load1,
        long swapUsedBytes,
        Stall memoryStall,
        Stall ioStall,
        String pressure) {

    /** A host that has not been looked at yet. */
    public static final HostView UNKNOWN =
            new HostView(
                    false,
                    0,
                    0,
                    0,
                    0,
                    OptionalLong.empty(),
                    1,
                    0,
                    -1,
                    0,
                    Stall.NONE,
                    Stall.NONE,
                    "");

    /** A host without swap on which nothing stalls. */
    public HostView(
            boolean known,
            long totalBytes,
            long availableBytes,
            long heldBytes,
            long reserveBytes,
            OptionalLong cgroupLimitBytes,
            int cpus,
            double cpu,
            double load1) {
        this(
                known,
                totalBytes,
                availableBytes,
                heldBytes,
                reserveBytes,
                cgroupLimitBytes,
                cpus,
                cpu,
                load1,
                0,
                Stall.NONE,
                Stall.NONE,
                "");
    }

    /** Memory in use, by whomever. */
    public long usedBytes() {
        return Math.max(0, totalBytes - availableBytes);
    }

    /** What could be promised to a task that starts now; negative when too much is promised. */
    public long promisableBytes() {
        return availableBytes - heldBytes - reserveBytes;
    }
}
