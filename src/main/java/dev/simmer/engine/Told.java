package dev.simmer.engine;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.scheduler.Event;
import java.util.function.Consumer;
import java.util.function.Function;

/** Passes on what becomes of attempts; called by the port's threads. */
final class Told implements Processes.Listener {
    private final Consumer<Input> engine;

    Told(Consumer<Input> engine) {
        this.engine = engine;
    }

    private void happened(Function<Input.Moment, Event> event) {
        engine.accept(new Input.Happened(event));
    }

    @Override
    public void started(AttemptId attempt, long pid) {
        happened(moment -> new Event.ProcessStarted(moment.at(), attempt));
    }

    @Override
    public void startFailed(AttemptId attempt, StartFailure failure) {
        happened(moment -> new Event.StartFailed(moment.at(), attempt, failure, moment.jitter()));
    }

    @Override
    public void ready(AttemptId attempt) {
        happened(moment -> new Event.BecameReady(moment.at(), attempt));
    }

    @Override
    public void exited(AttemptId attempt, Ending ending) {
        engine.accept(new Input.Exited(attempt, ending));
    }

    @Override
    public void adopted(AttemptId attempt) {
        happened(moment -> new Event.Adopted(moment.at(), attempt));
    }

    @Override
    public void neverBegan(AttemptId attempt) {
        happened(moment -> new Event.NeverBegan(moment.at(), attempt, moment.jitter()));
    }

    @Override
    public void signalled(AttemptId attempt, Signal signal) {
        happened(moment -> new Event.Signalled(moment.at(), attempt, signal));
    }

    @Override
    public void logFull(AttemptId attempt, boolean byChoice) {
        happened(moment -> new Event.LogLimitReached(moment.at(), attempt, byChoice));
    }

    @Override
    public void notIsolated(AttemptId attempt, String why) {
        engine.accept(new Input.NotIsolated(attempt, why));
    }

    @Override
    public void progress(AttemptId attempt, AgentRun run) {
        engine.accept(new Input.Progressed(attempt, run));
    }

    @Override
    public void agentStop(AttemptId attempt, AgentStop why, String words) {
        happened(moment -> new Event.AgentStopWanted(moment.at(), attempt, why, words));
    }

    @Override
    public void gone(AttemptId attempt) {
        engine.accept(new Input.Gone(attempt));
    }
}
