package dev.simmer.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 500 tasks of {@code true}, four at once, beside the programs that people use for it. All write to
 * memory: for minutes after files have been removed, ext4 makes new ones more slowly, and whoever
 * runs after a contestant that removes its files would pay for that.
 */
final class SpawnBench {
    private static final int TASKS = 500;
    private static final int AT_ONCE = 4;

    private static final Pattern RUN_ENDED =
            Pattern.compile("\"run-ended\".*?\"duration_ms\":(\\d+)");

    private SpawnBench() {}

    /** A file system in memory, where there is one. */
    private static final Path MEMORY = Path.of("/dev/shm");

    static void run(Path simmer, int rounds) throws Exception {
        Path scratch =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "simmer-bench")
                        : Files.createTempDirectory("simmer-bench");
        try {
            run(scratch, simmer, rounds);
        } finally {
            Scratch.remove(scratch);
        }
    }

    private static void run(Path scratch, Path simmer, int rounds) throws Exception {
        Path file = Files.createDirectories(scratch.resolve("spawn")).resolve("simmer.yaml");
        StringBuilder yaml = new StringBuilder("version: 1\nlimits: {parallel: 4}\ntasks:\n");
        StringBuilder make = new StringBuilder("all:");
        StringBuilder rules = new StringBuilder();
        for (int i = 1; i <= TASKS; i++) {
            yaml.append("  t").append(i).append(": \"true\"\n");
            make.append(" t").append(i);
            rules.append("t").append(i).append(":\n\t@true;\n");
        }
        Files.writeString(file, yaml);
        Path makefile = file.resolveSibling("Makefile");
        Files.writeString(makefile, make + "\n" + rules);
        Path home = scratch.resolve("home");
        new Rounds(TASKS + " tasks of `true`, " + AT_ONCE + " at once", rounds)
                .with(
                        "parallel -j4",
                        shell("export TMPDIR='" + scratch + "'; seq 500 | parallel -j4 'true #'"))
                .with("Simmer's engine, the JVM running", () -> engine(scratch))
                .with(
                        "simmer --headless, by its own clock",
                        () -> byItsOwnClock(home, simmer, file))
                .with(
                        "simmer --headless, with the start of the JVM",
                        shell(
                                "SIMMER_HOME='"
                                        + home
                                        + "' '"
                                        + simmer
                                        + "' --headless --output quiet -f '"
                                        + file
                                        + "'"))
                .with("xargs -P4 (no logs, no shell)", shell("seq 500 | xargs -P4 -I{} true"))
                .with(
                        "make -j4 (no logs)",
                        Rounds.command("make", "-s", "-j4", "-f", makefile.toString()))
                .run();
    }

    /** What a run in a fresh JVM says that it took, from the submission to its end. */
    private static double byItsOwnClock(Path home, Path simmer, Path file) throws Exception {
        ProcessBuilder headless =
                new ProcessBuilder(
                                simmer.toString(),
                                "--headless",
                                "--output",
                                "json",
                                "-f",
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        headless.environment().put("SIMMER_HOME", home.toString());
        Process process = headless.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        Matcher took = RUN_ENDED.matcher(output);
        if (process.waitFor() != 0 || !took.find()) {
            throw new IllegalStateException("the headless run failed: " + output);
        }
        return Long.parseLong(took.group(1)) / 1e3;
    }

    private static Rounds.Contestant shell(String line) {
        return Rounds.command("sh", "-c", line);
    }

    private static double engine(Path scratch) throws Exception {
        WorkspaceId workspace = new WorkspaceId(scratch.toAbsolutePath());
        List<TaskSpec> specs = new ArrayList<>();
        for (int i = 1; i <= TASKS; i++) {
            specs.add(TaskSpec.named("t" + i, workspace, new Command.Shell("true")).build());
        }
        Limits limits = new Limits(3, AT_ONCE, new Limits.Reserve.Share(0.1), 1L << 30);
        return InProcessEngine.seconds(scratch, specs, limits);
    }
}
