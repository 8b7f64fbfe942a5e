package dev.simmer.cgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A control group that a process's memory is counted in: that of version 1's memory controller, or
 * that of version 2.
 *
 * @param point where the hierarchy is mounted, absolute
 * @param inside the group's folder seen from there; empty for the mount point itself
 * @param second whether it is of version 2
 */
public record MemoryGroup(Path point, String inside, boolean second) {
    /** The group's folder. */
    public Path folder() {
        return point.resolve(inside);
    }

    /**
     * The groups of a process, in the order in which the kernel names them; those whose hierarchy
     * is not mounted are left out.
     *
     * @param groups the lines of /proc/PID/cgroup, cgroups(7)
     * @param mounts the lines of /proc/PID/mountinfo, proc_pid_mountinfo(5)
     */
    public static List<MemoryGroup> of(List<String> groups, List<String> mounts) {
        List<Mount> known = mounts.stream().flatMap(line -> Mount.parse(line).stream()).toList();
        List<MemoryGroup> found = new ArrayList<>();
        for (String line : groups) {
            String[] parts = line.split(":", 3); // hierarchy:controllers:path
            if (parts.length < 3) {
                continue;
            }
            boolean second = parts[0].equals("0") && parts[1].isEmpty();
            if (second || Arrays.asList(parts[1].split(",", -1)).contains("memory")) {
                known.stream()
                        .filter(mount -> second ? mount.isSecond() : mount.isFirstWithMemory())
                        .findFirst()
                        .ifPresent(mount ->
                                found.add(
                                        new MemoryGroup(
                                                Path.of(mount.point()),
                                                mount.inside(parts[2]),
                                                second)));
            }
        }
        return found;
    }

    /** A line of mountinfo, as far as it is of use. */
    private record Mount(String root, String point, String type, String options) {
        static Optional<Mount> parse(String line) {
            // ID PARENT DEVICE ROOT POINT OPTIONS [FIELDS] - TYPE SOURCE SUPER-OPTIONS
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
            return type.equals("cgroup")
                    && Arrays.asList(options.split(",", -1)).contains("memory");
        }

        /** In a container the mount may show a group from within, or not the path we are told. */
        String inside(String group) {
            String inside =
                    root.equals("/")
                            ? group
                            : (group + "/").startsWith(root + "/")
                                    ? group.substring(root.length())
                                    : "";
            return inside.substring(Math.min(1, inside.length()));
        }

        private static String plain(String escaped) {
            return escaped.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\");
        }
    }
}
