package dev.simmer.tui.model;

import dev.simmer.model.AttemptView;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.Stall;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Made-up tasks and hosts. */
public final class Samples {
    /** The moment at which every sample snapshot was made. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The folder of the made-up workspace. */
    public static final WorkspaceId FOLDER = new WorkspaceId(Path.of("/home/ada/shop"));

    /** What the made-up dashboard's commands inherit. */
    public static final CallerEnvironment ENVIRONMENT =
            new CallerEnvironment(Map.of("PATH", "/usr/bin"));

    /** A machine of 15.6 GiB. */
    public static final HostView HOST =
            new HostView(
                    true,
                    mib(15_974),
                    mib(9_830),
                    mib(1_229),
                    mib(1_597),
                    OptionalLong.empty(),
                    8,
                    0.34,
                    1.27);

    private Samples() {}

    /** Mebibytes in bytes. */
    public static long mib(long count) {
        return count << 20;
    }

    /** Where the made-up dashboard was opened. */
    public static Place place() {
        return new Place(
                "shop",
                FOLDER,
                Limits.DEFAULT,
                ENVIRONMENT,
                command -> interactive(command),
                groups(),
                ZoneOffset.UTC);
    }

    private static Groups groups() {
        return Groups.of(FOLDER, Map.of("ci", List.of("type-check", "unit-tests", "e2e")));
    }

    /** Takes one made-up editor for interactive. */
    public static Optional<String> interactive(Command command) {
        return command.equals(new Command.Shell("vim notes.txt"))
                ? Optional.of(
                        "vim is an editor: it waits for keys that no task in the background gets")
                : Optional.empty();
    }

    /** A task; how far it got follows from its phase. */
    public static TaskView task(
            long id, String name, Kind kind, Phase phase, String reason, Path log) {
        TaskSpec spec = TaskSpec.named(name, FOLDER, new Command.Shell("true")).kind(kind).build();
        boolean ran = phase != Phase.WAITING && phase != Phase.SKIPPED;
        Optional<Instant> started = ran ? Optional.of(NOW.minusSeconds(17 * id)) : Optional.empty();
        Optional<Instant> ended =
                ran && phase.ended() ? Optional.of(NOW.minusSeconds(3 * id)) : Optional.empty();
        int number = phase == Phase.BACKOFF || id % 5 == 0 ? 2 : 1;
        List<AttemptView> attempts =
                ran
                        ? List.of(new AttemptView(number, log, started, ended, Optional.empty(), 0))
                        : List.of();
        boolean active = phase.active();
        return new TaskView(
                new TaskId(id),
                spec,
                phase,
                reason,
                active ? OptionalLong.of(4_000 + id) : OptionalLong.empty(),
                attempts,
                active ? (id * 37 % 240) / 100.0 : 0,
                active ? mib(id * 71 % 900 + 3) : 0,
                new MemoryEstimate(mib(id % 3 == 0 ? 2_048 : 500), MemorySource.GUESSED),
                id % 3 == 0,
                started,
                ended,
                Optional.empty());
    }

    /** One task in each phase. */
    public static List<TaskView> everyPhase(Path log) {
        String memory =
                "waits for memory: needs 2.0 GiB, 1.3 GiB free to promise, 0.9 GiB held for build";
        List<TaskView> tasks = new ArrayList<>();
        tasks.add(task(1, "type-check", Kind.JOB, Phase.SUCCEEDED, "", log));
        tasks.add(task(2, "dev", Kind.SERVICE, Phase.READY, "", log));
        tasks.add(task(3, "build", Kind.JOB, Phase.RUNNING, "", log));
        tasks.add(task(4, "bundle", Kind.JOB, Phase.WAITING, memory, log));
        tasks.add(task(5, "api", Kind.SERVICE, Phase.STARTING, "", log));
        tasks.add(task(6, "audit", Kind.AGENT, Phase.PAUSED, "paused by you", log));
        tasks.add(task(7, "mailer", Kind.SERVICE, Phase.STOPPING, "SIGKILL follows in 7s", log));
        tasks.add(task(8, "sync", Kind.JOB, Phase.BACKOFF, "attempt 3 of 4 starts in 12s", log));
        tasks.add(task(9, "unit-tests", Kind.JOB, Phase.FAILED, "exit code 1", log));
        tasks.add(task(10, "worker", Kind.SERVICE, Phase.KILLED, "stopped by you", log));
        tasks.add(
                task(
                        11,
                        "e2e",
                        Kind.JOB,
                        Phase.TIMED_OUT,
                        "ran longer than its timeout of 20m 00s",
                        log));
        tasks.add(task(12, "deploy", Kind.JOB, Phase.SKIPPED, "unit-tests did not succeed", log));
        tasks.add(task(13, "watch", Kind.JOB, Phase.LOST, "its run folder is gone", log));
        return tasks;
    }

    /** The same task, in another workspace or session. */
    public static TaskView in(WorkspaceId workspace, String session, TaskView task) {
        TaskSpec spec =
                TaskSpec.named(task.name(), workspace, task.spec().command())
                        .kind(task.spec().kind())
                        .session(session)
                        .build();
        return with(task, spec);
    }

    /** The same task, described otherwise. */
    public static TaskView with(TaskView task, TaskSpec spec) {
        return new TaskView(
                task.id(),
                spec,
                task.phase(),
                task.reason(),
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** The same task with another number. */
    public static TaskView numbered(long id, TaskView task) {
        return new TaskView(
                new TaskId(id),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** The same task with one attempt. */
    public static TaskView tried(TaskView task, AttemptView attempt) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                List.of(attempt),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** The same task with other figures. */
    public static TaskView using(double cpu, long rssBytes, TaskView task) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                task.attempts(),
                cpu,
                rssBytes,
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** A snapshot some seconds later, in which the tasks need more memory by and by. */
    public static Snapshot later(int seconds, List<TaskView> tasks) {
        List<TaskView> grown = new ArrayList<>();
        for (TaskView task : tasks) {
            long rss = task.rssBytes() * (10 + seconds * task.id().value() % 90) / 100;
            grown.add(using(task.cpu(), rss, task));
        }
        Instant at = NOW.minusSeconds(90).plusSeconds(seconds);
        return new Snapshot(seconds + 1, at, HOST, grown, List.of(), Optional.empty());
    }

    /** A task that nobody has started. */
    public static TaskView dormant(TaskView task) {
        return new TaskView(
                task.id(),
                task.spec(),
                Phase.WAITING,
                TaskView.WAITS_TO_BE_STARTED,
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** A snapshot in which the workspace has a set of tasks with this name. */
    public static Snapshot snapshot(String session, List<TaskView> tasks) {
        WorkspaceView here = new WorkspaceView(FOLDER, session, Limits.DEFAULT);
        return new Snapshot(1, NOW, HOST, tasks, List.of(here), Optional.empty());
    }

    /** A snapshot of an engine that cannot go on. */
    public static Snapshot troubled(List<TaskView> tasks, String trouble) {
        return new Snapshot(1, NOW, HOST, tasks, List.of(), Optional.of(trouble));
    }

    /** Why a task that waits for memory waits. */
    public static Explanation explanation(TaskView task) {
        MemoryEstimate.Evidence nine =
                new MemoryEstimate.Evidence(9, mib(1_740), mib(1_812), 10, mib(1_914));
        MemoryEstimate expected =
                new MemoryEstimate(
                        mib(1_914),
                        MemorySource.LEARNED,
                        Optional.of(nine),
                        "",
                        OptionalLong.empty());
        TaskView waits =
                new TaskView(
                        task.id(),
                        task.spec(),
                        task.phase(),
                        "waits for memory: needs 1.9 GiB, 820 MiB free to promise",
                        task.pid(),
                        task.attempts(),
                        0,
                        0,
                        expected,
                        true,
                        task.startedAt(),
                        task.endedAt(),
                        task.outcome());
        return new Explanation(
                waits,
                HOST,
                NOW,
                NOW.minusSeconds(42),
                List.of(
                        new Explanation.Blocker(
                                new TaskId(3),
                                "build",
                                "1.2 GiB",
                                Optional.of(NOW.plusSeconds(75))),
                        new Explanation.Blocker(
                                new TaskId(2), "dev\u001b[31m", "500 MiB", Optional.empty())),
                Optional.of(NOW.plusSeconds(75)),
                Optional.of(NOW.plusSeconds(240)),
                List.of());
    }

    /** A snapshot of a host that is short of memory. */
    public static Snapshot pressed(List<TaskView> tasks, String pressure) {
        HostView pressed =
                new HostView(
                        true,
                        HOST.totalBytes(),
                        mib(612),
                        HOST.heldBytes(),
                        HOST.reserveBytes(),
                        OptionalLong.empty(),
                        HOST.cpus(),
                        HOST.cpu(),
                        HOST.load1(),
                        mib(1_024),
                        new Stall(0.31, 0.24),
                        Stall.NONE,
                        pressure);
        return new Snapshot(1, NOW, pressed, tasks, List.of(), Optional.empty());
    }

    /** A snapshot of tasks on the sample host. */
    public static Snapshot snapshot(List<TaskView> tasks) {
        return new Snapshot(1, NOW, HOST, tasks, List.of(), Optional.empty());
    }
}
