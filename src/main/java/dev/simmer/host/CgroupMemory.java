package dev.simmer.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The memory limits of the control groups that this process is in, versions 1 and 2 (cgroups(7)):
 * its own and those of every level above that can be seen. Which groups those are is looked up
 * once; their figures are read each time. Not for use by two threads at once.
 */
final class CgroupMemory {
    /** Version 1 says "no limit" with the largest multiple of a page; anything near is none. */
    private static final long NO_LIMIT = 1L << 60;

    private final List<Level> levels;

    /**
     * What the groups leave.
     *
     * @param limitBytes the tightest limit
     * @param availableBytes the least that a level has left, page cache that the kernel can drop
     *     counted as free; not negative
     */
    record Room(long limitBytes, long availableBytes) {}

    private record Level(Path folder, List<String> limits, String usage, String cache) {}

    /** Looks the groups up. */
    static CgroupMemory ofThisProcess() {
        return new CgroupMemory(Path.of("/"));
    }

    /**
     * Looks the groups up in a file system.
     *
     * @param root what holds proc/self and is in front of the mount points
     */
    CgroupMemory(Path root) {
        List<Level> found = new ArrayList<>();
        List<String> groups = lines(root.resolve("proc/self/cgroup"));
        List<Mount> mounts =
                lines(root.resolve("proc/self/mountinfo")).stream()
                        .flatMap(line -> Mount.parse(line).stream())
                        .toList();
        for (String group : groups) {
            String[] parts = group.split(":", 3); // hierarchy:controllers:path
            if (parts.length < 3) {
                continue;
            }
            boolean second = parts[0].equals("0") && parts[1].isEmpty();
            boolean memory = Arrays.asList(parts[1].split(",")).contains("memory");
            if (second) {
                find(mounts, Mount::isSecond)
                        .ifPresent(mount -> add(found, root, mount, parts[2], true));
            } else if (memory) {
                find(mounts, Mount::isFirstWithMemory)
                        .ifPresent(mount -> add(found, root, mount, parts[2], false));
            }
        }
        levels = List.copyOf(found);
    }

    private static Optional<Mount> find(List<Mount> mounts, Predicate<Mount> wanted) {
        return mounts.stream().filter(wanted).findFirst();
    }

    private static void add(
            List<Level> levels, Path root, Mount mount, String group, boolean second) {
        Path top = root.resolve(mount.point().substring(1)).normalize();
        // In a container the mount may show a group from within, or not the path that we are told.
        String inside;
        if (mount.root().equals("/")) {
            inside = group;
        } else if ((group + "/").startsWith(mount.root() + "/")) {
            inside = group.substring(mount.root().length());
        } else {
            inside = "/";
        }
        Path folder = top.resolve(inside.substring(Math.min(1, inside.length()))).normalize();
        if (!folder.startsWith(top) || !Files.isDirectory(folder)) {
            folder = top;
        }
        for (Path at = folder; at != null && at.startsWith(top); at = at.getParent()) {
            levels.add(
                    second
                            ? new Level(
                                    at,
                                    List.of("memory.max", "memory.high"),
                                    "memory.current",
                                    "inactive_file ")
                            : new Level(
                                    at,
                                    List.of("memory.limit_in_bytes"),
                                    "memory.usage_in_bytes",
                                    "total_inactive_file "));
        }
    }

    /** A line of mountinfo (proc_pid_mountinfo(5)), as far as it is of use. */
    private record Mount(String root, String point, String type, String options) {
        static Optional<Mount> parse(String line) {
            String[] halves = line.split(" - ", 2);
            if (halves.length < 2) {
                return Optional.empty();
            }
            String[] front = halves[0].split(" ", -1);
            String[] back = halves[1].split(" ", -1);
            if (front.length < 5 || back.length < 3) {
                return Optional.empty();
            }
            return Optional.of(new Mount(plain(front[3]), plain(front[4]), back[0], back[2]));
        }

        boolean isSecond() {
            return type.equals("cgroup2");
        }

        boolean isFirstWithMemory() {
            return type.equals("cgroup") && Arrays.asList(options.split(",")).contains("memory");
        }

        private static String plain(String escaped) {
            return escaped.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\");
        }
    }

    /** What the groups leave now; empty where no limit is in force. */
    Optional<Room> room() {
        long limit = Long.MAX_VALUE;
        long available = Long.MAX_VALUE;
        for (Level level : levels) {
            long ofLevel = Long.MAX_VALUE;
            for (String file : level.limits()) {
                OptionalLong value = number(level.folder().resolve(file));
                ofLevel = Math.min(ofLevel, value.orElse(Long.MAX_VALUE));
            }
            OptionalLong usage = number(level.folder().resolve(level.usage()));
            if (ofLevel >= NO_LIMIT || usage.isEmpty()) {
                continue;
            }
            long held = Math.max(0, usage.getAsLong() - reclaimable(level));
            limit = Math.min(limit, ofLevel);
            available = Math.min(available, Math.max(0, ofLevel - held));
        }
        return limit == Long.MAX_VALUE ? Optional.empty() : Optional.of(new Room(limit, available));
    }

    private static long reclaimable(Level level) {
        for (String line : lines(level.folder().resolve("memory.stat"))) {
            if (line.startsWith(level.cache())) {
                return parse(line.substring(level.cache().length())).orElse(0);
            }
        }
        return 0;
    }

    private static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? OptionalLong.empty() : parse(lines.getFirst());
    }

    private static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            // "max": no limit.
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            // A controller that is not on, or a system without control groups.
            return List.of();
        }
    }
}
