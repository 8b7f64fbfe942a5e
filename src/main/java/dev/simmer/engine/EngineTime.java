package dev.simmer.engine;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.ClockMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine's time: milliseconds that never go back and go on from engine to engine, also when the
 * machine is started anew. Goes with the machine's monotonic clock while the machine runs; from one
 * start of the machine to the next it goes on by what the time of day says.
 *
 * <p>A mark says how this time stood to the clocks at one moment. A new one is made where the time
 * of day has moved against it: the machine was suspended, its clock was set, or it was started
 * anew. So the time of day of any moment of the past can be told by the mark before it. For one
 * thread.
 */
final class EngineTime {
    /** Smaller moves are those of a clock that is kept right. */
    private static final long MOVED_MILLIS = 1_000;

    private final Clock clock;
    private final String boot;
    private final List<ClockMark> marks = new ArrayList<>();
    private long offset;

    /** A time that begins now, at 0. */
    EngineTime(Clock clock) {
        this.clock = clock;
        this.boot = clock.boot();
        this.offset = -clock.millis();
        look();
    }

    /**
     * Goes on where another engine was.
     *
     * @param saved its marks, oldest first
     * @param atLeast the newest moment that it is known to have seen
     */
    void goOn(List<ClockMark> saved, long atLeast) {
        if (saved.isEmpty()) {
            return;
        }
        long millis = clock.millis();
        ClockMark last = saved.getLast();
        long passed =
                last.boot().equals(boot)
                        ? millis - last.clockMillis()
                        : clock.wall().toEpochMilli() - last.wallMillis();
        offset = Math.max(last.engineMillis() + Math.max(0, passed), atLeast) - millis;
        marks.clear();
        marks.addAll(saved);
        look();
    }

    long now() {
        return clock.millis() + offset;
    }

    /** The newest mark. */
    ClockMark mark() {
        return marks.getLast();
    }

    /** Makes a mark where the clocks have moved against one another since the newest one. */
    void look() {
        long millis = clock.millis();
        long wall = clock.wall().toEpochMilli();
        long engine = millis + offset;
        if (!marks.isEmpty() && marks.getLast().boot().equals(boot)) {
            long moved = wall - engine - (mark().wallMillis() - mark().engineMillis());
            if (Math.abs(moved) <= MOVED_MILLIS) {
                return;
            }
        }
        marks.add(new ClockMark(boot, engine, millis, wall));
    }

    /** The time of day at a moment. */
    Instant wall(long at) {
        ClockMark mark = marks.getFirst();
        for (int i = marks.size() - 1; i > 0; i--) {
            if (marks.get(i).engineMillis() <= at) {
                mark = marks.get(i);
                break;
            }
        }
        return Instant.ofEpochMilli(mark.wallMillis() + at - mark.engineMillis());
    }

    /** The moment at a time of day that is past; where two fit, the later one. */
    long at(Instant day) {
        long wall = day.toEpochMilli();
        long next = now();
        for (int i = marks.size() - 1; i >= 0; i--) {
            ClockMark mark = marks.get(i);
            if (mark.wallMillis() <= wall || i == 0) {
                return Math.min(mark.engineMillis() + wall - mark.wallMillis(), next);
            }
            next = mark.engineMillis();
        }
        return next;
    }

    /** Whether a moment lies in the time since the machine was started. */
    boolean sinceBoot(long at) {
        long since = now();
        for (int i = marks.size() - 1; i >= 0 && marks.get(i).boot().equals(boot); i--) {
            since = marks.get(i).engineMillis();
        }
        return at >= since;
    }
}
