package dev.simmer.tui.model;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Observed.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which part of the past the timeline shows. Immutable.
 *
 * @param span how long a time is shown
 * @param back by how much its end lies before now
 */
public record Timeline(Duration span, Duration back) {
    /** The last five minutes. */
    static final Timeline OPENING = new Timeline(Duration.ofMinutes(5), Duration.ZERO);

    private static final List<Duration> SPANS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(20),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Duration.ofHours(12));

    private static final Duration OLDEST = Duration.ofDays(2);

    /** What a cell of the chart says; a later one outweighs an earlier one in the same cell. */
    public enum Did {
        NOTHING,
        WAITED,
        RESTED,
        NOT_READY,
        RAN,
        PAUSED,
        /** A later attempt than the first began, and no failure was why. */
        STARTED_AGAIN,
        ENDED_BADLY,
        WANTED_YOU
    }

    /** The same with a longer or shorter span. */
    Timeline zoomed(int by) {
        int at = Math.clamp(SPANS.indexOf(span) + (long) by, 0, SPANS.size() - 1);
        return new Timeline(SPANS.get(at), back);
    }

    /** The same, a quarter of the span further back, or forth where it is negative. */
    Timeline moved(int quarters) {
        Duration to = back.plus(span.dividedBy(4).multipliedBy(quarters));
        Duration most = OLDEST;
        return new Timeline(
                span, to.isNegative() ? Duration.ZERO : to.compareTo(most) > 0 ? most : to);
    }

    /**
     * Where the chart ends: at a border between cells, so that it moves by whole cells.
     *
     * @param cells columns of the chart
     */
    public Instant end(Instant now, int cells) {
        long cell = cellMillis(cells);
        long at = now.minus(back).toEpochMilli();
        return Instant.ofEpochMilli(Math.ceilDiv(at, cell) * cell);
    }

    /** How long a cell is. */
    public long cellMillis(int cells) {
        return Math.max(1, span.toMillis() / Math.max(1, cells));
    }

    /** What a task did, cell by cell from left to right. */
    public Did[] row(TaskView task, Observed seen, Instant now, int cells) {
        Did[] row = new Did[cells];
        Arrays.fill(row, Did.NOTHING);
        Painter painter = new Painter(row, end(now, cells).toEpochMilli(), cellMillis(cells));
        List<Stretch> stretches = seen.of(task.id());
        Instant known = stretches.isEmpty() ? now : stretches.getFirst().from();
        attempts(painter, task, known, now);
        for (int i = 0; i < stretches.size(); i++) {
            Stretch each = stretches.get(i);
            Instant until = i + 1 < stretches.size() ? stretches.get(i + 1).from() : now;
            painter.paint(each.from(), until, did(task, each));
        }
        startsAgain(painter, task);
        for (AttemptView attempt : task.attempts()) {
            boolean badly = attempt.outcome().filter(o -> o.phase().failed()).isPresent();
            if (badly && attempt.endedAt().isPresent()) {
                Instant at = attempt.endedAt().get();
                painter.paint(at, at, Did.ENDED_BADLY);
            }
        }
        return row;
    }

    /** Marks where somebody had it start again, however short it was away. */
    private static void startsAgain(Painter painter, TaskView task) {
        AttemptView before = null;
        for (AttemptView attempt : task.attempts()) {
            if (before != null && !retries(task, before) && attempt.startedAt().isPresent()) {
                Instant at = attempt.startedAt().get();
                painter.paint(at, at, Did.STARTED_AGAIN);
            }
            before = attempt;
        }
    }

    /** Whether the attempt after this one was a retry or a restart by itself. */
    private static boolean retries(TaskView task, AttemptView attempt) {
        Optional<Phase> end = attempt.outcome().map(Outcome::phase);
        boolean failed = end.filter(Phase::failed).isPresent();
        if (task.spec().kind() != Kind.SERVICE) {
            return failed && task.spec().retry().max() > 0;
        }
        return switch (task.spec().restart().on()) {
            case NEVER -> false;
            case FAILURE -> failed;
            case ALWAYS -> failed || end.equals(Optional.of(Phase.SUCCEEDED));
        };
    }

    /** What the engine remembers from before the dashboard looked. */
    private static void attempts(Painter painter, TaskView task, Instant known, Instant now) {
        Instant last = Instant.MAX;
        boolean retries = false;
        for (AttemptView attempt : task.attempts()) {
            if (attempt.startedAt().isEmpty()) {
                continue;
            }
            Instant from = attempt.startedAt().get();
            boolean soon = retries && from.isAfter(last) && from.isBefore(last.plusSeconds(60));
            if (soon) {
                painter.paint(last, earlier(from, known), Did.RESTED);
            }
            Instant until = attempt.endedAt().orElse(now);
            painter.paint(from, earlier(until, known), Did.RAN);
            last = until;
            retries = retries(task, attempt);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Did did(TaskView task, Stretch stretch) {
        if (stretch.wants()) {
            return Did.WANTED_YOU;
        }
        return switch (stretch.phase()) {
            case WAITING ->
                    stretch.reason().equals(TaskView.WAITS_TO_BE_STARTED)
                            ? Did.NOTHING
                            : Did.WAITED;
            case STARTING -> Did.NOT_READY;
            case RUNNING -> task.spec().ready().isPresent() ? Did.NOT_READY : Did.RAN;
            case READY, STOPPING -> Did.RAN;
            case PAUSED -> Did.PAUSED;
            case BACKOFF -> Did.RESTED;
            case SUCCEEDED, FAILED, KILLED, TIMED_OUT, SKIPPED, LOST -> Did.NOTHING;
        };
    }

    /** Fills the cells of a row. */
    private static final class Painter {
        private final Did[] row;
        private final long end;
        private final long cell;

        Painter(Did[] row, long end, long cell) {
            this.row = row;
            this.end = end;
            this.cell = cell;
        }

        void paint(Instant from, Instant until, Did did) {
            if (until.isBefore(from)) {
                return;
            }
            long start = end - row.length * cell;
            long first = Math.floorDiv(from.toEpochMilli() - start, cell);
            // A stretch that ends where a cell begins is not in that cell, unless it is a moment.
            long last = Math.floorDiv(until.toEpochMilli() - start - 1, cell);
            for (long i = Math.max(0, first); i <= Math.max(first, last) && i < row.length; i++) {
                if (did.compareTo(row[(int) i]) > 0) {
                    row[(int) i] = did;
                }
            }
        }
    }

    /**
     * Why a task waited, and how long in all.
     *
     * @param reason in the scheduler's words, without "waits"
     */
    public record Wait(Duration time, String reason) {}

    /** What kept a task since the dashboard looks, what took longest first. */
    public static List<Wait> waits(TaskView task, Observed seen, Instant now) {
        List<Stretch> stretches = seen.of(task.id());
        List<Wait> waits = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch each = stretches.get(i);
            boolean held =
                    each.wants()
                            || each.phase() == Phase.WAITING
                            || each.phase() == Phase.BACKOFF
                            || each.phase() == Phase.PAUSED;
            if (!held || each.reason().equals(TaskView.WAITS_TO_BE_STARTED)) {
                continue;
            }
            Instant until = i + 1 < stretches.size() ? stretches.get(i + 1).from() : now;
            add(waits, Duration.between(each.from(), until), words(each));
        }
        waits.sort(Comparator.comparing(Wait::time).reversed());
        return waits;
    }

    private static void add(List<Wait> waits, Duration time, String words) {
        Duration whole = time.isNegative() ? Duration.ZERO : time;
        for (int i = 0; i < waits.size(); i++) {
            if (Observed.alike(waits.get(i).reason(), words)) {
                waits.set(i, new Wait(waits.get(i).time().plus(whole), words));
                return;
            }
        }
        waits.add(new Wait(whole, words));
    }

    private static String words(Stretch stretch) {
        String reason = stretch.reason();
        if (stretch.wants()) {
            return "for you" + (reason.isEmpty() ? "" : ": " + reason);
        }
        if (reason.isEmpty()) {
            return stretch.phase().word();
        }
        return reason.startsWith("waits ") ? reason.substring("waits ".length()) : reason;
    }
}
