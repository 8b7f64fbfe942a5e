package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;

/** What is to be done; carried out in order, elsewhere. */
public sealed interface Effect {
    /** Start an attempt's process: answered by ProcessStarted or StartFailed. */
    record SpawnProcess(AttemptId attempt, TaskSpec spec, MemoryEstimate expected)
            implements Effect {}

    /**
     * Find an attempt of an earlier engine again: answered by Adopted, NeverBegan or ProcessExited.
     * Comes before anything else that is done to the attempt.
     */
    record AdoptProcess(AttemptId attempt, TaskSpec spec) implements Effect {}

    /** Send a signal to all processes of an attempt: answered by Signalled. */
    record SignalProcesses(AttemptId attempt, Signal signal) implements Effect {}

    /** SIGKILL all processes of an attempt until none is left. */
    record KillProcesses(AttemptId attempt) implements Effect {}

    /** Look at an attempt until its probe passes: answered by BecameReady. */
    record ProbeReadiness(AttemptId attempt, Readiness.Probe probe) implements Effect {}

    /** Nothing of the attempt is left: forget it and tidy up. */
    record ReleaseAttempt(AttemptId attempt, boolean keepTmp) implements Effect {}

    /** The task has been forgotten: remove what it left on disk. */
    record DiscardTask(TaskId task) implements Effect {}

    /** Write a line into the log of events: something was done that nobody asked for. */
    @SuppressWarnings("AvoidCommonTypeNames") // who names it says Effect.Record
    record Record(TaskId task, String words) implements Effect {}

    /** Memory may have become free and a task waits for it: look at the host soon. */
    record SampleHost() implements Effect {}
}
