package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A temporary home and workspace with real processes in it. */
final class Fixture implements AutoCloseable {
    private static final AtomicLong IDS = new AtomicLong();

    final Recorder told = new Recorder();
    final ShimProcesses processes = new ShimProcesses(told);
    final Path home;
    final Path workspace;

    Fixture(Path folder) throws IOException {
        home = folder.resolve("home");
        workspace = Files.createDirectories(folder.resolve("workspace"));
    }

    Launch launch(Command command, UnaryOperator<TaskSpec.Builder> more) {
        AttemptId id = new AttemptId(new TaskId(IDS.incrementAndGet()), 1);
        TaskSpec spec =
                more.apply(TaskSpec.named("task", new WorkspaceId(workspace), command)).build();
        return new Launch(
                id,
                spec,
                home.resolve("runs").resolve(id.task().toString()).resolve(Integer.toString(1)));
    }

    Launch spawn(Command command, UnaryOperator<TaskSpec.Builder> more) {
        Launch launch = launch(command, more);
        processes.spawn(launch);
        return launch;
    }

    Launch sh(String line) {
        return spawn(new Command.Shell(line), UnaryOperator.identity());
    }

    Launch exec(String... argv) {
        return spawn(new Command.Exec(List.of(argv)), UnaryOperator.identity());
    }

    static String output(Launch launch) throws IOException {
        return Files.readString(launch.log());
    }

    @Override
    public void close() {
        processes.close();
    }
}
