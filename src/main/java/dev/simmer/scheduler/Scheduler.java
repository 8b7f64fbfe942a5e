package dev.simmer.scheduler;

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
                    case Event.ProcessStarted started -> {
                        Attempts.started(step, started);
                        yield Optional.empty();
                    }
                    case Event.StartFailed failed -> {
                        Attempts.startFailed(step, failed);
                        yield Optional.empty();
                    }
                    case Event.BecameReady ready -> {
                        Attempts.ready(step, ready);
                        yield Optional.empty();
                    }
                    case Event.ProcessExited exited -> {
                        Attempts.exited(step, exited);
                        yield Optional.empty();
                    }
                    case Event.LeftoversGone gone -> {
                        Attempts.gone(step, gone);
                        yield Optional.empty();
                    }
                    case Event.HostSampled sampled -> {
                        sampled(step, sampled);
                        yield Optional.empty();
                    }
                    case Event.TimePassed _ -> {
                        Deadlines.expire(step);
                        yield Optional.empty();
                    }
                };
        step.followNeeds();
        step.admit();
        return new Decision(step.state(), step.effects(), reply);
    }

    private static void sampled(Transition step, Event.HostSampled sampled) {
        step.host(sampled.host());
        for (TaskId id : step.state().active()) {
            Task task = step.task(id);
            if (task.state() instanceof TaskState.Active active) {
                Long rss = sampled.rssBytes().get(active.attempt().id());
                if (rss != null && rss != active.attempt().rssBytes()) {
                    step.putUsage(task.in(active.with(active.attempt().using(rss))));
                }
            }
        }
    }
}
