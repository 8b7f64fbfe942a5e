package dev.simmer.cli;

import dev.simmer.model.Outcome;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskView;
import java.util.List;

/** What a command exits with that ends as tasks did. */
final class TaskExit {
    /** What a shell adds to the number of the signal that ended a command. */
    private static final int SIGNALLED = 128;

    private TaskExit() {}

    /** A single task's own exit code, where it had one; else what comes nearest. */
    static int code(TaskView task) {
        return task.outcome().map(TaskExit::code).orElse(ExitCode.FAILED);
    }

    private static int code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded() -> ExitCode.OK;
            case Outcome.ExitedWith(int code) -> code;
            case Outcome.AgentEnded(var verdict, var _, var code) ->
                    verdict.good() ? ExitCode.OK : Math.max(ExitCode.FAILED, code.orElse(0));
            case Outcome.DiedOf(int signal) -> SIGNALLED + signal;
            case Outcome.OutOfMemory _ -> SIGNALLED + Signal.KILL.number();
            case Outcome.TimedOut _ -> ExitCode.TIMED_OUT;
            case Outcome.NotStarted _,
                    Outcome.NotReady _,
                    Outcome.Stopped _,
                    Outcome.LogFull _,
                    Outcome.Evicted _,
                    Outcome.Skipped _,
                    Outcome.Lost _ ->
                    ExitCode.FAILED;
        };
    }

    /** One task's code, or for several whether all succeeded. */
    static int code(List<TaskView> tasks) {
        if (tasks.size() == 1) {
            return code(tasks.getFirst());
        }
        boolean fine = tasks.stream().allMatch(task -> code(task) == ExitCode.OK);
        return fine ? ExitCode.OK : ExitCode.FAILED;
    }
}
