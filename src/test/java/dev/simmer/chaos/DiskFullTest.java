package dev.simmer.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home on a small file system of its own that gets full, and empty again. */
@Tag("slow")
class DiskFullTest {
    private static final long LIMIT_SECONDS = 60;

    @TempDir Path folder;

    @Test
    void whatRunsGoesOnAndWhatWaitsGoesOnWhenThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mount(disk), "only root may mount a small file system");
        Home home = new Home(folder, disk.resolve("home"));
        Process supervisor = home.supervisor();
        try {
            Path go = home.workspace.resolve("go");
            Path end = home.workspace.resolve("end");
            said(
                    home.run(
                            "run",
                            "--name",
                            "steady",
                            "--",
                            "until [ -e " + end + " ]; do sleep 0.1; done"));
            said(
                    home.run(
                            "run",
                            "--name",
                            "gate",
                            "--",
                            "until [ -e " + go + " ]; do sleep 0.1; done"));
            said(home.run("run", "--name", "next", "--after", "gate", "--", "echo went on"));
            await(home, "steady", task -> task.state().equals("running"));

            Path ballast = disk.resolve("ballast");
            fill(ballast);
            Files.createFile(go);
            // The end of gate and the start of next cannot be saved now.
            Home.Said full = awaitTrouble(home);
            assertThat(full.err()).contains("the disk is full").contains(disk.toString());
            assertThat(task(home, "steady").orElseThrow().state()).isEqualTo("running");
            assertThat(supervisor.isAlive()).isTrue();

            Files.delete(ballast);
            await(home, "next", task -> task.state().equals("succeeded"));
            assertThat(task(home, "gate").orElseThrow().state()).isEqualTo("succeeded");
            assertThat(home.run("list").err()).doesNotContain("disk is full");
            Files.createFile(end);
            await(home, "steady", task -> task.state().equals("succeeded"));
            assertThat(home.processes()).isEmpty();
        } finally {
            home.run("kill", "--all", "--now");
            home.awaitNoProcess();
            supervisor.destroyForcibly().waitFor();
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    private static void said(Home.Said said) {
        assertThat(said.code()).as(said.err()).isZero();
    }

    private static Optional<ListedTask> task(Home home, String name) throws Exception {
        Home.Said said = home.run("list", "--json");
        assertThat(said.code()).as(said.err()).isZero();
        List<ListedTask> all = ListedTask.all(said.out());
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static void await(Home home, String name, Predicate<ListedTask> wanted)
            throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Optional<ListedTask> last = Optional.empty();
        while (System.nanoTime() < limit) {
            last = task(home, name);
            if (last.filter(wanted).isPresent()) {
                return;
            }
        }
        throw new AssertionError(name + " does not get there: " + last);
    }

    private static Home.Said awaitTrouble(Home home) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Home.Said last = home.run("list");
        while (last.err().isBlank() && System.nanoTime() < limit) {
            last = home.run("list");
        }
        return last;
    }

    private static boolean mount(Path disk) throws Exception {
        return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Writes until nothing more fits. */
    private static void fill(Path file) throws IOException {
        for (int size = 1 << 16; size > 0; size /= 16) {
            byte[] piece = new byte[size];
            try (OutputStream to =
                    Files.newOutputStream(
                            file,
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND)) {
                while (true) {
                    to.write(piece);
                }
            } catch (IOException e) {
                // Full for pieces of this size.
            }
        }
    }
}
