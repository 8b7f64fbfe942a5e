package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A scheduler and its state, for tests that tell a story: tasks go by their names, time passes when
 * the story says so, and what each step did is kept until the next.
 */
final class Kitchen {
    static final WorkspaceId SHOP = new WorkspaceId(Path.of("/shop"));
    static final long GIB = 1L << 30;
    static final Limits LIMITS = new Limits(3, 0, new Limits.Reserve.Size(GIB), GIB);

    private State state = State.EMPTY;
    private List<Effect> effects = List.of();
    private long now = 1_000;
    private long lastId;
    private Limits limits = LIMITS;
    private boolean failFast;
    private Request.Existing existing = Request.Existing.REFUSE;
    private final Map<String, Long> usualMillis = new TreeMap<>();

    /** A kitchen on a host of 16 GiB with this much of it available. */
    static Kitchen with(double availableGib) {
        Kitchen kitchen = new Kitchen();
        kitchen.host(availableGib);
        return kitchen;
    }

    Kitchen limits(int heavy, int parallel) {
        limits = new Limits(heavy, parallel, LIMITS.reserve(), GIB);
        return this;
    }

    Kitchen limits(Limits all) {
        limits = all;
        return this;
    }

    Kitchen failFast() {
        failFast = true;
        return this;
    }

    /** A task of this name usually takes so long. */
    Kitchen usually(String name, long millis) {
        usualMillis.put(name, millis);
        return this;
    }

    /** What becomes of names that are taken. */
    Kitchen existing(Request.Existing how) {
        existing = how;
        return this;
    }

    static TaskSpec.Builder job(String name) {
        return TaskSpec.named(name, SHOP, new Command.Shell("make " + name)).memory(0);
    }

    Reply submit(TaskSpec.Builder... specs) {
        List<Event.NewTask> tasks = new ArrayList<>();
        for (TaskSpec.Builder each : specs) {
            TaskSpec spec = each.build();
            MemoryEstimate expected =
                    new MemoryEstimate(spec.memory().orElse(0), MemorySource.DECLARED);
            long usual = usualMillis.getOrDefault(spec.name(), 0L);
            tasks.add(new Event.NewTask(new TaskId(++lastId), spec, expected, usual));
        }
        return ask(new Event.TasksSubmitted(now, tasks, limits, failFast, existing));
    }

    Reply start(String... names) {
        return ask(new Event.StartRequested(now, ids(names)));
    }

    Reply stop(String... names) {
        return ask(new Event.StopRequested(now, ids(names), false));
    }

    Reply kill(String... names) {
        return ask(new Event.StopRequested(now, ids(names), true));
    }

    Reply restart(String... names) {
        return ask(new Event.RestartRequested(now, ids(names)));
    }

    Reply pause(String... names) {
        return ask(new Event.PauseRequested(now, ids(names)));
    }

    Reply resume(String... names) {
        return ask(new Event.ResumeRequested(now, ids(names)));
    }

    Reply ask(Event request) {
        decide(request);
        return reply;
    }

    private Reply reply = new Reply.Refused("nothing was asked yet");

    /** Its processes have been started. */
    Kitchen runs(String... names) {
        for (String name : names) {
            decide(new Event.ProcessStarted(now, attempt(name)));
        }
        return this;
    }

    Kitchen ready(String name) {
        return decide(new Event.BecameReady(now, attempt(name)));
    }

    Kitchen exits(String name, int code) {
        return exits(name, new ExitStatus.Code(code), 0, 0.5);
    }

    Kitchen exits(String name, ExitStatus status, int leftovers, double jitter) {
        AttemptId id = attempt(name);
        return decide(new Event.ProcessExited(now, id, status, now, leftovers, false, jitter));
    }

    Kitchen gone(String name) {
        return decide(new Event.LeftoversGone(now, attempt(name), false, 0.5));
    }

    /** The host is looked at; running tasks use nothing worth mentioning. */
    Kitchen host(double availableGib) {
        return host(availableGib, 0);
    }

    /** The host is looked at; every running task uses this much. */
    Kitchen host(double availableGib, double usedGib) {
        TreeMap<AttemptId, TreeMemory> rss = new TreeMap<>();
        for (TaskId id : state.active()) {
            if (state.task(id).state() instanceof TaskState.Active active) {
                rss.put(active.attempt().id(), new TreeMemory((long) (usedGib * GIB)));
            }
        }
        HostReading host = new HostReading(16 * GIB, (long) (availableGib * GIB));
        return decide(new Event.HostSampled(now, host, rss));
    }

    /** The host is looked at a while after the look before; tasks use what is said of them. */
    Kitchen look(long laterMillis, HostReading host, Map<String, Double> usedGib) {
        now += laterMillis;
        TreeMap<AttemptId, TreeMemory> rss = new TreeMap<>();
        usedGib.forEach((name, gib) -> rss.put(attempt(name), new TreeMemory((long) (gib * GIB))));
        return decide(new Event.HostSampled(now, host, rss));
    }

    /** The host is looked at every quarter of a second, and shows the same. */
    Kitchen looks(Duration time, double availableGib) {
        HostReading host = new HostReading(16 * GIB, (long) (availableGib * GIB));
        List<Effect> all = new ArrayList<>();
        for (long passed = 0; passed < time.toMillis(); passed += 250) {
            look(250, host, Map.of());
            all.addAll(effects);
        }
        effects = all;
        return this;
    }

    /** Why heavy work is held back on the whole host. */
    String pressure() {
        return new Reasons(state).pressure();
    }

    State state() {
        return state;
    }

    /** Time passes: the deadlines on the way are told, as the engine does. */
    Kitchen after(Duration time) {
        long until = now + time.toMillis();
        List<Effect> all = new ArrayList<>();
        while (state.nextDeadline().isPresent() && state.nextDeadline().getAsLong() <= until) {
            now = Math.max(now, state.nextDeadline().getAsLong());
            decide(new Event.TimePassed(now));
            all.addAll(effects);
        }
        now = until;
        effects = all;
        return this;
    }

    Kitchen decide(Event event) {
        Decision decision = Scheduler.decide(state, event);
        state = decision.state();
        effects = decision.effects();
        decision.reply().ifPresent(answer -> reply = answer);
        return this;
    }

    long now() {
        return now;
    }

    Task task(String name) {
        Task newest = null;
        for (Task task : state.tasks().values()) {
            newest = task.spec().name().equals(name) ? task : newest;
        }
        if (newest == null) {
            throw new AssertionError("no task " + name);
        }
        return newest;
    }

    /** {@code phase: reason}, as faces show it. */
    String says(String name) {
        Task task = task(name);
        String reason = new Reasons(state).of(task);
        return Reasons.phase(task).word() + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** What the newest step did, as {@code spawn build.1} and the like. */
    List<String> did() {
        return effects.stream().map(this::words).toList();
    }

    private String words(Effect effect) {
        return switch (effect) {
            case Effect.SpawnProcess(AttemptId id, _, _) -> "spawn " + words(id);
            case Effect.SignalProcesses(AttemptId id, var signal) -> signal + " " + words(id);
            case Effect.KillProcesses(AttemptId id) -> "kill " + words(id);
            case Effect.ProbeReadiness(AttemptId id, _) -> "probe " + words(id);
            case Effect.ReleaseAttempt(AttemptId id, boolean keep) ->
                    "release " + words(id) + (keep ? ", keep tmp" : "");
            case Effect.AdoptProcess(AttemptId id, _) -> "adopt " + words(id);
            case Effect.DiscardTask(TaskId id) -> "discard " + id;
            case Effect.Record(TaskId _, String words) -> words;
            case Effect.SampleHost _ -> "sample host";
        };
    }

    private String words(AttemptId id) {
        return state.task(id.task()).spec().name() + "." + id.number();
    }

    AttemptId attempt(String name) {
        Task task = task(name);
        if (task.state() instanceof TaskState.Active active) {
            return active.attempt().id();
        }
        throw new AssertionError(name + " is not active: " + says(name));
    }

    private Set<TaskId> ids(String... names) {
        Set<TaskId> ids = new TreeSet<>();
        for (String name : names) {
            ids.add(task(name).id());
        }
        return ids;
    }
}
