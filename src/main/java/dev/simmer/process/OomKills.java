package dev.simmer.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which deaths were the kernel's doing, for want of memory. The kernel says how many processes it
 * has killed and not which; it counts before it kills. So each rise of the counter is claimed by
 * one death that looks like it and came soon after. Safe for all threads.
 *
 * <p>Processes that the kernel kills are counted by the control group that they are in (oom_kill in
 * memory.oom_control of version 1, in memory.events.local of version 2), whatever limit it was that
 * was reached, and for the whole machine (oom_kill in /proc/vmstat, from Linux 4.13). The second
 * counts strangers too: where the kernel kills one, and within ten seconds another hand kills a
 * task, that looks like the kernel's doing.
 */
final class OomKills {
    /** How long after it was first seen a rise can be claimed. */
    private static final long CLAIM_NANOS = 10_000_000_000L;

    /** An attempt's beginning needs no newer reading than this. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private static final String LABEL = "oom_kill ";
    private static final List<String> FILES_OF_GROUP =
            List.of("memory.events.local", "memory.oom_control");
    private static final byte[] VMSTAT = PathBytes.of("/proc/vmstat");

    private final LongSupplier nanoTime;
    private final byte[] file;
    private final boolean ofGroup;
    private long count = -1;
    private long unclaimed;
    private long readNanos;
    private long rosenNanos;

    /**
     * @param file what has a line that begins with oom_kill
     * @param ofGroup whether only processes of a control group are counted
     */
    OomKills(LongSupplier nanoTime, byte[] file, boolean ofGroup) {
        this.nanoTime = nanoTime;
        this.file = file;
        this.ofGroup = ofGroup;
    }

    /** Those of the whole machine. */
    static OomKills ofMachine() {
        return new OomKills(System::nanoTime, VMSTAT, false);
    }

    /**
     * Those of a control group.
     *
     * @param folder the group's
     * @return empty where nothing is counted for it, as for the topmost one of version 2
     */
    static Optional<OomKills> ofGroup(Path folder) {
        for (String name : FILES_OF_GROUP) {
            Path file = folder.resolve(name);
            try {
                if (Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(LABEL))) {
                    return Optional.of(new OomKills(System::nanoTime, PathBytes.of(file), true));
                }
            } catch (IOException e) {
                // Of the other version, or not there.
            }
        }
        return Optional.empty();
    }

    /** Whether strangers are not counted. */
    boolean ofGroup() {
        return ofGroup;
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
        long read = procfs.number(file, LABEL);
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
