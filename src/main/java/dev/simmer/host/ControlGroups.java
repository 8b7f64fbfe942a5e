package dev.simmer.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The control groups that this process is in, versions 1 and 2 (cgroups(7)), as far as they are
 * about memory: its own and every level above that can be seen. A process may be moved to other
 * groups while it runs, so they are looked up anew every {@value #MILLIS} ms at most; that is one
 * small file as long as they are the same. Not for use by two threads at once.
 */
final class ControlGroups {
    private static final long MILLIS = 2_000;

    private final Path root;
    private final LongSupplier nanos;
    private List<String> groups = List.of();
    private List<Level> levels = List.of();
    private long lookedAt;
    private boolean looked;

    /**
     * A group.
     *
     * @param folder where its files are
     * @param second whether it is of version 2
     */
    record Level(Path folder, boolean second) {}

    /**
     * @param root what holds proc/self and is in front of the mount points
     * @param nanos a monotonic clock
     */
    ControlGroups(Path root, LongSupplier nanos) {
        this.root = root;
        this.nanos = nanos;
    }

    /** What holds proc. */
    Path root() {
        return root;
    }

    /** The groups, each before the one that it is in. */
    List<Level> levels() {
        long now = nanos.getAsLong();
        if (!looked || now - lookedAt >= TimeUnit.MILLISECONDS.toNanos(MILLIS)) {
            looked = true;
            lookedAt = now;
            List<String> found = ProcText.lines(root.resolve("proc/self/cgroup"));
            if (!found.equals(groups)) {
                groups = found;
                levels = find(found);
            }
        }
        return levels;
    }

    private List<Level> find(List<String> lines) {
        List<Level> found = new ArrayList<>();
        List<Mount> mounts =
                ProcText.lines(root.resolve("proc/self/mountinfo")).stream()
                        .flatMap(line -> Mount.parse(line).stream())
                        .toList();
        for (String group : lines) {
            String[] parts = group.split(":", 3); // hierarchy:controllers:path
            if (parts.length < 3) {
                continue;
            }
            boolean second = parts[0].equals("0") && parts[1].isEmpty();
            boolean memory = Arrays.asList(parts[1].split(",")).contains("memory");
            if (second) {
                find(mounts, Mount::isSecond).ifPresent(mount -> add(found, mount, parts[2], true));
            } else if (memory) {
                find(mounts, Mount::isFirstWithMemory)
                        .ifPresent(mount -> add(found, mount, parts[2], false));
            }
        }
        return List.copyOf(found);
    }

    private static Optional<Mount> find(List<Mount> mounts, Predicate<Mount> wanted) {
        return mounts.stream().filter(wanted).findFirst();
    }

    private void add(List<Level> found, Mount mount, String group, boolean second) {
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
            found.add(new Level(at, second));
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
}
