package dev.simmer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A memory control group with a limit, version 1 or 2, in which a contestant runs. Needs the right
 * to make one, which as a rule root has.
 */
public final class MemoryGroup implements AutoCloseable {
    private static final Path FIRST = Path.of("/sys/fs/cgroup/memory");
    private static final Path SECOND = Path.of("/sys/fs/cgroup");

    private final Path folder;
    private final boolean second;

    private MemoryGroup(Path folder, boolean second) {
        this.folder = folder;
        this.second = second;
    }

    /**
     * Makes one.
     *
     * @throws IOException where this user or system cannot
     */
    public static MemoryGroup limited(long bytes) throws IOException {
        boolean second = Files.exists(SECOND.resolve("cgroup.controllers"));
        Path folder =
                Files.createDirectory(
                        (second ? SECOND : FIRST)
                                .resolve("simmer-bench-" + ProcessHandle.current().pid()));
        MemoryGroup group = new MemoryGroup(folder, second);
        try {
            write(
                    folder.resolve(second ? "memory.max" : "memory.limit_in_bytes"),
                    Long.toString(bytes));
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    /** A command line that enters the group and becomes another one. */
    public List<String> inside(String script) {
        return List.of(
                "/bin/sh", "-c", "echo $$ > '" + folder.resolve("cgroup.procs") + "'; " + script);
    }

    /** How many processes the kernel has killed in it for want of memory. */
    public long kills() throws IOException {
        Path file = folder.resolve(second ? "memory.events" : "memory.oom_control");
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("oom_kill ")) {
                return Long.parseLong(line.substring("oom_kill ".length()));
            }
        }
        throw new IOException(file + " does not count kills");
    }

    /** What it uses, page cache counted in. */
    long usedBytes() throws IOException {
        String file = second ? "memory.current" : "memory.usage_in_bytes";
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    /** Ends what is left in it, and removes it. */
    @Override
    public void close() throws IOException {
        for (int i = 0; i < 500; i++) {
            List<String> left = Files.readAllLines(folder.resolve("cgroup.procs"));
            for (String pid : left) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
            if (left.isEmpty()) {
                break;
            }
        }
        Files.delete(folder);
    }
}
