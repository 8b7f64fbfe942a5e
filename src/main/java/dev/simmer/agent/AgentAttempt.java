package dev.simmer.agent;

import dev.simmer.agent.report.Worktree;
import dev.simmer.agent.runner.ToolCheck;
import dev.simmer.agent.stream.Tally;
import dev.simmer.agent.stream.TranscriptLine;
import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an agent. What is asked of it goes through one line and what happens to it through
 * another, each in its order; a third thread reads its output while it runs. So a kill is never
 * behind a report that is being written, and the end is told when that is done.
 */
final class AgentAttempt {
    /** Readings of an output that may be broken off before it is left alone. */
    private static final int MOST_READINGS = 5;

    private final AgentLaunch agent;
    private final Surroundings surroundings;
    private final Line asks;
    private final Line news;
    private volatile Optional<Stop> stop = Optional.empty();
    private volatile boolean endWanted;
    private volatile boolean paused;

    /** For the line of news alone. */
    private @Nullable Watching watching;

    /** What all attempts share. */
    interface Surroundings {
        Processes inner();

        Processes.Listener outer();

        /** The folder that worktrees are made in. */
        Path worktrees();

        AgentTiming timing();

        Executor threads();

        /** Whether nothing may be begun or told any more. */
        boolean closed();

        /** Knows the attempt no more, so that it can be started. */
        void forget(AttemptId attempt);
    }

    AgentAttempt(AgentLaunch agent, Surroundings surroundings) {
        this.agent = agent;
        this.surroundings = surroundings;
        this.asks = new Line(surroundings.threads());
        this.news = new Line(surroundings.threads());
    }

    private AttemptId id() {
        return agent.launch().id();
    }

    private Processes inner() {
        return surroundings.inner();
    }

    private Processes.Listener outer() {
        return surroundings.outer();
    }

    // What is asked of it.

    void spawn() {
        asks.add(this::start);
    }

    void adopt(boolean sameBoot) {
        asks.add(() -> inner().adopt(agent.own(memo().worktree()), sameBoot));
    }

    /** Has something asked of its processes, behind all that was asked before. */
    void ask(Runnable question) {
        asks.add(question);
    }

    void signal(Signal signal) {
        switch (signal) {
            case STOP -> paused(true);
            case CONT -> paused(false);
            case TERM, INT, KILL, HUP, QUIT -> endWanted = true;
            case USR1, USR2 -> {}
        }
        asks.add(() -> inner().signal(id(), signal));
    }

    private void paused(boolean value) {
        paused = value;
        asks.add(() -> {
            try {
                agent.folder().paused(value);
            } catch (IOException e) {
                // Then a later engine counts its silence while it stands still.
                return;
            }
        });
    }

    void kill() {
        endWanted = true;
        asks.add(() -> inner().kill(id()));
    }

    void stopping(StopCause cause) {
        Stop.of(cause).ifPresent(why -> stop = Optional.of(why));
    }

    private void start() {
        if (surroundings.closed()) {
            return;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        outer().progress(id(), progress(now).starting("preparing"));
        Preparing.Result result =
                new Preparing(agent, surroundings.worktrees(), surroundings.timing()).prepare();
        if (surroundings.closed()) {
            // The next engine finds what was prepared.
            return;
        }
        switch (result) {
            case Preparing.Result.Refused(String words) -> refuse(words);
            case Preparing.Result.Ready(var launch) -> {
                if (endWanted) {
                    refuse(notBegun());
                } else {
                    inner().spawn(launch);
                }
            }
        }
    }

    private void refuse(String words) {
        startFailed(new StartFailure(StartFailure.Cause.OTHER, words));
    }

    private String notBegun() {
        return stop.map(each -> each.why().words() + each.addition()).orElse("Simmer ended")
                + "; its program had not been started";
    }

    private Progress progress(Instant now) {
        return Progress.of(agent, surroundings.timing(), now);
    }

    private RunMemo memo() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return agent.folder().memo().flatMap(RunMemo::parse).orElseGet(() -> RunMemo.begun(now));
    }

    // What happens to it.

    /** Has something told, behind all that happened before. */
    void tell(Runnable event) {
        news.add(() -> {
            if (!surroundings.closed()) {
                event.run();
            }
        });
    }

    void started(long pid) {
        tell(() -> {
            outer().started(id(), pid);
            watch();
        });
    }

    void adopted() {
        tell(() -> {
            outer().adopted(id());
            paused = paused || agent.folder().paused();
            watch();
        });
    }

    void startFailed(StartFailure failure) {
        tell(() -> {
            AgentEnding _ = settleUnstarted("it could not be started: " + failure.text());
            outer().startFailed(id(), failure);
        });
    }

    /** It may be started anew: until then it counts as failed, in case nobody does that. */
    void neverBegan() {
        tell(() -> {
            AgentEnding _ = settleUnstarted(notBegun());
            surroundings.forget(id());
            outer().neverBegan(id());
        });
    }

    void exited(Ending ending) {
        Optional<Stop> why = stop;
        Instant at = ending.endedAt().orElseGet(Instant::now);
        tell(() -> {
            AgentEnding settled =
                    settle(
                            new RunEnd.Exited(ending.status(), why, ending.outOfMemory(), at),
                            ending.leftovers() > 0);
            if (!surroundings.closed()) {
                outer().exited(id(), ending.of(settled));
            }
        });
    }

    void gone() {
        tell(() -> {
            endWorktree();
            outer().gone(id());
        });
    }

    /** Ends the thread that watches it, if one does. */
    void release() {
        news.add(this::unwatch);
    }

    private void watch() {
        if (watching == null && !surroundings.closed()) {
            watching =
                    new Watching(
                            agent,
                            surroundings,
                            progress(Instant.now().truncatedTo(ChronoUnit.MILLIS)),
                            () -> paused,
                            memo().notes(),
                            follower());
            surroundings.threads().execute(watching);
        }
    }

    private void unwatch() {
        if (watching != null) {
            watching.end();
            watching.follower().close();
            watching = null;
        }
    }

    private AgentEnding settle(RunEnd.Exited end, boolean alive) {
        Watching watched = watching;
        if (watched != null) {
            watched.end();
        }
        try {
            Optional<AgentEnding> before = Settling.before(agent.folder());
            if (before.isPresent()) {
                if (!alive) {
                    endWorktree();
                }
                return before.get();
            }
            Follower follower = watched == null ? follower() : watched.follower();
            try (follower) {
                follower.finish(end.status());
                agent.folder().readingEnded();
                RunEnd.Exited judged = end.stop().isPresent() ? end : withTools(end, follower);
                RunMemo noted = memo().noting(follower.fault().stream().toList());
                AgentEnding settled =
                        Gate.SETTLING.through(() ->
                                new Settling(agent, surroundings.timing(), noted)
                                        .settle(
                                                judged,
                                                follower.tally(),
                                                follower.transcript().lastLines(),
                                                alive));
                follower.transcript().add(List.of(lastLine(settled, judged.stop())));
                return settled;
            }
        } catch (RuntimeException e) {
            return unsettled(end, e);
        } finally {
            watching = null;
        }
    }

    /** One that had ended before it could be stopped for its tools is judged like one that was. */
    private RunEnd.Exited withTools(RunEnd.Exited end, Follower follower) {
        return follower.started()
                .flatMap(each -> ToolCheck.mismatch(agent.planned().tools(), each))
                .map(words ->
                        new RunEnd.Exited(
                                end.status(),
                                Optional.of(new Stop(AgentStop.TOOLS, words)),
                                end.outOfMemory(),
                                end.at()))
                .orElse(end);
    }

    private static TranscriptLine lastLine(AgentEnding settled, Optional<Stop> stop) {
        if (stop.map(Stop::why).filter(AgentStop.ASKED::equals).isPresent()) {
            // It has not failed for those who asked for it.
            return new TranscriptLine(TranscriptLine.Sort.NOTICE, settled.why());
        }
        return new TranscriptLine(
                settled.verdict().good() ? TranscriptLine.Sort.END : TranscriptLine.Sort.END_FAILED,
                settled.verdict().word().replace('-', ' ') + ": " + settled.why());
    }

    /** What ended the reader again and again is not read once more. */
    private Follower follower() {
        TranscriptFile transcript = TranscriptFile.open(agent.folder().transcript());
        String runner = agent.planned().runner();
        return agent.folder().readingBegun() > MOST_READINGS
                ? Follower.blind(
                        runner,
                        transcript,
                        "its output is not looked at: Simmer ended "
                                + MOST_READINGS
                                + " times while it read it")
                : new Follower(agent.launch().log(), runner, transcript);
    }

    private AgentEnding settleUnstarted(String words) {
        RunEnd end = new RunEnd.NotStarted(words, Instant.now());
        try {
            unwatch();
            return new Settling(agent, surroundings.timing(), new Earlier(agent).noted(unclaimed()))
                    .settle(end, Tally.NONE, List.of(), false);
        } catch (RuntimeException e) {
            return unsettled(end, e);
        }
    }

    /** A mistake of Simmer's: the end is told all the same. */
    private AgentEnding unsettled(RunEnd end, RuntimeException mistake) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, mistake);
        return progress(end.at())
                .ended(
                        Tally.NONE,
                        AgentVerdict.FAILED,
                        "it could not be settled (" + mistake + ")",
                        Optional.empty(),
                        Optional.empty(),
                        end.at().truncatedTo(ChronoUnit.MILLIS),
                        List.of());
    }

    /** What was prepared, a worktree given up that was begun and in which nothing will work. */
    private RunMemo unclaimed() {
        RunMemo memo = memo();
        if (memo.claimed().isEmpty()) {
            return memo;
        }
        boolean gone = memo.claimed().get().abandon();
        RunMemo rest =
                memo.claiming(Optional.empty())
                        .noting(
                                gone
                                        ? List.of()
                                        : List.of(
                                                "a worktree that was begun is left at "
                                                        + memo.claimed().get().folder()));
        try {
            // Its place may be another one's from now on.
            agent.folder().memo(rest.text());
        } catch (IOException e) {
            return rest.noting(List.of("what was prepared could not be written down: " + e));
        }
        return rest;
    }

    private void endWorktree() {
        memo().worktree().ifPresent(Worktree::end);
    }
}
