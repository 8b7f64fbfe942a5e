package dev.simmer.bench;

import dev.simmer.engine.SnapshotBench;
import dev.simmer.process.LogLimitBench;
import dev.simmer.process.SamplingBench;
import dev.simmer.tui.term.FrameBench;
import dev.simmer.tui.term.TableBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs the benchmarks that are named, or all of them.
 *
 * <p>Each prints a ratio against something else that ran in the same turn, because machines are
 * shared and noisy and absolute times say little.
 */
public final class Benchmarks {
    private static final List<String> ALL =
            List.of(
                    "start",
                    "adoption",
                    "spawn",
                    "log",
                    "loglimit",
                    "search",
                    "follow",
                    "frame",
                    "table",
                    "keys",
                    "idle",
                    "first",
                    "snapshot",
                    "sampling",
                    "memory",
                    "pressure");

    private Benchmarks() {}

    /** Runs benchmarks: {@code Benchmarks PROJECT [NAME…]}. */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]).toAbsolutePath();
        List<String> names = args.length > 1 ? List.of(args).subList(1, args.length) : ALL;
        System.out.printf(
                Locale.ROOT,
                "%s, %d processors, Java %s%n",
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        Path scratch = Files.createTempDirectory("simmer-bench");
        try {
            for (String name : names) {
                switch (name) {
                    case "start" -> StartBench.run(project, scratch, 15);
                    case "adoption" -> AdoptionBench.run(project, scratch, 7);
                    case "spawn" -> SpawnBench.run(project.resolve("simmer"), 7);
                    case "log" -> LogBench.run(scratch, 5);
                    case "loglimit" -> LogLimitBench.run(scratch, 3);
                    case "search" -> SearchBench.run(scratch, 3);
                    case "follow" -> FollowBench.run(scratch, project.resolve("simmer"), 5);
                    case "frame" -> FrameBench.run(project);
                    case "table" -> TableBench.run(project);
                    case "keys" -> DashboardBench.keys(project, scratch);
                    case "idle" -> DashboardBench.idle(project, scratch);
                    case "first" -> DashboardBench.first(project, scratch, 15);
                    case "memory" -> MemoryBench.run(project, scratch);
                    case "pressure" -> PressureBench.run(project, scratch);
                    case "snapshot" -> SnapshotBench.run();
                    case "sampling" -> SamplingBench.run(scratch);
                    default ->
                            throw new IllegalArgumentException(
                                    "no benchmark " + name + "; there are " + ALL);
                }
            }
        } finally {
            Scratch.remove(scratch);
        }
    }
}
