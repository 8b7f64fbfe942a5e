package dev.simmer.headless;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Durations;
import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a selection of tasks from start to end, without a terminal.
 *
 * <p>Two threads: the caller's decides (when to stop what, when all is over) and never writes, so
 * it hears a signal or a time limit also while standard output is stuck; the {@link OutputPump}'s
 * writes. The caller's sleeps until a snapshot, a signal or the time limit wakes it.
 */
public final class HeadlessRun {
    /** How long the rest of the output may take to write once the run was broken off. */
    static final Duration REST_OF_OUTPUT = Duration.ofSeconds(10);

    /** How long to wait for the end of tasks that were sent SIGKILL. */
    static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final HeadlessSetup setup;
    private final OutputPump pump;
    private final AttemptDiff diff = new AttemptDiff();
    private final WaitNotes waits = new WaitNotes();
    private final LongSupplier waitClock;
    private final Map<TaskId, Long> peakBytes = new HashMap<>();
    private final Set<TaskId> stopAsked = new TreeSet<>();
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private Set<TaskId> ids = Set.of();

    /** Why the run ends before its jobs have; null while it goes on. */
    private @Nullable RunOutcome broken;

    private boolean killAsked;
    private long killNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock:
    private Snapshot latest = Snapshot.EMPTY;
    private boolean fresh;
    private int interrupts;
    private @Nullable Signal firstSignal;

    /** A run that has not begun. */
    public HeadlessRun(HeadlessSetup setup) {
        this(setup, System::nanoTime);
    }

    /**
     * @param waitClock by which waits that are told of are measured, in nanoseconds
     */
    HeadlessRun(HeadlessSetup setup, LongSupplier waitClock) {
        this.setup = setup;
        this.waitClock = waitClock;
        Outlets outlets = new Outlets(setup.out(), setup.err());
        HeadlessOptions options = setup.options();
        Printer printer =
                options.format() == OutputFormat.JSON
                        ? new JsonPrinter(outlets)
                        : new TextPrinter(
                                options.format(),
                                options.colour(),
                                setup.selection().tasks(),
                                outlets);
        this.pump = new OutputPump(printer, this::wake);
    }

    /**
     * Ends the run: the first call stops its tasks in order, the second kills them. Safe for all
     * threads, never blocks.
     */
    public void interrupt(Signal signal) {
        lock.lock();
        try {
            interrupts++;
            if (firstSignal == null) {
                firstSignal = signal;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the tasks and returns when all have ended and all has been written. Call once.
     *
     * @return how it ended
     */
    public RunOutcome run() throws InterruptedException {
        Engine engine = setup.engine();
        Reply reply =
                engine.submit(
                                new Request.Spawn(
                                        setup.selection().tasks(),
                                        setup.limits(),
                                        setup.options().failFast(),
                                        Request.Existing.REFUSE))
                        .join();
        switch (reply) {
            case Reply.Refused(String why) -> {
                return new RunOutcome.Refused(why);
            }
            case Reply.Explained _ -> throw new IllegalStateException("nothing was asked");
            case Reply.Accepted(List<TaskId> accepted) -> ids = new HashSet<>(accepted);
        }
        Thread output = new Thread(pump, "simmer-output");
        output.setDaemon(true);
        output.start();
        List<TaskView> tasks;
        try (Engine.Subscription _ = engine.subscribe(this::offer)) {
            tasks = runTasks();
        }
        RunSummary summary = summary(tasks);
        writeReport(summary);
        pump.tell(new Happening.RunEnded(summary));
        return finish(summary);
    }

    private void writeReport(RunSummary summary) {
        Optional<Path> file = setup.options().junit();
        if (file.isEmpty()) {
            return;
        }
        try {
            JunitReport.write(file.get(), summary);
        } catch (IOException e) {
            pump.tell(
                    new Happening.Note(
                            "cannot write the JUnit report " + file.get() + ": " + e.getMessage()));
        }
    }

    /** Decides until every task has ended; returns them as they were last seen. */
    private List<TaskView> runTasks() throws InterruptedException {
        while (true) {
            List<TaskView> tasks = ours(awaitChange());
            for (TaskView task : tasks) {
                diff.show(task, pump::tell);
                if (task.rssBytes() > 0) {
                    peakBytes.merge(task.id(), task.rssBytes(), Math::max);
                }
            }
            if (broken == null) {
                waits.show(tasks, waitClock.getAsLong(), pump::tell);
            }
            if (tasks.size() == ids.size() && allEnded(tasks)) {
                return tasks;
            }
            hearSignals();
            hearOutput();
            hearTimeout();
            if (broken != null || jobsEnded(tasks)) {
                stop(tasks);
            }
            if (killAsked && System.nanoTime() - killNanos > AFTER_KILL.toNanos()) {
                pump.tell(new Happening.Note("some processes do not end although killed; leaving"));
                return tasks;
            }
        }
    }

    private List<TaskView> ours(Snapshot snapshot) {
        List<TaskView> tasks = new ArrayList<>(ids.size());
        for (TaskView task : snapshot.tasks()) {
            if (ids.contains(task.id())) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static boolean allEnded(List<TaskView> tasks) {
        return tasks.stream().allMatch(task -> task.outcome().isPresent());
    }

    /**
     * Whether nothing is left to wait for: every job has ended, and a job was asked for. Where only
     * services were, they run until they end or somebody stops them.
     */
    private boolean jobsEnded(List<TaskView> tasks) {
        boolean wanted = false;
        for (TaskView task : tasks) {
            if (task.spec().kind().endsByItself()) {
                if (task.outcome().isEmpty()) {
                    return false;
                }
                wanted |= setup.selection().wanted().contains(task.name());
            }
        }
        return wanted && tasks.size() == ids.size();
    }

    /** Stops what may be stopped now; the next snapshots bring the turn of the rest. */
    private void stop(List<TaskView> tasks) {
        Set<TaskId> next = StopOrder.next(tasks);
        next.removeAll(stopAsked);
        if (!killAsked && !next.isEmpty()) {
            stopAsked.addAll(next);
            OrderlyStop.ask(setup.engine(), next, false);
        }
    }

    private void kill(List<TaskView> tasks) {
        killAsked = true;
        killNanos = System.nanoTime();
        Set<TaskId> left = new TreeSet<>();
        for (TaskView task : tasks) {
            if (task.outcome().isEmpty()) {
                left.add(task.id());
            }
        }
        OrderlyStop.ask(setup.engine(), left, true);
    }

    private void hearSignals() {
        int count;
        Signal signal;
        lock.lock();
        try {
            count = interrupts;
            signal = firstSignal;
        } finally {
            lock.unlock();
        }
        if (count > 0 && signal != null && !(broken instanceof RunOutcome.Interrupted)) {
            broken = new RunOutcome.Interrupted(signal);
            pump.tell(new Happening.Note("stopping; once more kills at once"));
        }
        if (count > 1 && !killAsked) {
            pump.tell(new Happening.Note("killing"));
            kill(ours(setup.engine().snapshot()));
        }
    }

    private void hearOutput() {
        OutputGone gone = pump.gone();
        if (gone != null && broken == null) {
            broken =
                    new RunOutcome.OutputLost(gone.brokenPipe(), String.valueOf(gone.getMessage()));
        }
    }

    private void hearTimeout() {
        Optional<Duration> limit = setup.options().timeout();
        if (broken == null && limit.isPresent() && leftNanos(limit.get()) <= 0) {
            broken = new RunOutcome.TimedOut(limit.get());
            pump.tell(
                    new Happening.Note(
                            "the time limit of "
                                    + Durations.format(limit.get())
                                    + " ran out; stopping"));
        }
    }

    private long leftNanos(Duration limit) {
        return limit.toNanos() - (System.nanoTime() - startNanos);
    }

    private void offer(Snapshot snapshot) {
        lock.lock();
        try {
            latest = snapshot;
            fresh = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            fresh = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a snapshot, a signal, the output's end or a time limit; then the newest snapshot.
     */
    private Snapshot awaitChange() throws InterruptedException {
        lock.lock();
        try {
            int heard = interruptsHeard();
            long nanos = nanosToLimit();
            while (!fresh && interrupts <= heard && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            fresh = false;
            return latest;
        } finally {
            lock.unlock();
        }
    }

    private int interruptsHeard() {
        if (killAsked) {
            return Integer.MAX_VALUE;
        }
        return broken instanceof RunOutcome.Interrupted ? 1 : 0;
    }

    private long nanosToLimit() {
        if (killAsked) {
            return AFTER_KILL.toNanos() - (System.nanoTime() - killNanos) + 1;
        }
        Optional<Duration> limit = setup.options().timeout();
        return broken == null && limit.isPresent()
                ? leftNanos(limit.get())
                : TimeUnit.DAYS.toNanos(1);
    }

    private RunSummary summary(List<TaskView> tasks) {
        List<RunSummary.Row> rows =
                RunSummary.rows(tasks, task -> peakBytes.getOrDefault(task.id(), 0L));
        RunOutcome outcome = broken;
        if (outcome == null) {
            outcome =
                    rows.stream().anyMatch(RunSummary.Row::failed)
                            ? new RunOutcome.Failed()
                            : new RunOutcome.Succeeded();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        return new RunSummary(setup.name(), outcome, startedAt, took, rows);
    }

    /**
     * Waits until all has been written. A run that was broken off does not wait for ever for a
     * reader that does not read; the logs have it all.
     */
    private RunOutcome finish(RunSummary summary) throws InterruptedException {
        RunOutcome left = awaitOutput(summary.outcome());
        if (left != null) {
            sayAside(summary, left);
            return left;
        }
        OutputGone gone = pump.gone();
        if (gone == null) {
            return summary.outcome();
        }
        RunOutcome.OutputLost lost =
                new RunOutcome.OutputLost(gone.brokenPipe(), String.valueOf(gone.getMessage()));
        if (!lost.pipe()) {
            sayAside(summary, lost);
        }
        return summary.outcome() instanceof RunOutcome.Succeeded ? lost : summary.outcome();
    }

    /** Waits for the pump; where that is given up, with which outcome the run ends. */
    private @Nullable RunOutcome awaitOutput(RunOutcome outcome) throws InterruptedException {
        Optional<Duration> limit = setup.options().timeout();
        boolean natural = broken == null;
        long end = System.nanoTime() + REST_OF_OUTPUT.toNanos();
        lock.lock();
        try {
            int before = interrupts;
            while (!pump.over()) {
                if (interrupts > before || interrupts > 1) {
                    return natural && firstSignal != null
                            ? new RunOutcome.Interrupted(firstSignal)
                            : outcome;
                }
                long nanos = end - System.nanoTime();
                if (natural) {
                    nanos = limit.isPresent() ? leftNanos(limit.get()) : TimeUnit.DAYS.toNanos(1);
                }
                if (nanos <= 0) {
                    return natural && limit.isPresent()
                            ? new RunOutcome.TimedOut(limit.get())
                            : outcome;
                }
                changed.awaitNanos(nanos);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says on standard error, past the pump, how a run ended whose output could not be written in
     * full. Standard error may be stuck as well, so nobody waits long for it.
     */
    private void sayAside(RunSummary summary, RunOutcome outcome) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append(TextPrinter.OWN).append(summary.name()).append(' ').append(outcome.text());
        text.append("; not all output was written\n");
        for (RunSummary.Row row : summary.rows()) {
            row.shown()
                    .ifPresent(log ->
                            text.append(TextPrinter.OWN)
                                    .append("output of ")
                                    .append(TerminalText.plain(row.task()))
                                    .append(": ")
                                    .append(TerminalText.plain(log.toString()))
                                    .append('\n'));
        }
        Thread aside =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                setup.err().write(text.toString().getBytes(UTF_8));
                            } catch (IOException e) {
                                // The exit code still tells.
                            }
                        });
        aside.join(Duration.ofSeconds(1));
    }
}
