package dev.simmer.bench;

import dev.simmer.engine.LocalEngine;
import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.EventLog;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.process.ShimProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** Runs tasks by an engine in this process, on a host that always has room. */
final class InProcessEngine {
    private InProcessEngine() {}

    /**
     * Seconds from the submission until the last of the tasks has succeeded. The run folders stay
     * in the scratch folder: a file system that has just removed files makes new ones more slowly.
     */
    static double seconds(Path scratch, List<TaskSpec> specs, Limits limits) throws Exception {
        Path runs = Files.createTempDirectory(scratch, "runs");
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Engine engine =
                new LocalEngine(
                        ShimProcesses::new,
                        () -> new HostSample(32L << 30, 30L << 30, OptionalLong.empty(), 2, 0, 0),
                        attempts -> Map.of(),
                        Clock.system(),
                        RandomGenerator.getDefault(),
                        runs,
                        TaskStore.NONE,
                        EventLog.NONE)) {
            engine.subscribe(snapshot -> {
                if (snapshot.host().known()) {
                    known.countDown();
                }
                if (allSucceeded(snapshot, specs.size())) {
                    done.countDown();
                }
            });
            known.await();
            long begun = System.nanoTime();
            engine.submit(new Request.Spawn(specs, limits, false, Request.Existing.REFUSE)).get();
            done.await();
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static boolean allSucceeded(Snapshot snapshot, int count) {
        if (snapshot.tasks().size() < count) {
            return false;
        }
        for (TaskView task : snapshot.tasks()) {
            if (task.phase() != Phase.SUCCEEDED) {
                return false;
            }
        }
        return true;
    }
}
