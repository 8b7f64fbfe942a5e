package dev.simmer.tui.view;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.HostView;
import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Readiness;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Screens of the timeline, the map of needs and the details, after five minutes of work. */
final class SightScenes {
    /** Seconds that the made-up work takes. */
    static final int LASTS = 290;

    private static final Path LOG = Path.of("/home/ada/shop/output.log");

    private SightScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        all.put("graphs", SightScenes::played);
        all.put("timeline", s -> played(s).type("Tjjj"));
        all.put("timeline-shorter", s -> played(s).type("Tj--").keys(Key.of(Name.LEFT)));
        all.put("timeline-many", s -> s.tasks(many()).type("TG"));
        all.put("timeline-empty", s -> s.tasks(List.of()).type("T"));
        all.put("needs", s -> played(s).type("Djj"));
        all.put("needs-wide", s -> s.tasks(chain()).type("D").keys(rights(11)));
        all.put("needs-many", s -> s.tasks(many()).type("DG"));
        all.put("details", s -> played(s).type("jji"));
        all.put("details-waiting", s -> played(s).type("jjji").type("jj"));
        return all;
    }

    private static Key[] rights(int count) {
        Key[] keys = new Key[count];
        java.util.Arrays.fill(keys, Key.of(Name.RIGHT));
        return keys;
    }

    /** A build as it went, second by second. */
    static Screens played(Screens screens) {
        for (int second = 0; second <= LASTS; second += 2) {
            screens.send(new Msg.Clock(START.plusSeconds(second)));
            screens.snapshot(at(second));
        }
        return screens.send(new Msg.LastLinesPoll());
    }

    private static final Instant START = Samples.NOW.minusSeconds(LASTS);

    private static Snapshot at(int second) {
        double cpu = 0.3 + 0.25 * Math.sin(second / 15.0) + (second % 7) / 40.0;
        long used = Samples.mib(4_000 + 20L * (second % 120));
        HostView host =
                new HostView(
                        true,
                        Samples.mib(15_974),
                        Samples.mib(15_974) - used,
                        Samples.mib(1_229),
                        Samples.mib(1_597),
                        OptionalLong.empty(),
                        8,
                        cpu,
                        1.27);
        return new Snapshot(
                second + 1,
                START.plusSeconds(second),
                host,
                tasks(second),
                List.of(),
                Optional.empty());
    }

    private static List<TaskView> tasks(int second) {
        List<TaskView> tasks = new ArrayList<>();
        String memory =
                "waits for memory: needs 1.0 GiB, " + (400 + second) + " MiB free to promise";
        tasks.add(
                new Made(1, spec("type-check"))
                        .runs(second, 20, 36, Optional.of(new Outcome.Succeeded()))
                        .view(second, "waits for build to give back the lock git"));
        TaskSpec dev =
                builder("dev")
                        .kind(Kind.SERVICE)
                        .ready(new Readiness(new Readiness.Probe.Tcp(3000), Duration.ofSeconds(60)))
                        .build();
        Made server = new Made(2, dev).runs(second, 6, LASTS + 1, Optional.empty());
        tasks.add(server.phase(second > 40 ? Phase.READY : Phase.RUNNING).view(second, ""));
        TaskSpec build =
                builder("build", new Need("type-check", Need.Condition.SUCCEEDED))
                        .retry(
                                new RetryPolicy(
                                        2,
                                        Backoff.DEFAULT,
                                        new java.util.TreeSet<>(List.of(1)),
                                        Optional.empty()))
                        .memory(Samples.mib(2_048))
                        .env(Map.of("API_TOKEN", "not to be shown"))
                        .build();
        tasks.add(
                new Made(3, build)
                        .runs(second, 40, 80, Optional.of(new Outcome.ExitedWith(1)))
                        .runs(second, 92, LASTS + 1, Optional.empty())
                        .view(
                                second,
                                second < 40
                                        ? "waits for type-check to succeed"
                                        : second < 92 && second > 80
                                                ? "attempt 2 of 3 starts in " + (92 - second) + "s"
                                                : ""));
        tasks.add(
                new Made(
                                4,
                                spec(
                                        "e2e",
                                        new Need("dev", Need.Condition.READY),
                                        new Need("build", Need.Condition.STARTED)))
                        .view(second, second < 92 ? "waits for build to start" : memory));
        tasks.add(
                new Made(5, spec("lint"))
                        .runs(second, 60, LASTS + 1, Optional.empty())
                        .phase(second > 150 && second < 210 ? Phase.PAUSED : Phase.RUNNING)
                        .view(second, second > 150 && second < 210 ? "paused by you" : ""));
        tasks.add(
                new Made(6, spec("unit", new Need("type-check", Need.Condition.FINISHED)))
                        .runs(second, 100, 182, Optional.of(new Outcome.ExitedWith(2)))
                        .view(second, second < 100 ? memory : second > 182 ? "exit code 2" : ""));
        tasks.add(
                new Made(
                                7,
                                spec(
                                        "deploy",
                                        new Need("build", Need.Condition.SUCCEEDED),
                                        new Need("e2e", Need.Condition.SUCCEEDED),
                                        new Need("unit", Need.Condition.FINISHED)))
                        .view(second, "waits for build to succeed"));
        tasks.add(new Made(8, spec("docs")).view(second, TaskView.WAITS_TO_BE_STARTED));
        return tasks;
    }

    private static TaskSpec spec(String name, Need... needs) {
        return builder(name, needs).build();
    }

    private static TaskSpec.Builder builder(String name, Need... needs) {
        TaskSpec.Builder builder =
                TaskSpec.named(name, Samples.FOLDER, new Command.Shell("npm run " + name));
        for (Need need : needs) {
            builder.need(need.task(), need.condition());
        }
        return builder;
    }

    /** A task that is being made up. */
    private static final class Made {
        private final long id;
        private final TaskSpec spec;
        private final List<AttemptView> attempts = new ArrayList<>();
        private Phase phase = Phase.WAITING;
        private Optional<Phase> told = Optional.empty();
        private Optional<Instant> ended = Optional.empty();

        Made(long id, TaskSpec spec) {
            this.id = id;
            this.spec = spec;
        }

        Made phase(Phase other) {
            told = Optional.of(other);
            return this;
        }

        Made runs(int now, int from, int until, Optional<Outcome> outcome) {
            if (now < from) {
                phase = ended.isPresent() ? Phase.BACKOFF : phase;
                return this;
            }
            boolean over = now >= until;
            ended = over ? Optional.of(START.plusSeconds(until)) : Optional.empty();
            phase = over ? outcome.orElseThrow().phase() : Phase.RUNNING;
            attempts.add(
                    new AttemptView(
                            attempts.size() + 1,
                            LOG,
                            Optional.of(START.plusSeconds(from)),
                            ended,
                            over ? outcome : Optional.empty(),
                            Samples.mib(300 + 7 * id)));
            return this;
        }

        TaskView view(int second, String reason) {
            Phase now = phase.active() ? told.orElse(phase) : phase;
            TaskView base = Samples.task(id, spec.name(), spec.kind(), now, reason, LOG);
            return new TaskView(
                    base.id(),
                    spec,
                    now,
                    reason,
                    base.pid(),
                    attempts,
                    now.active() ? (second * id % 190) / 100.0 : 0,
                    now.active() ? Samples.mib(200 + second * id % 700) : 0,
                    base.expected(),
                    base.heavy(),
                    attempts.isEmpty() ? Optional.empty() : attempts.getLast().startedAt(),
                    now.ended() ? ended : Optional.empty(),
                    Optional.empty());
        }
    }

    /** Twelve tasks in a row, each after the one before. */
    private static List<TaskView> chain() {
        List<TaskView> tasks = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            Need[] needs =
                    i == 1
                            ? new Need[0]
                            : new Need[] {new Need("step-" + (i - 1), Need.Condition.SUCCEEDED)};
            Phase phase = i == 1 ? Phase.RUNNING : Phase.WAITING;
            String reason = i == 1 ? "" : "waits for step-" + (i - 1) + " to succeed";
            TaskView task = Samples.task(i, "step-" + i, Kind.JOB, phase, reason, LOG);
            tasks.add(Samples.with(task, spec("step-" + i, needs)));
        }
        return tasks;
    }

    /** Three hundred tasks, each of which needs up to three before it. */
    static List<TaskView> many() {
        List<TaskView> tasks = new ArrayList<>();
        List<Phase> phases = List.of(Phase.values());
        for (int i = 1; i <= 300; i++) {
            List<Need> needs = new ArrayList<>();
            for (int k = 2; k <= 4; k++) {
                if (i % 7 == k && i / k > 0) {
                    needs.add(new Need("task-" + i / k, Need.Condition.SUCCEEDED));
                }
            }
            TaskView task =
                    Samples.task(i, "task-" + i, Kind.JOB, phases.get(i % phases.size()), "", LOG);
            tasks.add(Samples.with(task, spec("task-" + i, needs.toArray(Need[]::new))));
        }
        return tasks;
    }
}
