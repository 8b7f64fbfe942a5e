package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that starts attempts, says so, and waits to be killed. */
final class AbandonedEngine {
    private static final int COUNT = 100;

    private AbandonedEngine() {}

    /** What it starts in a folder. */
    static List<Launch> launches(Path folder) {
        List<Launch> launches = new ArrayList<>();
        WorkspaceId workspace = new WorkspaceId(folder.resolve("workspace"));
        for (int i = 0; i < COUNT; i++) {
            // Apart from the ids of those that a test starts itself.
            TaskId task = new TaskId(1_000_000 + i);
            TaskSpec spec =
                    TaskSpec.named("task", workspace, new Command.Shell("exec sleep 1000")).build();
            Path runs = folder.resolve("home").resolve("runs");
            launches.add(
                    new Launch(
                            new AttemptId(task, 1),
                            spec,
                            runs.resolve(task.toString()).resolve("1")));
        }
        return launches;
    }

    public static void main(String[] args) throws IOException {
        Recorder told = new Recorder();
        try (ShimProcesses processes = new ShimProcesses(told)) {
            List<Launch> launches = launches(Path.of(args[0]));
            launches.forEach(processes::spawn);
            launches.forEach(launch -> told.await(Recorder.Told.Started.class, launch.id()));
            System.out.println("up");
            int _ = System.in.read();
        }
    }
}
