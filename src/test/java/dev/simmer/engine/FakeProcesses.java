package dev.simmer.engine;

import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Attempts that a test plays: writes down what is asked, and says what the test tells it to. */
final class FakeProcesses implements Processes {
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    /** Why attempts were to be stopped, as it was told. */
    final List<String> causes = new CopyOnWriteArrayList<>();

    final Listener listener;
    volatile boolean outputMatches;
    volatile String matcherThread = "";

    FakeProcesses(Listener listener) {
        this.listener = listener;
    }

    /** The next thing that the engine asks for, as text; fails when nothing comes for long. */
    String next() throws InterruptedException {
        String text = asked.poll(20, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("the engine asked for nothing");
        }
        return text;
    }

    boolean nothingAsked() {
        return asked.isEmpty();
    }

    @Override
    public void spawn(Launch launch) {
        asked.add("spawn " + launch.id());
    }

    @Override
    public void adopt(Launch launch, boolean sameBoot) {
        asked.add("adopt " + launch.id() + (sameBoot ? "" : " after a new start"));
    }

    @Override
    public CompletableFuture<Optional<String>> input(AttemptId attempt, String text) {
        asked.add("input " + attempt + " " + text);
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public void discard(Path taskFolder) {
        asked.add("discard " + taskFolder.getFileName());
    }

    @Override
    public void signal(AttemptId attempt, Signal signal) {
        asked.add("signal " + attempt + " " + signal);
    }

    @Override
    public void stopping(AttemptId attempt, StopCause cause) {
        causes.add(attempt + " " + cause);
    }

    @Override
    public void kill(AttemptId attempt) {
        asked.add("kill " + attempt);
    }

    @Override
    public void probe(AttemptId attempt, Readiness.Probe probe) {
        asked.add("probe " + attempt + " " + probe.description());
    }

    @Override
    public void release(AttemptId attempt, boolean keepTmp) {
        asked.add("release " + attempt + (keepTmp ? " keep" : ""));
    }

    @Override
    public boolean outputMatches(AttemptId attempt, Pattern pattern) {
        matcherThread = Thread.currentThread().toString();
        return outputMatches;
    }

    @Override
    public void close() {
        asked.add("close");
    }
}
