package dev.simmer.agent;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Reads the output of an agent that runs, and tells what it does and when it goes too far. Made and
 * ended by one thread, run by another.
 */
final class Watching implements Runnable {
    private final AttemptId id;
    private final Path log;
    private final AgentAttempt.Surroundings surroundings;
    private final Progress progress;
    private final BooleanSupplier paused;
    private final List<String> notes;
    private final Follower follower;
    private final AgentFolder folder;
    private final Bounds bounds;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;

    /**
     * @param paused whether its processes are stopped, so that it cannot say anything
     * @param notes what went wrong before
     * @param follower at the beginning of its output
     */
    Watching(
            AgentLaunch agent,
            AgentAttempt.Surroundings surroundings,
            Progress progress,
            BooleanSupplier paused,
            List<String> notes,
            Follower follower) {
        this.id = agent.launch().id();
        this.log = agent.launch().log();
        this.surroundings = surroundings;
        this.progress = progress;
        this.paused = paused;
        this.notes = notes;
        this.follower = follower;
        this.folder = agent.folder();
        this.bounds =
                new Bounds(
                        agent.planned().tools(),
                        agent.planned().limits(),
                        surroundings.timing().linger());
    }

    /** Whose it is after {@link #end}: the caller's. */
    Follower follower() {
        return follower;
    }

    /** Ends it, and waits until it has. */
    void end() {
        ended = true;
        wake.release();
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            follow();
        } catch (InterruptedException e) {
            // Nobody interrupts it but a virtual machine that ends.
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    /**
     * When something was last said, by the time at which its output was last written to.
     *
     * @param now in nanoseconds by the clock that goes on evenly, as the result
     */
    private long lastWord(long now) {
        try {
            Instant written = Files.getLastModifiedTime(log).toInstant();
            Duration ago = Duration.between(written, Instant.now());
            return ago.isNegative() ? now : now - ago.toNanos();
        } catch (IOException | ArithmeticException e) {
            // There is no output yet.
            return now;
        }
    }

    private void follow() throws InterruptedException {
        AgentTiming timing = surroundings.timing();
        long said = lastWord(System.nanoTime());
        long toldAt = System.nanoTime() - timing.progress().toNanos();
        Optional<AgentRun> told = Optional.empty();
        boolean stopTold = false;
        Optional<String> otherTools = Optional.empty();
        boolean caughtUp = false;
        boolean wasOver = false;
        while (!ended && !surroundings.closed()) {
            boolean more = follower.look();
            if (more) {
                otherTools = bounds.otherTools(follower.started());
            } else if (!caughtUp) {
                folder.readingEnded();
            }
            long now = System.nanoTime();
            boolean over = follower.tally().ended().isPresent();
            // After its end it does not matter what it says.
            if (paused.getAsBoolean() || (over ? !wasOver : more)) {
                // What is read at first may have been said long before an engine came back.
                said = paused.getAsBoolean() || caughtUp ? now : lastWord(now);
            }
            caughtUp = caughtUp || !more;
            wasOver = over;
            Duration quiet = Duration.ofNanos(now - said);
            AgentRun run =
                    progress.now(
                            follower.tally(),
                            quiet,
                            Instant.now().truncatedTo(ChronoUnit.MILLIS),
                            notes);
            boolean due = now - toldAt >= timing.progress().toNanos();
            if (due && !told.equals(Optional.of(run))) {
                surroundings.outer().progress(id, run);
                told = Optional.of(run);
                toldAt = now;
            }
            Optional<Stop> beyond =
                    stopTold
                            ? Optional.empty()
                            : bounds.beyond(follower.tally(), otherTools, quiet, Instant.now());
            if (beyond.isPresent()) {
                stopTold = true;
                surroundings.outer().agentStop(id, beyond.get().why(), beyond.get().words());
            }
            boolean _ = wake.tryAcquire(timing.look().toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
