package dev.simmer.scheduler;

import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Need;
import dev.simmer.model.Readiness;
import dev.simmer.model.Request;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Draws tasks, submissions and requests at random: graphs of one to about thirty tasks. */
final class Workload {
    static final long MIB = 1L << 20;
    static final long GIB = 1L << 30;
    static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    static final Duration LONGEST_GRACE = Duration.ofSeconds(10);

    private static final Command COMMAND = new Command.Shell("work");
    private static final Pattern RESET = Pattern.compile("ECONNRESET");
    private static final Duration[] GRACES = {
        Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5), LONGEST_GRACE
    };

    private final SplittableRandom random;
    private final long hostBytes;
    private final List<Place> places = new ArrayList<>();
    private long lastId;

    /** A workspace with the tasks that were submitted to it. */
    private static final class Place {
        final WorkspaceId id;
        Limits limits;
        boolean failFast;

        Place(WorkspaceId id, Limits limits, boolean failFast) {
            this.id = id;
            this.limits = limits;
            this.failFast = failFast;
        }
    }

    Workload(SplittableRandom random, long hostBytes) {
        this.random = random;
        this.hostBytes = hostBytes;
        int count = chance(30) ? 2 : 1;
        for (int i = 0; i < count; i++) {
            WorkspaceId id = new WorkspaceId(Path.of("/w" + i));
            places.add(new Place(id, limits(), chance(20)));
        }
    }

    private Limits limits() {
        int parallel = chance(50) ? 0 : between(1, 6);
        Limits.Reserve reserve =
                chance(70)
                        ? new Limits.Reserve.Share(between(0, 20) / 100.0)
                        : new Limits.Reserve.Size(between(0, 2_000) * MIB);
        return new Limits(between(1, 4), parallel, reserve, GIB);
    }

    /** Draws a submission; it is one that must be refused now and then. */
    Event.TasksSubmitted submission(long at, boolean first, State state) {
        Place place = places.get(first ? 0 : random.nextInt(places.size()));
        if (chance(10)) {
            place.limits = limits();
            place.failFast = chance(20);
        }
        int count = first ? (chance(60) ? between(1, 8) : between(4, 28)) : between(1, 5);
        List<Event.NewTask> tasks = new ArrayList<>();
        List<TaskSpec> own = new ArrayList<>();
        boolean refused = chance(3);
        for (int i = 0; i < count; i++) {
            TaskId id = new TaskId(++lastId);
            List<TaskSpec> known = known(place, state);
            boolean again = !known.isEmpty() && chance(20);
            String name = again ? known.get(random.nextInt(known.size())).name() : "t" + id;
            if (own.stream().map(TaskSpec::name).anyMatch(name::equals)) {
                name = "t" + id;
            }
            String wrong = refused && i == count - 1 ? name : "";
            TaskSpec spec = spec(place, own, known, name, wrong);
            own.add(spec);
            long bytes = spec.memory().orElse(100 * MIB);
            MemorySource source =
                    spec.memory().isPresent() ? MemorySource.DECLARED : MemorySource.GUESSED;
            tasks.add(new Event.NewTask(id, spec, new MemoryEstimate(bytes, source)));
        }
        Request.Existing[] existing = Request.Existing.values();
        Request.Existing how = existing[random.nextInt(existing.length)];
        return new Event.TasksSubmitted(at, tasks, place.limits, place.failFast, how);
    }

    /** The tasks that a name means in a workspace. */
    private static List<TaskSpec> known(Place place, State state) {
        String session = state.rulesOf(place.id).session();
        List<TaskSpec> known = new ArrayList<>();
        for (Task task : state.tasks().values()) {
            if (task.spec().workspace().equals(place.id) && task.spec().session().equals(session)) {
                known.add(task.spec());
            }
        }
        return known;
    }

    private TaskSpec spec(
            Place place, List<TaskSpec> own, List<TaskSpec> known, String name, String wrongNeed) {
        TaskSpec.Builder spec = TaskSpec.named(name, place.id, COMMAND);
        boolean service = chance(18);
        spec.kind(service ? Kind.SERVICE : chance(5) ? Kind.AGENT : Kind.JOB);
        needs(spec, chance(80) ? own : known);
        if (!wrongNeed.isEmpty()) {
            spec.need(chance(50) ? wrongNeed : "nowhere", Need.Condition.FINISHED);
        }
        if (service && chance(70)) {
            spec.restart(restart());
        } else if (!service && chance(35)) {
            spec.retry(retry());
        }
        if (chance(service ? 70 : 5)) {
            Duration limit = Duration.ofMillis(between(2_000, 20_000));
            spec.ready(new Readiness(new Readiness.Probe.Tcp(3000), limit));
        }
        if (chance(service ? 3 : 18)) {
            spec.timeout(Duration.ofMillis(between(2_000, 40_000)));
        }
        for (String lock : List.of("git", "port", "db")) {
            if (chance(12)) {
                spec.lock(lock);
            }
        }
        spec.stop(
                new StopPolicy(
                        chance(4) ? Signal.KILL : chance(20) ? Signal.INT : Signal.TERM,
                        GRACES[random.nextInt(GRACES.length)]));
        if (chance(20)) {
            spec.priority(between(-10, 10));
        }
        if (chance(10)) {
            spec.heavy(chance(60));
        }
        if (chance(90)) {
            spec.memory(memory());
        }
        return spec.autostart(!chance(12)).keepTmpOnFailure(chance(20)).build();
    }

    private void needs(TaskSpec.Builder spec, List<TaskSpec> before) {
        int count = before.isEmpty() || chance(45) ? 0 : between(1, 3);
        for (int i = 0; i < count; i++) {
            TaskSpec other = before.get(random.nextInt(before.size()));
            int draw = random.nextInt(100);
            Need.Condition condition =
                    other.kind() == Kind.SERVICE
                            ? draw < 65
                                    ? Need.Condition.READY
                                    : draw < 85
                                            ? Need.Condition.STARTED
                                            : draw < 93
                                                    ? Need.Condition.FINISHED
                                                    : Need.Condition.SUCCEEDED
                            : draw < 55
                                    ? Need.Condition.SUCCEEDED
                                    : draw < 75
                                            ? Need.Condition.FINISHED
                                            : draw < 90
                                                    ? Need.Condition.STARTED
                                                    : Need.Condition.READY;
            spec.need(other.name(), condition);
        }
    }

    private long memory() {
        int draw = random.nextInt(100);
        if (draw < 55) {
            return between(0, 300) * MIB;
        }
        if (draw < 82) {
            return between(500, 2_000) * MIB;
        }
        return draw < 95 ? hostBytes / 100 * between(30, 70) : hostBytes / 100 * between(90, 130);
    }

    private Backoff backoff() {
        long first = between(0, 2_000);
        long most = Math.min(LONGEST_BACKOFF.toMillis(), first * between(1, 8));
        return new Backoff(Duration.ofMillis(first), Duration.ofMillis(Math.max(first, most)));
    }

    private RetryPolicy retry() {
        TreeSet<Integer> codes = new TreeSet<>();
        if (chance(30)) {
            codes.add(75);
        }
        Optional<Pattern> pattern = chance(20) ? Optional.of(RESET) : Optional.empty();
        return new RetryPolicy(between(0, 3), backoff(), codes, pattern);
    }

    private RestartPolicy restart() {
        RestartPolicy.On on =
                chance(65)
                        ? RestartPolicy.On.FAILURE
                        : chance(60) ? RestartPolicy.On.ALWAYS : RestartPolicy.On.NEVER;
        return new RestartPolicy(on, between(0, 4), backoff());
    }

    /** Draws what somebody asks for. */
    Event request(long at) {
        TreeSet<TaskId> ids = new TreeSet<>();
        int count = chance(70) ? 1 : between(2, 4);
        for (int i = 0; i < count; i++) {
            ids.add(new TaskId(1 + random.nextLong(Math.max(1, lastId + (chance(4) ? 2 : 0)))));
        }
        int draw = random.nextInt(118);
        if (draw >= 100) {
            return naming(at, ids, draw - 100);
        }
        if (draw < 20) {
            return new Event.StartRequested(at, ids);
        }
        if (draw < 42) {
            return new Event.StopRequested(at, ids, chance(30));
        }
        if (draw < 64) {
            return new Event.RestartRequested(at, ids);
        }
        return draw < 82 ? new Event.PauseRequested(at, ids) : new Event.ResumeRequested(at, ids);
    }

    private Event naming(long at, SortedSet<TaskId> ids, int draw) {
        WorkspaceId workspace = places.get(random.nextInt(places.size())).id;
        String name = "s" + random.nextInt(3);
        if (draw < 5) {
            return new Event.RenameRequested(at, ids.getFirst(), "t" + random.nextInt(40));
        }
        if (draw < 13) {
            return new Event.ForgetRequested(at, ids);
        }
        return draw < 16
                ? new Event.SessionRequested(
                        at,
                        workspace,
                        name,
                        chance(70)
                                ? Request.SessionChange.NAME_OR_OPEN
                                : Request.SessionChange.OPEN)
                : new Event.SessionRenameRequested(
                        at, workspace, chance(50) ? "" : "s" + random.nextInt(3), name);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
