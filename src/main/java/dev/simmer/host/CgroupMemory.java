package dev.simmer.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory limits of the control groups that this process is in, of every level; limits and use
 * are read each time, since both change while it runs. Not for use by two threads at once.
 */
final class CgroupMemory {
    /** Version 1 says "no limit" with the largest multiple of a page; anything near is none. */
    private static final long NO_LIMIT = 1L << 60;

    private static final Files SECOND =
            new Files(List.of("memory.max", "memory.high"), "memory.current", "inactive_file ");

    private static final Files FIRST =
            new Files(
                    List.of("memory.limit_in_bytes"),
                    "memory.usage_in_bytes",
                    "total_inactive_file ");

    private final ControlGroups groups;

    /** What a version calls its files. */
    private record Files(List<String> limits, String usage, String cache) {}

    /**
     * What the groups leave.
     *
     * @param limitBytes the tightest limit
     * @param availableBytes the least that a level has left, page cache that the kernel can drop
     *     counted as free, and swap in use as needed; not negative
     * @param swapUsedBytes swap in use by that level
     */
    record Room(long limitBytes, long availableBytes, long swapUsedBytes) {}

    CgroupMemory(ControlGroups groups) {
        this.groups = groups;
    }

    /** What the groups leave now; empty where no limit is in force. */
    Optional<Room> room() {
        long limit = Long.MAX_VALUE;
        long available = Long.MAX_VALUE;
        long swap = 0;
        for (ControlGroups.Level level : groups.levels()) {
            Files files = level.second() ? SECOND : FIRST;
            long ofLevel = Long.MAX_VALUE;
            for (String file : files.limits()) {
                OptionalLong value = ProcText.number(level.folder().resolve(file));
                ofLevel = Math.min(ofLevel, value.orElse(Long.MAX_VALUE));
            }
            OptionalLong usage = ProcText.number(level.folder().resolve(files.usage()));
            if (ofLevel >= NO_LIMIT || usage.isEmpty()) {
                continue;
            }
            long swapped = swapped(level, usage.getAsLong());
            long held = Math.max(0, usage.getAsLong() - cache(level, files)) + swapped;
            long left = Math.max(0, ofLevel - held);
            limit = Math.min(limit, ofLevel);
            if (left < available) {
                available = left;
                swap = swapped;
            }
        }
        return limit == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new Room(limit, available, swap));
    }

    /** Version 1 counts memory and swap together. */
    private static long swapped(ControlGroups.Level level, long usage) {
        Path folder = level.folder();
        return level.second()
                ? ProcText.number(folder.resolve("memory.swap.current")).orElse(0)
                : Math.max(
                        0,
                        ProcText.number(folder.resolve("memory.memsw.usage_in_bytes")).orElse(usage)
                                - usage);
    }

    /** Page cache that the kernel drops when memory is wanted. */
    private static long cache(ControlGroups.Level level, Files files) {
        for (String line : ProcText.lines(level.folder().resolve("memory.stat"))) {
            if (line.startsWith(files.cache())) {
                return ProcText.number(line.substring(files.cache().length())).orElse(0);
            }
        }
        return 0;
    }
}
