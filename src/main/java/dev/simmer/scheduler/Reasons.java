package dev.simmer.scheduler;

import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a task is in its state, in words and figures for people. Made from the same verdicts that
 * admission acts on, so that the explanation cannot differ from the decision. For one thread.
 */
public final class Reasons {
    private final State state;
    private final long heldBytes;
    private final Map<TaskId, Verdict> verdicts;

    /** Many tasks wait for the same thing. */
    private final Map<Verdict, String> said = new HashMap<>();

    /** The reasons in a state. */
    public Reasons(State state) {
        this.state = state;
        Ledger ledger = new Ledger(state);
        this.heldBytes = ledger.heldBytes();
        this.verdicts = ledger.explain();
    }

    /** The task's state in a word. */
    public static Phase phase(Task task) {
        return switch (task.state()) {
            case TaskState.Dormant _, TaskState.Blocked _, TaskState.Queued _ -> Phase.WAITING;
            case TaskState.Backoff _ -> Phase.BACKOFF;
            case TaskState.Starting _ -> Phase.STARTING;
            case TaskState.Running running ->
                    running.ready() && task.spec().ready().isPresent()
                            ? Phase.READY
                            : Phase.RUNNING;
            case TaskState.Paused _ -> Phase.PAUSED;
            case TaskState.Stopping _ -> Phase.STOPPING;
            case TaskState.Ended ended -> ended.outcome().phase();
        };
    }

    /** Why the task is in its state; empty where there is nothing to say. */
    public String of(Task task) {
        return switch (task.state()) {
            case TaskState.Dormant _ -> TaskView.WAITS_TO_BE_STARTED;
            case TaskState.Blocked _ -> Needs.open(state, task);
            case TaskState.Queued _ -> queued(task);
            case TaskState.Backoff backoff -> backoff(task, backoff);
            case TaskState.Starting starting -> alone(task, starting.attempt());
            case TaskState.Running running -> running(task, running);
            case TaskState.Paused paused ->
                    paused.forMemory() ? PressureWords.waiting(state, task) : "paused";
            case TaskState.Stopping stopping -> stopping(task, stopping);
            case TaskState.Ended ended -> ended.outcome().reason();
        };
    }

    /** The needs of a task that are not met. */
    public List<ResolvedNeed> unmet(Task task) {
        return Needs.unmet(state, task);
    }

    /** What was decided on a task that waits to be admitted; empty for every other task. */
    public Optional<Verdict> verdict(TaskId id) {
        return Optional.ofNullable(verdicts.get(id));
    }

    private String queued(Task task) {
        Verdict verdict = verdicts.get(task.id());
        return verdict == null ? "" : said.computeIfAbsent(verdict, Reasons::words);
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted _ -> "is about to start";
            case Verdict.HostUnknown _ -> "waits for the first look at the host's memory";
            case Verdict.Adopting(int left) ->
                    "waits until "
                            + (left == 1 ? "1 task" : left + " tasks")
                            + " that ran before "
                            + (left == 1 ? "has" : "have")
                            + " been found again";
            case Verdict.NoPlace(int parallel, int running) -> place(parallel, running);
            case Verdict.NoHeavyPlace(int heavy, String holders) ->
                    "waits for a heavy task to end: " + heavy + " at once, now " + holders;
            case Verdict.Locked(String lock, String holder) ->
                    "waits for lock " + lock + ", held by " + holder;
            case Verdict.LockKept(String lock, String keptFor) ->
                    "waits for lock "
                            + lock
                            + ", kept for "
                            + keptFor
                            + ", which has waited longer";
            case Verdict.NoMemory(long needed, long free, long held, String holders) ->
                    "waits for memory: needs "
                            + ByteSize.format(needed)
                            + ", "
                            + ByteSize.format(Math.max(0, free))
                            + " free to promise"
                            + (held > 0
                                    ? ", " + ByteSize.format(held) + " held for " + holders
                                    : "");
            case Verdict.MemoryKept(long needed, String keptFor) ->
                    "waits for memory: needs "
                            + ByteSize.format(needed)
                            + ", and the room is kept for "
                            + keptFor
                            + ", which has waited longer";
            case Verdict.TooBig(long needed, long capacity, int running) ->
                    "too big to share this host: needs "
                            + ByteSize.format(needed)
                            + " of "
                            + ByteSize.format(capacity)
                            + ", runs alone once "
                            + (running == 1 ? "1 task has" : running + " tasks have")
                            + " ended";
            case Verdict.EvictedOften(int times, int running) ->
                    "was ended "
                            + times
                            + " times because memory was short: runs alone once "
                            + (running == 1 ? "1 task has" : running + " tasks have")
                            + " ended";
            case Verdict.UnderPressure(String why) -> "heavy work is held back: " + why;
        };
    }

    private static String place(int parallel, int running) {
        if (running > parallel) {
            return "waits for a place: " + running + " tasks run, " + parallel + " may at once";
        }
        return "waits for a place: "
                + running
                + " of "
                + parallel
                + " tasks run"
                + (running < parallel ? ", the rest is kept for who has waited longer" : "");
    }

    private String backoff(Task task, TaskState.Backoff backoff) {
        long left = Math.max(0, backoff.until() - state.now());
        boolean service = !task.spec().kind().endsByItself();
        int max = service ? task.spec().restart().max() : task.spec().retry().max();
        return (service ? "restart " : "retry ")
                + task.repeats()
                + " of "
                + max
                + " in "
                + Durations.format(Duration.ofMillis(left))
                + ": "
                + words(backoff.last());
    }

    /** An outcome in words that are never empty. */
    static String words(Outcome outcome) {
        return outcome.reason().isEmpty() ? outcome.phase().word() : outcome.reason();
    }

    private String running(Task task, TaskState.Running running) {
        if (!running.ready() && task.spec().ready().isPresent()) {
            return "waits for " + task.spec().ready().get().probe().description();
        }
        return alone(task, running.attempt());
    }

    private String alone(Task task, Attempt attempt) {
        if (!attempt.alone()) {
            return "";
        }
        boolean fits =
                state.host()
                        .map(host -> host.availableBytes() - reserveBytes(state))
                        .map(free -> task.expected().bytes() - attempt.rssBytes() <= free)
                        .orElse(false);
        String short_ = fits && !state.stress().tight() ? "was short" : "is short";
        return switch (attempt.leave()) {
            case ASKED -> "goes on although memory " + short_ + ", as somebody asked";
            case WAITED -> "goes on although memory " + short_ + ", as waiting did not help";
            case NONE -> letIn(task, fits);
        };
    }

    private static String letIn(Task task, boolean fits) {
        return fits
                ? "may run on whatever memory is left"
                : "expects "
                        + ByteSize.format(task.expected().bytes())
                        + ", more than the host has free; runs alone";
    }

    private String stopping(Task task, TaskState.Stopping stopping) {
        String why =
                switch (stopping.cause()) {
                    case StopCause.User _ -> "";
                    case StopCause.Restart _ -> "restart: ";
                    case StopCause.Timeout(Duration limit) ->
                            "ran longer than " + Durations.format(limit) + ": ";
                    case StopCause.NotReady(Duration limit, String probe) ->
                            "not ready within " + Durations.format(limit) + ": ";
                    case StopCause.FailFast(String failed) -> failed + " failed: ";
                    case StopCause.LogFull(long limit, boolean _) ->
                            "wrote more than " + ByteSize.format(limit) + ": ";
                    case StopCause.Evicted(long usedBytes) ->
                            "memory is short, frees " + ByteSize.format(usedBytes) + ": ";
                    case StopCause.Agent(var _, String words) -> words + ": ";
                    case StopCause.Leftovers _ -> "ended, but left processes behind: ";
                };
        if (stopping.killed()) {
            return why + "SIGKILL sent";
        }
        long left = Math.max(0, stopping.killAt() - state.now());
        return why
                + "SIG"
                + task.spec().stop().signal()
                + " sent, SIGKILL in "
                + Durations.format(Duration.ofMillis(left));
    }

    /** What is promised to running tasks and not used yet, in bytes. */
    public long heldBytes() {
        return heldBytes;
    }

    /**
     * Why heavy work is held back or paused on the whole host, in words with figures; empty where
     * it is not.
     */
    public String pressure() {
        String memory = PressureWords.of(state);
        String io = PressureWords.ofIo(state);
        return memory.isEmpty() ? io : io.isEmpty() ? memory : memory + "; " + io;
    }

    /**
     * Whether the host is to be looked at several times a second: memory is short, or close to it
     * while something runs that could be paused.
     */
    public static boolean watchful(State state) {
        return state.stress().tight()
                || (!state.active().isEmpty()
                        && state.host().isPresent()
                        && state.host().get().availableBytes() < reserveBytes(state));
    }

    /** The memory that is never promised, in bytes. */
    public static long reserveBytes(State state) {
        return Ledger.reserveBytes(state);
    }
}
