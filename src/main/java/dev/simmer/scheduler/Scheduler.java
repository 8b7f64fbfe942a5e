package dev.simmer.scheduler;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import java.util.Optional;

/**
 * The pure core of Simmer: from a state and an event to the next state and what is to be done.
 *
 * <p>Nothing here looks at a clock, draws a random number, or does anything; events bring time and
 * chance along. So the same events always give the same decisions, the simulator runs the very code
 * that ships, and a bug report is a list of events.
 *
 * <p>Events about an attempt that is no longer a task's current one are late and change nothing.
 */
public final class Scheduler {
    private Scheduler() {}

    /**
     * Decides what follows from an event.
     *
     * @throws IllegalArgumentException where the event's time lies before the state's
     */
    public static Decision decide(State state, Event event) {
        Transition step = new Transition(state, event.at());
        Optional<Reply> reply =
                switch (event) {
                    case Event.TasksSubmitted submitted ->
                            Optional.of(Intake.take(step, submitted));
                    case Event.StartRequested request ->
                            Optional.of(Requests.start(step, request.ids()));
                    case Event.StopRequested request ->
                            Optional.of(Requests.stop(step, request.ids(), request.now()));
                    case Event.RestartRequested request ->
                            Optional.of(Requests.restart(step, request.ids()));
                    case Event.PauseRequested request ->
                            Optional.of(Requests.pause(step, request.ids()));
                    case Event.ResumeRequested request ->
                            Optional.of(Requests.resume(step, request.ids()));
                    case Event.RenameRequested request -> Optional.of(Naming.rename(step, request));
                    case Event.SessionRequested request ->
                            Optional.of(Naming.openSession(step, request));
                    case Event.SessionRenameRequested request ->
                            Optional.of(Naming.renameSession(step, request));
                    case Event.ForgetRequested request ->
                            Optional.of(Forgetting.forget(step, request.ids()));
                    case Event.Recovered _,
                            Event.Adopted _,
                            Event.NeverBegan _,
                            Event.Signalled _,
                            Event.LogLimitReached _,
                            Event.AgentStopWanted _,
                            Event.ProcessStarted _,
                            Event.StartFailed _,
                            Event.BecameReady _,
                            Event.ProcessExited _,
                            Event.LeftoversGone _,
                            Event.HostSampled _,
                            Event.Estimated _,
                            Event.TimePassed _ -> {
                        happened(step, event);
                        yield Optional.empty();
                    }
                };
        step.followNeeds();
        step.admit();
        return step.decision(reply);
    }

    private static void happened(Transition step, Event event) {
        switch (event) {
            case Event.Recovered recovered -> Recovery.recover(step, recovered);
            case Event.Adopted adopted -> Recovery.adopted(step, adopted);
            case Event.NeverBegan never -> Recovery.neverBegan(step, never);
            case Event.Signalled signalled -> Attempts.signalled(step, signalled);
            case Event.LogLimitReached reached -> Attempts.logFull(step, reached);
            case Event.AgentStopWanted wanted -> Attempts.agentStop(step, wanted);
            case Event.ProcessStarted started -> Attempts.started(step, started);
            case Event.StartFailed failed -> Attempts.startFailed(step, failed);
            case Event.BecameReady ready -> Attempts.ready(step, ready);
            case Event.ProcessExited exited -> Attempts.exited(step, exited);
            case Event.LeftoversGone gone -> Attempts.gone(step, gone);
            case Event.HostSampled sampled -> sampled(step, sampled);
            case Event.Estimated estimated -> estimated(step, estimated);
            case Event.TimePassed _ -> Deadlines.expire(step);
            case Event.TasksSubmitted _,
                    Event.StartRequested _,
                    Event.StopRequested _,
                    Event.RestartRequested _,
                    Event.PauseRequested _,
                    Event.ResumeRequested _,
                    Event.RenameRequested _,
                    Event.SessionRequested _,
                    Event.SessionRenameRequested _,
                    Event.ForgetRequested _ ->
                    throw new IllegalArgumentException("a request: " + event);
        }
    }

    private static void sampled(Transition step, Event.HostSampled sampled) {
        State before = step.state();
        step.host(sampled.host());
        for (TaskId id : step.state().active()) {
            Task task = step.task(id);
            if (task.state() instanceof TaskState.Active active) {
                TreeMemory memory = sampled.memory().get(active.attempt().id());
                Attempt attempt = active.attempt();
                if (memory != null
                        && (memory.rssBytes() != attempt.rssBytes()
                                || memory.peakBytes() > attempt.peakRssBytes())) {
                    step.putUsage(task.in(active.with(attempt.using(memory))));
                }
            }
        }
        Pressure.looked(step, before, sampled.host());
    }

    private static void estimated(Transition step, Event.Estimated estimated) {
        estimated
                .expected()
                .forEach((id, estimate) -> {
                    Task task = step.state().tasks().get(id);
                    if (task == null) {
                        return;
                    }
                    MemoryEstimate standing = Raising.standing(task, estimate);
                    if (!task.expected().equals(standing)) {
                        step.put(task.expecting(standing));
                    }
                });
        if (!estimated.millis().isEmpty()) {
            step.tails(Tails.with(step.state(), estimated.millis()));
        }
    }
}
