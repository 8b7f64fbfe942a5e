package dev.simmer.process;

import dev.simmer.engine.ports.UsageSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one attempt's processes use, from look to look. Not for use by two threads at once.
 *
 * <p>The peak since the look before is what is resident now, and on top of it what each process has
 * fallen by from a high-water mark (VmHWM, proc_pid_status(5)) that has risen since; a process that
 * was not there before counts with its whole mark. The kernel tells of how much and not of when, so
 * the peak is an upper bound where several processes had theirs at different moments of the same
 * interval, and it misses what processes used that began and ended between two looks, or grew after
 * a look and ended before the next. Counters of the kernel are off by up to some hundred kilobytes
 * a process (percpu_counter). A mark cannot rise without a page fault, so that it is read only
 * where faults were counted: a process that sleeps costs nothing more.
 *
 * <p>A page that several processes map is counted for each of them, less what {@link SharedPages}
 * has found.
 */
final class TreeUse {
    private static final long TICK_NANOS = 1_000_000_000L / 100; // USER_HZ, proc(5)

    private final Map<Long, Part> parts = new HashMap<>();
    private long look;
    private int living;
    private long residentBytes;
    private long fallenBytes;

    /** Ticks of processes that lived at the look before and are gone. */
    private long goneTicks;

    private long sampledNanos;
    private boolean sampled;

    /** Of how many processes it is known what they shared when that was looked at. */
    private int sharers;

    /** One process. */
    private static final class Part {
        private final int pid;
        private final long startCode;
        private final long startStack;
        private long look;
        private long ownTicks;
        private long ticks;
        private long ownSince;
        private long since;
        private long faults = -1;
        private long rssBytes;
        private long highWaterBytes;
        private boolean sharer;
        private long othersBytes;
        private long commonBytes;

        private Part(int pid, Procfs procfs) {
            this.pid = pid;
            this.startCode = procfs.startCode;
            this.startStack = procfs.startStack;
        }
    }

    /** Begins a look. */
    void begin() {
        look++;
        living = 0;
        residentBytes = 0;
        fallenBytes = 0;
    }

    /** Counts the process that {@link Procfs#stat} has found. */
    void add(int pid, long pageBytes, Procfs procfs) {
        // A start time in ticks and a process id of 22 bits at most tell a process from all others.
        long key = procfs.startTicks << 22 | pid;
        Part part = parts.get(key);
        boolean fresh = part == null;
        if (part == null) {
            part = new Part(pid, procfs);
            parts.put(key, part);
        }
        part.look = look;
        part.ownSince = procfs.ownTicks - part.ownTicks;
        part.since = procfs.ticks - part.ticks;
        part.ownTicks = procfs.ownTicks;
        part.ticks = procfs.ticks;
        long rssBytes = procfs.rssPages * pageBytes;
        boolean moved = procfs.faults != part.faults || rssBytes != part.rssBytes;
        part.faults = procfs.faults;
        part.rssBytes = rssBytes;
        living++;
        int ppid = procfs.ppid;
        if (moved && procfs.status(pid)) {
            long before = part.highWaterBytes;
            part.highWaterBytes = procfs.highWaterBytes;
            if (fresh && hasMemoryOf(ppid, part)) {
                part.rssBytes = 0;
                return;
            }
            // A lower mark is that of another program, which the process has become since.
            if (fresh || part.highWaterBytes != before) {
                fallenBytes += Math.max(0, part.highWaterBytes - rssBytes);
            }
        }
        residentBytes += rssBytes;
    }

    /** Whether a new process has its parent's memory still, between a vfork and its exec. */
    private boolean hasMemoryOf(int ppid, Part child) {
        if (child.startStack <= 1) {
            return false;
        }
        for (Part part : parts.values()) {
            if (part.pid == ppid) {
                return part.startStack == child.startStack
                        && part.startCode == child.startCode
                        && part.highWaterBytes == child.highWaterBytes;
            }
        }
        return false;
    }

    /** Whether the look has found a process. */
    boolean any() {
        return living > 0;
    }

    /** Knows no process any more. */
    void forget() {
        parts.clear();
        sharers = 0;
    }

    /** How many processes the look has found. */
    int living() {
        return living;
    }

    /** What is resident, shared pages counted for each process. */
    long residentBytes() {
        return residentBytes;
    }

    /** The processes that have the most resident, largest first. */
    int[] largest(int count) {
        List<Part> largest = new ArrayList<>();
        for (Part part : parts.values()) {
            if (part.look == look) {
                largest.add(part);
            }
        }
        largest.sort((one, other) -> Long.compare(other.rssBytes, one.rssBytes));
        return largest.stream().limit(count).mapToInt(part -> part.pid).toArray();
    }

    /** Knows nothing any more of what processes share; {@link #share} follows for each. */
    void shareNothing() {
        sharers = 0;
        for (Part part : parts.values()) {
            part.sharer = false;
        }
    }

    /** Is told what a process shares, as {@link Procfs#shares} has found it. */
    void share(int pid, Procfs procfs) {
        for (Part part : parts.values()) {
            if (part.pid == pid && part.look == look) {
                part.sharer = true;
                part.othersBytes = procfs.residentBytes - procfs.proportionalBytes;
                part.commonBytes = procfs.commonBytes;
                sharers++;
            }
        }
    }

    /**
     * How much of what is resident is counted more than once. Each of n processes that share U
     * bytes was found to have U (n - 1) / n that are others' share; when m of them are left, U (m -
     * 1) is counted too much. What they share with processes that are not of this tree is not to be
     * taken off: all that they have in common with anybody is at least what the one has that has
     * the most of it.
     */
    private long countedTwiceBytes() {
        long others = 0;
        long common = 0;
        long mostCommon = 0;
        int left = 0;
        for (Part part : parts.values()) {
            if (part.look == look && part.sharer) {
                long its = Math.min(part.commonBytes, part.rssBytes);
                others += Math.min(part.othersBytes, part.rssBytes);
                common += its;
                mostCommon = Math.max(mostCommon, its);
                left++;
            }
        }
        if (left < 2) {
            return 0;
        }
        double scale = (double) sharers * (left - 1) / ((double) left * (sharers - 1));
        return Math.min(Math.round(others * scale), common - mostCommon);
    }

    /** Ends a look. */
    UsageSample sample(long mainPid, long nanos) {
        long own = 0;
        long all = 0;
        goneTicks = 0;
        parts.values().removeIf(this::isGone);
        for (Part part : parts.values()) {
            own += part.ownSince;
            all += part.since;
        }
        all -= goneTicks;
        long elapsed = nanos - sampledNanos;
        double cpu =
                sampled && elapsed > 0 ? (double) Math.max(own, all) * TICK_NANOS / elapsed : 0;
        sampledNanos = nanos;
        sampled = true;
        long rss = Math.max(0, residentBytes - countedTwiceBytes());
        return new UsageSample(mainPid, living, cpu, rss, rss + fallenBytes);
    }

    private boolean isGone(Part part) {
        if (part.look == look) {
            return false;
        }
        goneTicks += part.ticks;
        return true;
    }
}
