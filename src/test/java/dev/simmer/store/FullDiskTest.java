package dev.simmer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final StoredState QUEUED = new StoredState.Queued(1);

    @TempDir private Path folder;
    private boolean mounted;

    private static boolean run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", folder.toString())).isTrue();
        }
    }

    @Test
    void storeGoesOnWhenThereIsRoomAgain() throws Exception {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "only root may mount a small disk");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", folder.toString());
        Assumptions.assumeTrue(mounted, "a small disk cannot be mounted here");
        List<StoredTask> saved = new ArrayList<>();
        try (SqliteStore store = SqliteStore.open(folder)) {
            store.load();
            save(store, saved, 20);
            for (int round = 0; round < 5; round++) {
                fill(folder.resolve("filler"));
                StoreFailure failure = saveUntilItFails(store, saved);
                assertThat(failure)
                        .hasMessageContaining(folder.resolve("simmer.db").toString())
                        .hasMessageContaining("make room");
                // What was said to be saved is there, also to one who looks now.
                assertThat(store.load().tasks()).isEqualTo(saved);
                Files.delete(folder.resolve("filler"));
                save(store, saved, 20);
                assertThat(store.load().tasks()).isEqualTo(saved);
            }
        }
        try (SqliteStore store = SqliteStore.open(folder)) {
            assertThat(store.load().tasks()).isEqualTo(saved);
            assertThat(store.notice()).isEmpty();
        }
    }

    @Test
    void databaseAtItsLargestSizeIsAFullDisk() throws Exception {
        Path home = folder.resolve("home");
        List<StoredTask> saved = new ArrayList<>();
        try (SqliteStore store = SqliteStore.open(home)) {
            store.load();
            store.limitPages(60);
            StoreFailure failure = saveUntilItFails(store, saved);
            assertThat(failure).hasMessageContaining("the disk is full; make room");
            assertThat(store.load().tasks()).isEqualTo(saved);
            store.limitPages(100_000);
            save(store, saved, 20);
            assertThat(store.load().tasks()).isEqualTo(saved);
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100_000; i++) {
                                    out.write(block);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    private static void save(SqliteStore store, List<StoredTask> saved, int count)
            throws StoreFailure {
        for (int i = 0; i < count; i++) {
            StoredTask task = Kept.task(saved.size() + 1, QUEUED);
            store.save(Kept.batch(saved.size() + 1, task));
            saved.add(task);
        }
    }

    private static StoreFailure saveUntilItFails(SqliteStore store, List<StoredTask> saved) {
        for (int i = 0; i < 100_000; i++) {
            try {
                save(store, saved, 1);
            } catch (StoreFailure e) {
                return e;
            }
        }
        throw new AssertionError("the disk is never full");
    }
}
