package dev.simmer.headless;

import dev.simmer.model.AttemptId;
import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run down, on a thread of its own, because whoever reads standard output may be slow or
 * stop reading: then this thread stands still, and the run goes on. The tasks' log files are the
 * buffer; in memory there is one turn of one log, and of each attempt not yet told a small record.
 *
 * <p>Attempts that run are read in turn, so that one that is noisy holds up no other. An end is
 * told only when the attempt's log has been read to its end.
 */
final class OutputPump implements Runnable {
    /** How long to wait for more output, from short to long while nothing comes. */
    private static final int[] PAUSES_MILLIS = {10, 20, 40, 50};

    private final Printer printer;
    private final Runnable whenOver;
    private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private volatile boolean over;
    private volatile @Nullable OutputGone gone;

    // Of the pump's thread alone:
    private final LinkedHashMap<AttemptId, Open> open = new LinkedHashMap<>();
    private @Nullable RunSummary summary;
    private int idleRounds;

    /** An attempt whose log is being printed, and its end once that is known. */
    private static final class Open {
        final AttemptTail tail;
        Happening.@Nullable AttemptEnded end;

        Open(AttemptTail tail) {
            this.tail = tail;
        }
    }

    /**
     * @param whenOver is called by the pump's thread when everything has been written, or nothing
     *     more can be
     */
    OutputPump(Printer printer, Runnable whenOver) {
        this.printer = printer;
        this.whenOver = whenOver;
    }

    /** Takes what has happened; safe for all threads, never blocks. */
    void tell(Happening happening) {
        happenings.add(happening);
    }

    /** Whether the pump has ended. */
    boolean over() {
        return over;
    }

    /** Why standard output takes no more; null while it does. */
    @Nullable OutputGone gone() {
        return gone;
    }

    @Override
    public void run() {
        try {
            RunSummary end = null;
            while (end == null || !open.isEmpty()) {
                takeHappenings();
                turns();
                printer.flush();
                end = summary;
            }
            printer.runEnded(end);
            printer.flush();
        } catch (OutputGone e) {
            gone = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.values().forEach(each -> close(each.tail));
            over = true;
            whenOver.run();
        }
    }

    /** Waits until something has happened, or for a moment where logs may have grown. */
    private void takeHappenings() throws InterruptedException, OutputGone {
        Happening next;
        if (open.isEmpty()) {
            next = happenings.take();
        } else if (idleRounds == 0) {
            next = happenings.poll();
        } else {
            int pause = PAUSES_MILLIS[Math.min(idleRounds, PAUSES_MILLIS.length) - 1];
            next = happenings.poll(pause, TimeUnit.MILLISECONDS);
        }
        while (next != null) {
            take(next);
            next = happenings.poll();
        }
    }

    private void take(Happening happening) throws OutputGone {
        switch (happening) {
            case Happening.AttemptStarted(TaskView task, AttemptView attempt) -> {
                finishEarlier(task);
                printer.started(task, attempt);
                if (printer.lines() == Printer.Lines.AT_ONCE) {
                    open.put(id(task, attempt), new Open(new AttemptTail(task, attempt, printer)));
                }
            }
            case Happening.AttemptEnded end -> {
                Open tailed = open.get(id(end.task(), end.attempt()));
                if (tailed != null) {
                    tailed.end = end;
                } else if (printer.lines() == Printer.Lines.AT_END) {
                    printBlock(end);
                } else {
                    printer.ended(end);
                }
            }
            case Happening.EndedUnstarted(TaskView task) -> {
                finishEarlier(task);
                printer.endedUnstarted(task);
            }
            case Happening.AttemptHeld held -> printer.held(held);
            case Happening.Note(String text) -> printer.note(text);
            case Happening.RunEnded(RunSummary end) -> summary = end;
        }
    }

    /** Gives each attempt a turn, and lets go of those of which all has been told. */
    private void turns() throws OutputGone {
        boolean moved = false;
        Iterator<Open> each = open.values().iterator();
        while (each.hasNext()) {
            Open next = each.next();
            boolean read = turn(next);
            moved |= read;
            if (!read && next.end != null) {
                each.remove();
                finish(next.tail, next.end);
            }
        }
        idleRounds = moved ? 0 : idleRounds + 1;
    }

    /** Tells the end of the task's attempts before anything later is told of it. */
    private void finishEarlier(TaskView task) throws OutputGone {
        List<AttemptId> earlier =
                open.keySet().stream().filter(id -> id.task().equals(task.id())).toList();
        for (AttemptId id : earlier) {
            Open ended = open.get(id);
            if (ended != null && ended.end != null) {
                open.remove(id);
                finish(ended.tail, ended.end);
            }
        }
    }

    private boolean turn(Open next) throws OutputGone {
        try {
            return next.tail.turn();
        } catch (OutputGone e) {
            throw e;
        } catch (IOException e) {
            // Told at the attempt's end, when reading on to the end fails again.
            return false;
        }
    }

    private void printBlock(Happening.AttemptEnded end) throws OutputGone {
        finish(new AttemptTail(end.task(), end.attempt(), printer), end);
    }

    private void finish(AttemptTail tail, Happening.AttemptEnded end) throws OutputGone {
        try {
            if (end.attempt().startedAt().isPresent()) {
                tail.finish();
            }
        } catch (OutputGone e) {
            throw e;
        } catch (IOException e) {
            printer.note(
                    "cannot read the output of "
                            + end.task().name()
                            + ": "
                            + e.getMessage()
                            + " ("
                            + end.attempt().shown()
                            + ")");
        } finally {
            close(tail);
        }
        printer.ended(end);
    }

    private static void close(AttemptTail tail) {
        try {
            tail.close();
        } catch (IOException e) {
            // It was read only; nothing is lost.
        }
    }

    private static AttemptId id(TaskView task, AttemptView attempt) {
        return new AttemptId(task.id(), attempt.number());
    }
}
