package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code simmer run --fg}: streams a task's output until it ends or is left alone.
 *
 * <p>Ctrl+C, a signal of the terminal, stops the task, and kills it when it comes again; the stream
 * goes on to the end. Ctrl+B, and a terminal that closes, leave the task as it is.
 */
final class Foreground {
    /** For how long a task may wait before it is said what for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Call call;
    private final TaskId id;
    private final boolean agent;
    private final AtomicInteger interrupts = new AtomicInteger();
    private volatile boolean hungUp;
    private volatile boolean left;

    private Foreground(Call call, TaskId id, boolean agent) {
        this.call = call;
        this.id = id;
        this.agent = agent;
    }

    /** Streams; the exit code. */
    static int run(Call call, TaskId id) throws CommandRefused, SupervisorFailure, IOException {
        return new Foreground(call, id, false).run();
    }

    /** The same of an agent, whose transcript is streamed. */
    static int ofAgent(Call call, TaskId id) throws CommandRefused, SupervisorFailure, IOException {
        return new Foreground(call, id, true).run();
    }

    private int run() throws CommandRefused, SupervisorFailure, IOException {
        Signals.listen(this::hear);
        LineOutput out =
                new LineOutput(
                        call.around().out(),
                        LineOutput.form(call.around(), false, agent),
                        Optional.empty());
        try (Watch watch = new Watch(call.supervisor(), TaskFilter.of(Set.of(id)));
                TaskOutput output = new TaskOutput(out, 1, 0);
                RawKeys _ = RawKeys.listen(call.around(), this::leave)) {
            TaskView first = started(watch);
            TaskView last = Following.toTheEnd(watch, output, first, Optional.empty(), this::away);
            return told(last);
        }
    }

    /** The first state, and why the task waits where it does so for long. */
    private TaskView started(Watch watch) throws CommandRefused, SupervisorFailure {
        TaskView task = task(watch.next());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (task.phase() == Phase.WAITING && !away()) {
            long left = end - System.nanoTime();
            Optional<Snapshot> news = watch.next(Duration.ofNanos(Math.max(0, left)));
            if (news.isPresent()) {
                task = task(news.get());
            } else if (System.nanoTime() >= end) {
                String reason = TerminalText.plain(task.reason());
                call.around().complain("simmer: " + Acting.name(task) + " " + reason);
                break;
            }
        }
        return task;
    }

    private TaskView task(Snapshot snapshot) throws CommandRefused {
        return snapshot.task(id)
                .orElseThrow(() ->
                        new CommandRefused(
                                ExitCode.NO_SUCH_TASK,
                                List.of("simmer: task " + id + " was forgotten")));
    }

    private int told(TaskView task) {
        if (task.phase().ended()) {
            String reason = TerminalText.plain(task.reason());
            if (!reason.isEmpty()) {
                call.around()
                        .complain(
                                "simmer: "
                                        + Acting.name(task)
                                        + " "
                                        + task.phase().word()
                                        + ": "
                                        + reason);
            }
            task.agent()
                    .flatMap(AgentRun::report)
                    .ifPresent(report ->
                            call.around()
                                    .complain(
                                            "simmer: report: "
                                                    + TerminalText.plain(report.toString())));
            return interrupts.get() > 0 ? ExitCode.INTERRUPTED : TaskExit.code(task);
        }
        if (hungUp) {
            return 128 + Signal.HUP.number();
        }
        call.around()
                .complain(
                        "simmer: "
                                + Acting.name(task)
                                + " goes on in the background; `simmer logs -f "
                                + id
                                + "` follows it");
        return ExitCode.OK;
    }

    private boolean away() {
        return left || hungUp;
    }

    private void leave() {
        left = true;
    }

    private void hear(Signal signal) {
        if (signal != Signal.INT) {
            hungUp = true;
            return;
        }
        boolean now = interrupts.incrementAndGet() > 1;
        try (Connection connection = call.supervisor().connect()) {
            connection.submit(new Request.Stop(Set.of(id), now));
        } catch (CommandRefused e) {
            e.tell(call.around());
        } catch (SupervisorFailure e) {
            call.around().complain("simmer: cannot stop the task: " + e.words());
        }
    }
}
