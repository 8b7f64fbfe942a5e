package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a witness has seen of one attempt, written down from events and effects alone. */
final class Life {
    static final long NEVER = Long.MAX_VALUE;

    final AttemptId id;
    final Seen of;
    long spawnedAt;
    final boolean alone;
    long startedAt = NEVER;
    long readyAt = NEVER;
    long endedAt = NEVER;
    long stopAt = NEVER;
    long suspendedAt = NEVER;
    long suspended;
    long suspendedWell;

    /** When it was last let go on. */
    long resumedAt;

    long rssBytes;

    /** The most that it was seen to use, or that the kernel remembers. */
    long peakBytes;

    /** What the kernel remembers of its memory, once it has ended. */
    KernelMemory memory = KernelMemory.NONE;

    /** What is thought of it, where it is an agent's. */
    Optional<AgentEnding> agent = Optional.empty();

    /** Whether it runs although memory is short, so that nobody touches it for that. */
    boolean regardless;

    /** When it was last paused for memory. */
    long pausedForMemoryAt = NEVER;

    /** How much longer it may take to become ready, since nobody looked for a while. */
    long readyShift;

    /** Signals that were decided on and are not known to have been sent. */
    final List<Signal> owed = new ArrayList<>();

    boolean logFull;

    /** Whether others of its processes outlived the main one. */
    boolean leftovers;

    boolean killed;
    boolean released;
    boolean outputMatched;
    @Nullable ExitStatus exit;
    @Nullable StartFailure failure;

    /** What a witness has seen of one task. */
    static final class Seen {
        Event.NewTask task;

        /** How many attempts there had been when it was last started by somebody. */
        int attemptsBefore;

        int attempts;

        /** The newest attempt whose process has been seen to start. */
        int started;

        int repeats;

        /** How many attempts in a row have been ended to free memory. */
        int evictions;

        @Nullable Life last;

        /** What it needs, its names resolved. */
        List<ResolvedNeed> needs;

        Seen(Event.NewTask task, List<ResolvedNeed> needs) {
            this.task = task;
            this.needs = needs;
        }

        Seen copy() {
            Seen copy = new Seen(task, needs);
            copy.attemptsBefore = attemptsBefore;
            copy.attempts = attempts;
            copy.started = started;
            copy.repeats = repeats;
            copy.evictions = evictions;
            copy.last = last == null ? null : last.copy(copy);
            return copy;
        }

        /** It has outgrown what was expected. */
        void outgrown(long usedBytes) {
            MemoryEstimate was = task.expected();
            long bytes = Math.max(was.bytes(), usedBytes / 2 * 3);
            MemoryEstimate raised =
                    new MemoryEstimate(
                            bytes, MemorySource.RAISED, was.evidence(), was.kind(), was.endedAt());
            task = new Event.NewTask(task.id(), task.spec(), raised);
        }

        /** More is expected of it. */
        void raise(long bytes) {
            MemoryEstimate was = task.expected();
            MemoryEstimate raised =
                    new MemoryEstimate(
                            bytes,
                            MemorySource.RAISED,
                            was.evidence(),
                            was.kind(),
                            OptionalLong.of(last == null ? 0 : last.peakBytes));
            task = new Event.NewTask(task.id(), task.spec(), raised);
        }

        boolean job() {
            return task.spec().kind() != Kind.SERVICE;
        }

        /** Whether it counts as heavy under limits. */
        boolean heavy(Limits limits) {
            return task.spec().heavy().orElse(task.expected().bytes() >= limits.heavyFromBytes());
        }

        /** Its attempt that is not yet released. */
        Optional<Life> current() {
            return Optional.ofNullable(last).filter(life -> !life.released);
        }
    }

    Life(AttemptId id, Seen of, long spawnedAt, boolean alone) {
        this.id = id;
        this.of = of;
        this.spawnedAt = spawnedAt;
        this.alone = alone;
        this.regardless = alone;
    }

    Life copy(Seen owner) {
        Life copy = new Life(id, owner, spawnedAt, alone);
        copy.startedAt = startedAt;
        copy.readyAt = readyAt;
        copy.endedAt = endedAt;
        copy.stopAt = stopAt;
        copy.suspendedAt = suspendedAt;
        copy.suspended = suspended;
        copy.suspendedWell = suspendedWell;
        copy.resumedAt = resumedAt;
        copy.rssBytes = rssBytes;
        copy.peakBytes = peakBytes;
        copy.memory = memory;
        copy.agent = agent;
        copy.regardless = regardless;
        copy.pausedForMemoryAt = pausedForMemoryAt;
        copy.readyShift = readyShift;
        copy.owed.addAll(owed);
        copy.logFull = logFull;
        copy.leftovers = leftovers;
        copy.killed = killed;
        copy.released = released;
        copy.outputMatched = outputMatched;
        copy.exit = exit;
        copy.failure = failure;
        return copy;
    }

    /** It is started again: nothing of it has run. */
    void again(long at) {
        spawnedAt = at;
        startedAt = NEVER;
        readyAt = NEVER;
        suspendedAt = NEVER;
        suspended = 0;
        suspendedWell = 0;
        readyShift = 0;
        rssBytes = 0;
        peakBytes = 0;
        owed.clear();
    }

    /** Memory that it was promised and does not use. */
    long unused() {
        return Math.max(0, of.task.expected().bytes() - rssBytes);
    }

    /** When a time limit that began with its process is over; never while it is suspended. */
    long limitAt(Optional<Duration> limit) {
        return limit.isEmpty() || startedAt == NEVER || suspendedAt != NEVER
                ? NEVER
                : startedAt + suspended + limit.get().toMillis();
    }

    /** When it ended, for the books: the end that was told, else when the last of it was gone. */
    long endedAt(long now) {
        return leftovers || endedAt == NEVER ? now : endedAt;
    }

    /** When it must be ready. */
    long readyLimit() {
        long limit = limitAt(of.task.spec().ready().map(Readiness::timeout));
        return limit == NEVER ? NEVER : limit + readyShift;
    }

    boolean ready() {
        return of.task.spec().ready().isPresent() ? readyAt != NEVER : startedAt != NEVER;
    }

    /** How long it was well: ready, not suspended, and not being stopped. */
    long wellMillis() {
        if (!ready()) {
            return 0;
        }
        long from = of.task.spec().ready().isPresent() ? readyAt : startedAt;
        long until = Math.min(Math.min(endedAt, stopAt), Math.max(suspendedAt, from));
        return until - from - suspendedWell;
    }

    void started(long at) {
        startedAt = Math.min(startedAt, at);
        of.started = Math.max(of.started, id.number());
    }

    /** How it ended, as far as nobody stopped it. */
    Outcome natural() {
        if (failure != null) {
            return new Outcome.NotStarted(failure);
        }
        boolean well =
                agent.map(each -> each.verdict().good())
                        .orElse(new ExitStatus.Code(0).equals(exit));
        if (memory.outOfMemory() && !well) {
            return new Outcome.OutOfMemory(peakBytes, memory.limitBytes());
        }
        if (agent.isPresent()) {
            return new Outcome.AgentEnded(
                    agent.get().verdict(),
                    agent.get().why(),
                    exit instanceof ExitStatus.Code(int code)
                            ? OptionalInt.of(code)
                            : OptionalInt.empty());
        }
        return switch (exit) {
            case ExitStatus.Code(int code) ->
                    code == 0 ? new Outcome.Succeeded() : new Outcome.ExitedWith(code);
            case ExitStatus.Signaled(int signal) -> new Outcome.DiedOf(signal);
            case ExitStatus.Unknown(String why) -> new Outcome.Lost(why);
            case null -> throw new Broken(Rule.ENDS_ONCE, id + " was settled, but has not ended");
        };
    }

    /** Whether it had not ended by itself when it was killed to free memory. */
    boolean evicted() {
        if (agent.isPresent()) {
            return !agent.get().verdict().good();
        }
        return !(exit instanceof ExitStatus.Code(int code) && code != 137)
                && !(exit instanceof ExitStatus.Signaled(int signal)
                        && signal != 9
                        && !memory.outOfMemory());
    }

    /** What its task is expected to need after it was ended for want of memory. */
    long raisedBytes() {
        return Math.max(of.task.expected().bytes(), peakBytes / 2 * 3);
    }

    /** How it ended, given why it was being stopped, if it was. */
    Outcome outcome(@Nullable StopCause cause) {
        return switch (cause) {
            case null -> natural();
            case StopCause.LogFull(long limit, boolean byChoice) ->
                    new Outcome.LogFull(limit, byChoice);
            case StopCause.Leftovers _, StopCause.Agent _ -> natural();
            case StopCause.User _ -> new Outcome.Stopped("stopped");
            case StopCause.Restart _ -> new Outcome.Stopped("stopped for a restart");
            case StopCause.FailFast(String failed) ->
                    new Outcome.Stopped("stopped because " + failed + " failed");
            case StopCause.Timeout(Duration limit) -> new Outcome.TimedOut(limit);
            case StopCause.NotReady(Duration limit, String probe) ->
                    new Outcome.NotReady(limit, probe);
            case StopCause.Evicted(long usedBytes) ->
                    evicted() ? new Outcome.Evicted(usedBytes, raisedBytes()) : natural();
        };
    }
}
