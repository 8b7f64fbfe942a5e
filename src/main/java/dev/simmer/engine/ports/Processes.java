package dev.simmer.engine.ports;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopCause;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Attempts as operating-system processes. Every method but {@link #outputMatches} returns at once
 * and is safe for all threads; what comes of it is told to the {@link Listener}. What is asked of
 * one attempt is done in the order in which it was asked, also when it was asked before the attempt
 * has started.
 */
public interface Processes extends AutoCloseable {
    /** Starts an attempt: {@link Listener#started} or {@link Listener#startFailed} follows. */
    void spawn(Launch launch);

    /**
     * Takes up an attempt that an engine before this one has started, or meant to: {@link
     * Listener#adopted}, {@link Listener#neverBegan} or {@link Listener#exited} follows. What lives
     * is known by process id and start time together, so no stranger is ever taken for it.
     *
     * @param launch as it was for {@link #spawn}
     * @param sameBoot whether the machine has not been started anew since; else nothing of the
     *     attempt can live
     */
    void adopt(Launch launch, boolean sameBoot);

    /**
     * Sends a signal to every process of the attempt, {@link Listener#signalled} once that is done;
     * nothing where none is left.
     */
    void signal(AttemptId attempt, Signal signal);

    /**
     * Sends SIGKILL to every process of the attempt, wherever it has gone, until none is left.
     * {@link Listener#exited} follows where it has not yet been told, and {@link Listener#gone}
     * where that told of leftovers.
     */
    void kill(AttemptId attempt);

    /**
     * Says why the attempt is being stopped; comes before the first signal that is sent for it, and
     * again after {@link #adopt}.
     */
    default void stopping(AttemptId attempt, StopCause cause) {}

    /** Looks at the attempt until the probe passes ({@link Listener#ready}) or the attempt ends. */
    void probe(AttemptId attempt, Readiness.Probe probe);

    /**
     * Writes to the standard input of an attempt that takes input.
     *
     * @return why that could not be done; empty when all of it has been written
     */
    CompletableFuture<Optional<String>> input(AttemptId attempt, String text);

    /** Removes a task's folder with the run folders in it, following no link. */
    void discard(Path taskFolder);

    /**
     * Forgets an attempt that has ended and removes its TMPDIR.
     *
     * @param keepTmp whether the TMPDIR stays
     */
    void release(AttemptId attempt, boolean keepTmp);

    /**
     * Whether the end of an ended attempt's output (the last MiB) has a line that matches. Reads a
     * file: not for the engine's thread. False where the file cannot be read.
     */
    boolean outputMatches(AttemptId attempt, Pattern pattern);

    /** Ends the threads that watch. The processes go on. */
    @Override
    void close();

    /** Is told what happens; called by any thread, must return quickly. */
    interface Listener {
        /**
         * The attempt's processes have been started.
         *
         * @param pid what stands for the attempt until the main process is known: the shim's
         *     process id
         */
        void started(AttemptId attempt, long pid);

        /** The attempt could not be started; nothing of it is left. */
        void startFailed(AttemptId attempt, StartFailure failure);

        /** The attempt's probe has passed. */
        void ready(AttemptId attempt);

        /**
         * The attempt's main process has ended.
         *
         * @param ending how; where it tells of leftovers, {@link #gone} follows once none is left
         */
        void exited(AttemptId attempt, Ending ending);

        /** The attempt was found alive, and is watched again. */
        void adopted(AttemptId attempt);

        /** The attempt was never started: no process of it exists or did. */
        void neverBegan(AttemptId attempt);

        /** A signal has been sent, or there was nothing left to send it to. */
        void signalled(AttemptId attempt, Signal signal);

        /**
         * The attempt's output has outgrown its limit, and is to be stopped for it.
         *
         * @param byChoice whether the task asks for that; else the file system cannot give back the
         *     oldest part
         */
        void logFull(AttemptId attempt, boolean byChoice);

        /**
         * The attempt was to have a control group of its own, and runs or ran without one.
         *
         * @param why in words for people
         */
        void notIsolated(AttemptId attempt, String why);

        /** More is known of what an agent does. */
        void progress(AttemptId attempt, AgentRun run);

        /**
         * An agent has gone beyond what it may, and is to be stopped for it.
         *
         * @param words what it did, with figures
         */
        void agentStop(AttemptId attempt, AgentStop why, String words);

        /** The last of the leftovers has ended. */
        void gone(AttemptId attempt);
    }
}
