package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import java.util.Optional;
import java.util.OptionalInt;

/** How an attempt ended, as far as nobody stopped it. */
final class Outcomes {
    private static final int SIGKILL = 9;

    private Outcomes() {}

    /** Killed for want of memory is told apart from killed by somebody. */
    static Outcome of(Event.ProcessExited event, Task task) {
        Outcome plain = of(event.status(), event.agent());
        return event.memory().outOfMemory()
                        && !succeeded(plain)
                        && task.state() instanceof TaskState.Active active
                ? new Outcome.OutOfMemory(
                        active.attempt().peakRssBytes(), event.memory().limitBytes())
                : plain;
    }

    /** An agent is judged by what is there, not by how its program exits. */
    static Outcome of(ExitStatus status, Optional<AgentEnding> agent) {
        if (agent.isEmpty()) {
            return of(status);
        }
        OptionalInt code =
                status instanceof ExitStatus.Code(int value)
                        ? OptionalInt.of(value)
                        : OptionalInt.empty();
        return new Outcome.AgentEnded(agent.get().verdict(), agent.get().why(), code);
    }

    static boolean succeeded(Outcome outcome) {
        return outcome.phase() == Phase.SUCCEEDED;
    }

    private static Outcome of(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Code(int value) ->
                    value == 0 ? new Outcome.Succeeded() : new Outcome.ExitedWith(value);
            case ExitStatus.Signaled(int number) -> new Outcome.DiedOf(number);
            case ExitStatus.Unknown(String why) -> new Outcome.Lost(why);
        };
    }

    /** Whether a process that was to be killed had ended by itself by then. */
    static boolean endedFirst(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> true;
            case Outcome.ExitedWith(int code) -> code != 128 + SIGKILL;
            case Outcome.DiedOf(int signal) -> signal != SIGKILL;
            case Outcome.AgentEnded(var verdict, var _, var _) -> verdict.good();
            case Outcome.OutOfMemory _,
                    Outcome.NotStarted _,
                    Outcome.NotReady _,
                    Outcome.TimedOut _,
                    Outcome.LogFull _,
                    Outcome.Stopped _,
                    Outcome.Evicted _,
                    Outcome.Skipped _,
                    Outcome.Lost _ ->
                    false;
        };
    }
}
