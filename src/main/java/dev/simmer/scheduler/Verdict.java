package dev.simmer.scheduler;

import dev.simmer.model.Limits;

/** Whether a queued task may start now, and if not, what it waits for. */
public sealed interface Verdict {
    /**
     * It may start.
     *
     * @param alone whether it does not fit and is let in because nothing else runs
     */
    record Admitted(boolean alone) implements Verdict {}

    /** It may not start yet. */
    sealed interface Held extends Verdict {}

    /** The host has not been looked at yet. */
    record HostUnknown() implements Held {}

    /**
     * It is not known yet what runs.
     *
     * @param left how many tasks of an earlier engine have not been found again yet
     */
    record Adopting(int left) implements Held {}

    /**
     * All places are taken.
     *
     * @param parallel how many there are
     * @param running how many tasks run; where that is less, the others are kept for tasks that
     *     have waited longer
     */
    record NoPlace(int parallel, int running) implements Held {}

    /**
     * All places for heavy tasks are taken.
     *
     * @param heavy how many there are
     * @param holders who has them, or is to have the next one
     */
    record NoHeavyPlace(int heavy, String holders) implements Held {}

    /** Another task holds a lock. */
    record Locked(String lock, String holder) implements Held {}

    /** A lock is free, or will be, but another task that has waited for long gets it first. */
    record LockKept(String lock, String keptFor) implements Held {}

    /**
     * There is not enough memory.
     *
     * @param needed bytes that the task is expected to need
     * @param free bytes that could be promised now; negative when too much is promised
     * @param held bytes that are promised to running tasks and not yet used
     * @param holders the tasks that most is held for
     */
    record NoMemory(long needed, long free, long held, String holders) implements Held {}

    /** There would be memory, but it is kept for a task that has waited for long. */
    record MemoryKept(long needed, String keptFor) implements Held {}

    /**
     * It is too big for the host, so it runs when nothing else does.
     *
     * @param needed bytes that the task is expected to need
     * @param capacity bytes that could be promised on an idle host
     * @param running how many tasks must end first
     */
    record TooBig(long needed, long capacity, int running) implements Held {}

    /**
     * It was ended to free memory again and again, so it runs when nothing else does.
     *
     * @param times how often in a row
     * @param running how many tasks must end first
     */
    record EvictedOften(int times, int running) implements Held {}

    /**
     * It is heavy, and nothing heavy starts while the host is under pressure.
     *
     * @param why the pressure in words with figures
     */
    record UnderPressure(String why) implements Held {}

    /** What a workspace's limits leave for tasks at most, on an idle host. */
    static long capacity(HostReading host, Limits limits) {
        return host.totalBytes() - limits.reserve().bytes(host.totalBytes());
    }
}
