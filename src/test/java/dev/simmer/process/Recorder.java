package dev.simmer.process;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps what a {@link Processes} tells, and waits for it. Safe for all threads. */
final class Recorder implements Processes.Listener {
    private static final long LIMIT_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Told> told = new ArrayList<>();

    sealed interface Told {
        AttemptId attempt();

        record Started(AttemptId attempt, long pid) implements Told {}

        record StartFailed(AttemptId attempt, StartFailure failure) implements Told {}

        record Ready(AttemptId attempt) implements Told {}

        record Exited(AttemptId attempt, Ending ending) implements Told {
            ExitStatus status() {
                return ending.status();
            }

            int leftovers() {
                return ending.leftovers();
            }

            Optional<Instant> endedAt() {
                return ending.endedAt();
            }
        }

        record Adopted(AttemptId attempt) implements Told {}

        record NeverBegan(AttemptId attempt) implements Told {}

        record Signalled(AttemptId attempt, Signal signal) implements Told {}

        record LogFull(AttemptId attempt, boolean byChoice) implements Told {}

        record NotIsolated(AttemptId attempt, String why) implements Told {}

        record Gone(AttemptId attempt) implements Told {}
    }

    @Override
    public void started(AttemptId attempt, long pid) {
        add(new Told.Started(attempt, pid));
    }

    @Override
    public void startFailed(AttemptId attempt, StartFailure failure) {
        add(new Told.StartFailed(attempt, failure));
    }

    @Override
    public void ready(AttemptId attempt) {
        add(new Told.Ready(attempt));
    }

    @Override
    public void adopted(AttemptId attempt) {
        add(new Told.Adopted(attempt));
    }

    @Override
    public void neverBegan(AttemptId attempt) {
        add(new Told.NeverBegan(attempt));
    }

    @Override
    public void signalled(AttemptId attempt, Signal signal) {
        add(new Told.Signalled(attempt, signal));
    }

    @Override
    public void logFull(AttemptId attempt, boolean byChoice) {
        add(new Told.LogFull(attempt, byChoice));
    }

    @Override
    public void exited(AttemptId attempt, Ending ending) {
        add(new Told.Exited(attempt, ending));
    }

    @Override
    public void notIsolated(AttemptId attempt, String why) {
        add(new Told.NotIsolated(attempt, why));
    }

    @Override
    public void progress(AttemptId attempt, AgentRun run) {}

    @Override
    public void agentStop(AttemptId attempt, AgentStop why, String words) {}

    @Override
    public void gone(AttemptId attempt) {
        add(new Told.Gone(attempt));
    }

    private void add(Told event) {
        lock.lock();
        try {
            told.add(event);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<Told> all() {
        lock.lock();
        try {
            return List.copyOf(told);
        } finally {
            lock.unlock();
        }
    }

    /** The first event of a sort that an attempt has had or will have. */
    <T extends Told> T await(Class<T> sort, AttemptId attempt) {
        return sort.cast(
                await(event -> sort.isInstance(event) && event.attempt().equals(attempt), sort));
    }

    /** Waits until a signal has been sent to an attempt. */
    void awaitSignalled(AttemptId attempt, Signal signal) {
        Told wanted = new Told.Signalled(attempt, signal);
        await(wanted::equals, wanted);
    }

    private Told await(Predicate<Told> wanted, Object what) {
        long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        lock.lock();
        try {
            while (true) {
                for (Told event : told) {
                    if (wanted.test(event)) {
                        return event;
                    }
                }
                if (left <= 0) {
                    throw new AssertionError("no " + what + " among " + told);
                }
                left = more.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until an attempt has exited and all of it is gone. */
    Told.Exited awaitEnd(AttemptId attempt) {
        Told.Exited exited = await(Told.Exited.class, attempt);
        if (exited.leftovers() > 0) {
            await(Told.Gone.class, attempt);
        }
        return exited;
    }
}
