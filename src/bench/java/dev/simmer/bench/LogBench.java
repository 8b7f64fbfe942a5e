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
        new Rounds("1 GB of 80-byte lines", rounds)
                .with("sh -c '… > file'", () -> plain(file))
                .with(
                        "a task of Simmer's",
                        () -> InProcessEngine.seconds(scratch, List.of(spec), Limits.DEFAULT))
                .run();
    }

    private static double plain(Path file) throws Exception {
        double seconds = Rounds.command("sh", "-c", "exec >'" + file + "'; " + WRITER).seconds();
        Files.delete(file);
        return seconds;
    }
}
