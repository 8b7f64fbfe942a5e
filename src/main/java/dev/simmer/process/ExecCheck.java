package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a command exits with 0, run by {@code sh -c} in the task's folder with the task's
 * environment, its output thrown away. After ten seconds, at the probe's end, and where it leaves
 * something in its session, its processes are killed: none stays behind.
 */
final class ExecCheck implements Probing.Check {
    private static final int LIMIT_SECONDS = 10;

    private final String line;
    private final Launch launch;
    private final Spawner spawner;
    private final Reaper reaper;
    private final Hands hands = new Hands();
    private int looks;

    ExecCheck(String line, Launch launch, Spawner spawner, Reaper reaper) {
        this.line = line;
        this.launch = launch;
        this.spawner = spawner;
        this.reaper = reaper;
    }

    @Override
    public boolean passes() throws InterruptedException {
        // A path that is never made: it gives the look a marker of its own.
        Path name = launch.folder().resolve("probe-" + ++looks);
        long marker = Marker.of(name);
        int pid = spawner.spawnProbe(line, launch, name, marker, hands.posix);
        if (pid < 0) {
            return false;
        }
        // Its start time cannot be another's: nobody has reaped it.
        boolean seen = hands.procfs.stat(pid);
        Members members =
                new Members(
                        new Shim.Ids(pid, seen ? hands.procfs.startTicks : 0, 0),
                        marker,
                        PathBytes.of(Spawner.PROBE_VARIABLE + "=" + name),
                        _ -> false);
        CompletableFuture<Integer> end = new CompletableFuture<>();
        if (reaper.watch(pid, true, (status, _, _) -> end.complete(status), hands.posix) < 0) {
            members.kill(hands);
            int _ = hands.posix.reapBlocking(pid);
            return false;
        }
        return await(end, members);
    }

    private boolean await(CompletableFuture<Integer> end, Members members)
            throws InterruptedException {
        boolean over = false;
        try {
            int status = end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            over = true;
            return status == 0;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("the reaper tells of no failures", e);
        } finally {
            if (!over || members.sessionLives(hands)) {
                members.kill(hands);
            }
        }
    }

    @Override
    public void close() {
        hands.close();
    }
}
