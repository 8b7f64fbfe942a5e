package dev.simmer.store;

import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.model.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the store costs, in CPU time of its thread for opening: {@code open HOME} opens and loads a
 * home's store in this new process, after one with 1,000 tasks that have ended and 100 that run was
 * made by {@code make HOME}; {@code save HOME} saves changes of one task, each a transaction.
 */
public final class StoreBench {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private StoreBench() {}

    public static void main(String[] args) throws Exception {
        Path home = Files.createDirectories(Path.of(args[1])).toRealPath();
        switch (args[0]) {
            case "make" -> make(home);
            case "open" -> open(home);
            case "save" -> save(home);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static StoredTask running(long id, long peakBytes) {
        return Kept.task(
                id,
                new StoredState.Running(
                        new StoredState.Active(
                                1, 10, OptionalLong.of(20), peakBytes, peakBytes, false),
                        new StoredState.Progress(
                                true, 30, OptionalLong.empty(), OptionalLong.empty())));
    }

    private static void make(Path home) throws Exception {
        List<StoredTask> tasks = new ArrayList<>();
        for (int id = 1; id <= 1_100; id++) {
            tasks.add(
                    id <= 1_000
                            ? Kept.task(
                                    id,
                                    new StoredState.Ended(9, new Outcome.Succeeded()),
                                    Kept.succeeded(1, id))
                            : running(id, 5));
        }
        try (SqliteStore store = SqliteStore.open(home)) {
            store.save(Kept.batch(1_100, tasks.toArray(StoredTask[]::new)));
        }
    }

    private static void open(Path home) throws Exception {
        long begun = CPU.getCurrentThreadCpuTime();
        try (SqliteStore store = SqliteStore.open(home)) {
            long opened = CPU.getCurrentThreadCpuTime();
            int tasks = store.load().tasks().size();
            long loaded = CPU.getCurrentThreadCpuTime();
            store.load();
            long again = CPU.getCurrentThreadCpuTime();
            System.out.printf(
                    "open %.1f ms, load %d tasks %.1f ms, again %.1f ms, on disk %d bytes%n",
                    (opened - begun) / 1e6,
                    tasks,
                    (loaded - opened) / 1e6,
                    (again - loaded) / 1e6,
                    SqliteStore.size(home).bytes());
        }
    }

    private static void save(Path home) throws Exception {
        try (SqliteStore store = SqliteStore.open(home)) {
            store.load();
            int turns = 4_000;
            for (int round = 0; round < 6; round++) {
                StoredTask task = running(1_050, round);
                store.save(Kept.batch(1_100, task));
                long begun = System.nanoTime();
                for (int i = 0; i < turns; i++) {
                    store.save(
                            Kept.batch(
                                    1_100,
                                    new StoredTask(
                                            task.id(),
                                            task.spec(),
                                            task.needs(),
                                            task.expected(),
                                            running(1_050, i).state(),
                                            1,
                                            0,
                                            true,
                                            List.of(),
                                            List.of())));
                }
                System.out.printf("%.1f µs a save%n", (System.nanoTime() - begun) / 1e3 / turns);
            }
        }
    }
}
