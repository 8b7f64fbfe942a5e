package dev.simmer.process;

import dev.simmer.cgroup.MemoryGroup;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a process may make memory control groups: in its own group's folder, so that whatever
 * limits the process limits them too.
 */
sealed interface CgroupPlace {
    /** A folder to make groups in. */
    record Found(Path folder, Version version) implements CgroupPlace {}

    /** None that is this user's to write, but a service manager that makes them when asked. */
    record Scopes(UserManager manager) implements CgroupPlace {}

    /**
     * There is none.
     *
     * @param why words for people
     */
    record Missing(String why) implements CgroupPlace {}

    /** Of the control groups' interface. */
    enum Version {
        ONE,
        TWO
    }

    /**
     * Looks for this process's, and for a service manager where that has none. Reads and writes
     * files; of version 2 it may hand on a controller. May take some seconds.
     */
    static CgroupPlace ofThisProcess() {
        CgroupPlace own = ownGroup();
        Optional<UserManager> manager =
                own instanceof Missing
                                || (own instanceof Found(Path folder, _) && !writable(folder))
                        ? UserManager.running()
                        : Optional.empty();
        if (manager.isEmpty()) {
            return own;
        }
        Optional<String> failure = manager.get().failure();
        if (failure.isEmpty()) {
            return new Scopes(manager.get());
        }
        return own instanceof Missing(String why) ? new Missing(why + "; " + failure.get()) : own;
    }

    private static boolean writable(Path folder) {
        return Files.isWritable(folder) && Files.isWritable(folder.resolve("cgroup.procs"));
    }

    /** Where this process's own group lies that its memory is counted in, if that can be seen. */
    static Optional<Path> ownFolder() {
        try {
            List<String> groups = Files.readAllLines(Path.of("/proc/self/cgroup"));
            List<String> mounts = Files.readAllLines(Path.of("/proc/self/mountinfo"));
            return folder(groups, mounts, Version.ONE)
                    .or(() -> folder(groups, mounts, Version.TWO));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static CgroupPlace ownGroup() {
        try {
            return find(
                    Files.readAllLines(Path.of("/proc/self/cgroup")),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            return new Missing("this system has no control groups: " + reason(e));
        }
    }

    /**
     * Looks for the place by what the kernel says.
     *
     * @param groups the lines of /proc/PID/cgroup, cgroups(7)
     * @param mounts the lines of /proc/PID/mountinfo, proc_pid_mountinfo(5)
     */
    static CgroupPlace find(List<String> groups, List<String> mounts) {
        Optional<Path> one = folder(groups, mounts, Version.ONE);
        if (one.isPresent()) {
            return Files.isDirectory(one.get())
                    ? new Found(one.get(), Version.ONE)
                    : new Missing("Simmer's control group " + one.get() + " cannot be seen");
        }
        return folder(groups, mounts, Version.TWO)
                .map(CgroupPlace::ofTwo)
                .orElseGet(() -> new Missing("no control groups for memory are mounted"));
    }

    /** A process's group by what the kernel says, where it has one of that version. */
    private static Optional<Path> folder(
            List<String> groups, List<String> mounts, Version version) {
        return MemoryGroup.of(groups, mounts).stream()
                .filter(group -> group.second() == (version == Version.TWO))
                .map(MemoryGroup::folder)
                .findFirst();
    }

    /**
     * A group of version 2 that has processes hands no controller on to groups in it (the "no
     * internal processes" rule), unless it is the topmost one. Then the folder above does, where it
     * is this user's too and hands the controller on.
     */
    private static CgroupPlace ofTwo(Path own) {
        List<String> whys = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(own));
        Path above = own.getParent();
        if (above != null && Files.exists(above.resolve("cgroup.subtree_control"))) {
            folders.add(above);
        }
        for (Path folder : folders) {
            try {
                if (handsOn(folder)) {
                    if (writable(folder)) {
                        return new Found(folder, Version.TWO);
                    }
                    whys.add(folder + " is not this user's to write");
                } else if (folder.equals(own)) {
                    Files.writeString(
                            folder.resolve("cgroup.subtree_control"),
                            "+memory",
                            StandardOpenOption.WRITE);
                    return new Found(folder, Version.TWO);
                } else {
                    whys.add(folder + " does not hand on the memory controller");
                }
            } catch (IOException e) {
                whys.add(folder + " cannot hand on the memory controller: " + reason(e));
            }
        }
        return new Missing(String.join("; ", whys));
    }

    private static boolean handsOn(Path folder) throws IOException {
        return List.of(
                        Files.readString(folder.resolve("cgroup.subtree_control"))
                                .strip()
                                .split(" "))
                .contains("memory");
    }

    /** What an exception says of its cause, without the file's name before it. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String why = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return why == null ? e.getClass().getSimpleName() : why;
    }
}
