package dev.simmer.process;

import java.util.function.LongSupplier;

/**
 * Which deaths were the kernel's doing, for want of memory. The kernel says how many processes it
 * has killed (oom_kill in /proc/vmstat, from Linux 4.13) and not which; it counts before it kills.
 * So each rise of the counter is claimed by one death that looks like it and came soon after. Safe
 * for all threads.
 *
 * <p>The counter is that of the whole machine, a container's neighbours included: where the kernel
 * kills a stranger, and within ten seconds another hand kills a task, that is taken for the
 * kernel's.
 */
final class OomKills {
    /** How long after it was first seen a rise can be claimed. */
    private static final long CLAIM_NANOS = 10_000_000_000L;

    /** An attempt's beginning needs no newer reading than this. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private static final byte[] VMSTAT = PathBytes.of("/proc/vmstat");

    private final LongSupplier nanoTime;
    private final byte[] file;
    private long count = -1;
    private long unclaimed;
    private long readNanos;
    private long rosenNanos;

    OomKills() {
        this(System::nanoTime, VMSTAT);
    }

    OomKills(LongSupplier nanoTime, byte[] file) {
        this.nanoTime = nanoTime;
        this.file = file;
    }

    /** How many there have been as an attempt begins; to be handed to {@link #claim}. */
    synchronized long begin(Procfs procfs) {
        if (count < 0 || nanoTime.getAsLong() - readNanos > FRESH_NANOS) {
            read(procfs);
        }
        return count;
    }

    /** Whether a death that has just been seen was one; at most one death is told so for each. */
    synchronized boolean claim(long atBeginning, Procfs procfs) {
        read(procfs);
        if (unclaimed <= 0 || count <= atBeginning) {
            return false;
        }
        unclaimed--;
        return true;
    }

    private void read(Procfs procfs) {
        long now = nanoTime.getAsLong();
        long read = procfs.number(file, "oom_kill ");
        if (now - rosenNanos > CLAIM_NANOS) {
            unclaimed = 0;
        }
        if (count >= 0 && read > count) {
            unclaimed += read - count;
            rosenNanos = now;
        }
        count = Math.max(count, read);
        readNanos = now;
    }
}
