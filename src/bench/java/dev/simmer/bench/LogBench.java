package dev.simmer.bench;

import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A task that writes 1 GB of lines of 80 bytes, beside the same command with its output in a file.
 */
final class LogBench {
    private static final String LINE = "0123456789".repeat(8).substring(1);
    static final String WRITER = "yes " + LINE + " | head -n 12500000";

    private LogBench() {}

    static void run(Path scratch, int rounds) throws Exception {
        Path file = scratch.resolve("plain.log");
        WorkspaceId workspace = new WorkspaceId(scratch.toAbsolutePath());
        TaskSpec spec = TaskSpec.named("writer", workspace, new Command.Shell(WRITER)).build();
        Path runs = scratch.resolve("log");
        new Rounds("1 GB of 80-byte lines", rounds)
                .with("sh -c '… > file'", () -> plain(file))
                .with("a task of Simmer's", () -> task(runs, spec))
                .run();
    }

    private static double task(Path runs, TaskSpec spec) throws Exception {
        settle();
        Files.createDirectories(runs);
        double seconds = InProcessEngine.seconds(runs, List.of(spec), Limits.DEFAULT);
        Scratch.remove(runs);
        return seconds;
    }

    /** Lets the disk finish what was written before. */
    static void settle() throws Exception {
        Rounds.command("sync").seconds();
    }

    private static double plain(Path file) throws Exception {
        settle();
        double seconds = Rounds.command("sh", "-c", "exec >'" + file + "'; " + WRITER).seconds();
        Files.delete(file);
        return seconds;
    }
}
