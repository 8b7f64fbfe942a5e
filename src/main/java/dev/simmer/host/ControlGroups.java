package dev.simmer.host;

import dev.simmer.cgroup.MemoryGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

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
        List<String> mounts = ProcText.lines(root.resolve("proc/self/mountinfo"));
        for (MemoryGroup group : MemoryGroup.of(lines, mounts)) {
            Path top = root.resolve(group.point().toString().substring(1)).normalize();
            Path folder = top.resolve(group.inside()).normalize();
            if (!folder.startsWith(top) || !Files.isDirectory(folder)) {
                folder = top;
            }
            for (Path at = folder; at != null && at.startsWith(top); at = at.getParent()) {
                found.add(new Level(at, group.second()));
            }
        }
        return List.copyOf(found);
    }
}
