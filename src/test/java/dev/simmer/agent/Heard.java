package dev.simmer.agent;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What was told of an attempt, in a word each; progress apart. */
final class Heard implements Processes.Listener {
    private static final long LIMIT_SECONDS = 30;

    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    final BlockingQueue<AgentRun> progress = new LinkedBlockingQueue<>();
    final BlockingQueue<AgentEnding> endings = new LinkedBlockingQueue<>();

    /** The next thing that is told. */
    String next() throws InterruptedException {
        return take(words);
    }

    static <T> T take(BlockingQueue<T> from) throws InterruptedException {
        T next = from.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing is told");
        }
        return next;
    }

    @Override
    public void started(AttemptId attempt, long pid) {
        words.add("started");
    }

    @Override
    public void startFailed(AttemptId attempt, StartFailure failure) {
        words.add("startFailed: " + failure.text());
    }

    @Override
    public void ready(AttemptId attempt) {
        words.add("ready");
    }

    @Override
    public void exited(AttemptId attempt, Ending ending) {
        endings.add(ending.agent().orElseThrow());
        words.add("exited");
    }

    @Override
    public void adopted(AttemptId attempt) {
        words.add("adopted");
    }

    @Override
    public void neverBegan(AttemptId attempt) {
        words.add("neverBegan");
    }

    @Override
    public void signalled(AttemptId attempt, Signal signal) {
        words.add("signalled " + signal);
    }

    @Override
    public void logFull(AttemptId attempt, boolean byChoice) {
        words.add("logFull");
    }

    @Override
    public void notIsolated(AttemptId attempt, String why) {
        words.add("notIsolated");
    }

    @Override
    public void progress(AttemptId attempt, AgentRun run) {
        progress.add(run);
    }

    @Override
    public void agentStop(AttemptId attempt, AgentStop why, String said) {
        words.add("agentStop " + why);
    }

    @Override
    public void gone(AttemptId attempt) {
        words.add("gone");
    }
}
