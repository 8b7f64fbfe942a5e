package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupPlaceTest {
    @TempDir Path folder;

    private Path group(String path, String handsOn) throws IOException {
        Path made = Files.createDirectories(folder.resolve(path));
        Files.writeString(made.resolve("cgroup.subtree_control"), handsOn);
        Files.writeString(made.resolve("cgroup.procs"), "");
        return made;
    }

    private String mount(String root, String type, String options) {
        return "35 31 0:32 " + root + " " + folder + " rw - " + type + " cgroup " + options;
    }

    @Test
    void memoryControllerOfVersionOneComesFirst() throws IOException {
        Path own = Files.createDirectories(folder.resolve("a/b"));
        assertThat(
                        CgroupPlace.find(
                                List.of("4:cpu,memory:/a/b", "3:cpu:/c", "0::/"),
                                List.of(
                                        "1 1 0:1 / /proc rw - proc proc rw",
                                        mount("/", "cgroup", "rw,cpu,memory"))))
                .isEqualTo(new CgroupPlace.Found(own, CgroupPlace.Version.ONE));
    }

    @Test
    void containerSeesItsOwnGroupAsTheTopmost() throws IOException {
        Path own = Files.createDirectories(folder.resolve("b"));
        String mount = mount("/docker/1", "cgroup", "rw,memory");
        assertThat(CgroupPlace.find(List.of("4:memory:/docker/1/b"), List.of(mount)))
                .isEqualTo(new CgroupPlace.Found(own, CgroupPlace.Version.ONE));
        assertThat(CgroupPlace.find(List.of("4:memory:/docker/12"), List.of(mount)))
                .isEqualTo(new CgroupPlace.Found(folder, CgroupPlace.Version.ONE));
    }

    @Test
    void groupThatHandsTheControllerOnIsTheBestPlace() throws IOException {
        group("", "");
        group("a", "memory");
        Path own = group("a/b", "cpu memory");
        assertThat(CgroupPlace.find(List.of("0::/a/b"), List.of(mount("/", "cgroup2", "rw"))))
                .isEqualTo(new CgroupPlace.Found(own, CgroupPlace.Version.TWO));
    }

    /** A plain folder in the file's place refuses to be written as a busy group does. */
    @Test
    void groupWithProcessesLeavesItToTheOneAbove() throws IOException {
        Path above = group("a", "memory pids");
        Path own = Files.createDirectories(folder.resolve("a/b"));
        Files.createDirectory(own.resolve("cgroup.subtree_control"));
        assertThat(CgroupPlace.find(List.of("0::/a/b"), List.of(mount("/", "cgroup2", "rw"))))
                .isEqualTo(new CgroupPlace.Found(above, CgroupPlace.Version.TWO));
        Files.writeString(above.resolve("cgroup.subtree_control"), "pids");
        assertThat(CgroupPlace.find(List.of("0::/a/b"), List.of(mount("/", "cgroup2", "rw"))))
                .isInstanceOfSatisfying(
                        CgroupPlace.Missing.class,
                        missing ->
                                assertThat(missing.why())
                                        .contains(own + " cannot hand on the memory controller: ")
                                        .endsWith(
                                                above + " does not hand on the memory controller"));
    }

    @Test
    void withoutAMountThereIsNoPlace() {
        assertThat(CgroupPlace.find(List.of("0::/"), List.of()))
                .isEqualTo(new CgroupPlace.Missing("no control groups for memory are mounted"));
    }
}
