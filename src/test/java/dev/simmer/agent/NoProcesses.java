package dev.simmer.agent;

import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;

/** Starts nothing and notes what it was asked, as an engine that dies before it can start. */
final class NoProcesses implements Processes {
    private final Listener listener;
    final BlockingQueue<Launch> spawned = new LinkedBlockingQueue<>();

    NoProcesses(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void spawn(Launch launch) {
        spawned.add(launch);
    }

    @Override
    public void adopt(Launch launch, boolean sameBoot) {
        listener.neverBegan(launch.id());
    }

    @Override
    public void signal(AttemptId attempt, Signal signal) {
        listener.signalled(attempt, signal);
    }

    @Override
    public void kill(AttemptId attempt) {}

    @Override
    public void probe(AttemptId attempt, Readiness.Probe probe) {}

    @Override
    public CompletableFuture<Optional<String>> input(AttemptId attempt, String text) {
        return CompletableFuture.completedFuture(Optional.of("it does not run"));
    }

    @Override
    public void discard(Path taskFolder) {}

    @Override
    public void release(AttemptId attempt, boolean keepTmp) {}

    @Override
    public boolean outputMatches(AttemptId attempt, Pattern pattern) {
        return false;
    }

    @Override
    public void close() {}
}
