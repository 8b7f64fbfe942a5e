package dev.simmer.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An attempt's own control group with a hard memory limit (cgroups(7); of version 1 the memory
 * controller, Documentation/admin-guide/cgroup-v1/memory.rst; of version 2 cgroup-v2.rst). The shim
 * stays outside, so that it can write down how the command ended whatever happens inside. Swap does
 * not count as room: what has outgrown its limit is to end and not to thrash.
 */
final class OwnCgroup {
    /** How the names of all such groups begin. */
    private static final String PREFIX = "simmer-";

    private final Path folder;
    private final CgroupPlace.Version version;

    private OwnCgroup(Path folder, CgroupPlace.Version version) {
        this.folder = folder;
        this.version = version;
    }

    /** The name of an attempt's group, by its {@link Marker}. */
    static String name(long marker) {
        return PREFIX + Long.toString(marker, Character.MAX_RADIX);
    }

    /** The group that would lie there; it need not exist. */
    static OwnCgroup at(CgroupPlace.Found place, String name) {
        return new OwnCgroup(place.folder().resolve(name), place.version());
    }

    /**
     * The group whose path a run folder tells.
     *
     * @return empty where that is no path of a group of Simmer's that is there
     */
    static Optional<OwnCgroup> ofPath(String text) {
        String path = text.strip();
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Path folder = Path.of(path).normalize();
        Path name = folder.getFileName();
        if (name == null
                || !name.toString().startsWith(PREFIX)
                || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.exists(folder.resolve("memory.max"))) {
            return Optional.of(new OwnCgroup(folder, CgroupPlace.Version.TWO));
        }
        return Files.exists(folder.resolve("memory.limit_in_bytes"))
                ? Optional.of(new OwnCgroup(folder, CgroupPlace.Version.ONE))
                : Optional.empty();
    }

    Path folder() {
        return folder;
    }

    /**
     * Makes the group, empty as yet.
     *
     * @throws IOException with a reason for people to read; nothing is left then
     */
    void make(long limitBytes) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            // What an engine has left that was killed between making it and using it.
        } catch (IOException e) {
            throw new IOException(
                    "no control group can be made in "
                            + folder.getParent()
                            + ": "
                            + CgroupPlace.reason(e),
                    e);
        }
        try {
            String limit = Long.toString(limitBytes);
            switch (version) {
                case ONE -> {
                    write("memory.limit_in_bytes", limit);
                    writeWhereThere("memory.memsw.limit_in_bytes", limit);
                }
                case TWO -> {
                    write("memory.max", limit);
                    writeWhereThere("memory.swap.max", "0");
                    writeWhereThere("memory.oom.group", "1");
                }
            }
        } catch (IOException e) {
            boolean _ = remove();
            throw new IOException(
                    "no memory limit can be set in " + folder + ": " + CgroupPlace.reason(e), e);
        }
    }

    private void write(String file, String value) throws IOException {
        // Not created where it is missing: a control group's files are all there from the start.
        Files.write(
                folder.resolve(file),
                value.getBytes(StandardCharsets.UTF_8),
                java.nio.file.StandardOpenOption.WRITE);
    }

    private void writeWhereThere(String file, String value) throws IOException {
        if (Files.exists(folder.resolve(file))) {
            write(file, value);
        }
    }

    /** The hard limit; -1 where it cannot be read. */
    long limitBytes() {
        return number(
                switch (version) {
                    case ONE -> "memory.limit_in_bytes";
                    case TWO -> "memory.max";
                });
    }

    /**
     * The most memory that the group has had, less the page cache that it has now; 0 where the
     * kernel does not tell (memory.peak came with Linux 5.19). Page cache that was there at the
     * peak and has been given back since is counted, so that this is an upper bound.
     */
    long peakBytes() {
        return switch (version) {
            case ONE -> less("memory.max_usage_in_bytes", "cache");
            case TWO -> less("memory.peak", "file");
        };
    }

    private long less(String peak, String cache) {
        long files =
                Math.max(0, field("memory.stat", cache))
                        - Math.max(0, field("memory.stat", "shmem"));
        return Math.max(0, number(peak) - Math.max(0, files));
    }

    /** How many of the group's processes the kernel has killed for want of memory. */
    long kills() {
        return Math.max(
                0,
                switch (version) {
                    case ONE -> field("memory.oom_control", "oom_kill");
                    case TWO -> field("memory.events", "oom_kill");
                });
    }

    /** Removes the group; false where processes are in it still. */
    boolean remove() {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private long number(String file) {
        try {
            return Long.parseLong(Files.readString(folder.resolve(file)).strip());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private long field(String file, String name) {
        try {
            return Files.readAllLines(folder.resolve(file)).stream()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
