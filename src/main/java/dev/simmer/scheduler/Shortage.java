package dev.simmer.scheduler;

import dev.simmer.model.TaskId;
import java.util.OptionalLong;

/**
 * How short memory is at one look at the host, by the thresholds that {@link Pressure} tells of.
 *
 * @param state what is so at the look, which it knows already
 * @param host the look
 * @param reserve what is never promised, in bytes
 */
record Shortage(State state, HostReading host, long reserve) {
    private static final double STALL_TIGHT = 0.20;
    private static final double STALL_TIGHT_RECENT = 0.10;
    private static final double STALL_CALM = 0.05;
    private static final double STALL_CRITICAL = 0.40;
    private static final double IO_TIGHT = 0.40;
    private static final double IO_CALM = 0.20;
    private static final long SHORTEST_SLOPE_MILLIS = 50;
    private static final long LONGEST_SLOPE_MILLIS = 3_000;
    private static final long SURE_SLOPE_MILLIS = 400;

    /**
     * What is remembered after a look at the host.
     *
     * @param before the state before the look, with what was remembered until then
     */
    Stress measured(State before) {
        Stress was = before.stress();
        long now = state.now();
        long fall = fall(before);
        long sure = sureFall(was, fall, now);
        boolean falling = host.availableBytes() - sure < reserve / 4 && sure > 0;
        boolean calm =
                host.availableBytes() >= reserve - reserve / 4
                        && host.memoryStall().recent() < STALL_CALM
                        && !falling;
        OptionalLong calmSince = since(calm, was.calmSince(), now);
        boolean tight =
                was.tight()
                        ? calmSince.isEmpty() || now - calmSince.getAsLong() < Pressure.CALM_MILLIS
                        : falling || acute() || (!calm && !Pressure.paused(state).isEmpty());
        double io = host.ioStall().avg10();
        return new Stress(
                since(tight, was.tightSince(), now),
                calmSince,
                since(critical(), was.criticalSince(), now),
                since(bare(), was.bareSince(), now),
                was.ioStalled() ? io >= IO_CALM : io > IO_TIGHT,
                now,
                fall,
                falling,
                was.pausedAt(),
                was.resumedAt(),
                was.evictedAt(),
                was.stepBytes());
    }

    private static OptionalLong since(boolean is, OptionalLong since, long now) {
        return !is ? OptionalLong.empty() : since.isPresent() ? since : OptionalLong.of(now);
    }

    /** Whether less than half the reserve is available, or much waits for memory. */
    boolean acute() {
        return host.availableBytes() < reserve / 2
                || (host.memoryStall().avg10() > STALL_TIGHT
                        && host.memoryStall().recent() > STALL_TIGHT_RECENT);
    }

    /** Whether so little is available that who goes on might meet the kernel's killer. */
    boolean bare() {
        return host.availableBytes() < reserve / 4;
    }

    private boolean critical() {
        return host.availableBytes() < reserve / 8 || host.memoryStall().recent() > STALL_CRITICAL;
    }

    /**
     * By how much available memory falls in a second if all goes on as since the look before. A
     * task is taken to stop growing where it is expected to, as long as it is not beyond that.
     */
    private long fall(State before) {
        long time = state.now() - before.stress().lookedAt();
        if (time < SHORTEST_SLOPE_MILLIS) {
            return before.stress().fallBytes();
        }
        if (time > LONGEST_SLOPE_MILLIS || before.host().isEmpty()) {
            return 0;
        }
        long others = before.host().get().availableBytes() - host.availableBytes();
        long ours = 0;
        for (TaskId id : state.active()) {
            Task task = state.task(id);
            long used = task.usedBytes();
            long grown = used - before.task(id).usedBytes();
            others -= grown;
            if (grown > 0) {
                long more = grown * 1_000 / time;
                ours += used > task.expected().bytes() ? more : Math.min(more, task.unusedBytes());
            }
        }
        return Math.max(0, others) * 1_000 / time + ours;
    }

    /** Between two looks close together memory jumps: it must be seen to fall twice. */
    private long sureFall(Stress was, long fall, long now) {
        return now - was.lookedAt() < SURE_SLOPE_MILLIS ? Math.min(was.fallBytes(), fall) : fall;
    }
}
