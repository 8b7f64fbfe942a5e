package dev.simmer.agent;

import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.Phase;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskSpec;
import dev.simmer.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * A program that has agents run, as a supervisor has, and goes on where one before it was killed.
 * It says {@code up} when it knows its tasks and {@code ended} when all have ended.
 */
final class KilledSupervisor {
    /** A variable that each process of an agent carries. */
    static final String MARK = "SIMMER_KILL_TEST";

    private static final String INIT =
            "say '{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}'\n";
    private static final String RESULT =
            "say '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                    + "\"result\":\"Done.\"}'\n";
    private static final String REPORT =
            """
            mkdir -p .agents/reports
            {
                echo "---"
                echo "report:"
                echo "  background_agent_id: $1"
                echo "---"
                echo "All of it was done."
            } >.agents/reports/$1.md
            """;
    private static final String BEGIN =
            """
            say() { printf '%s\\n' "$1"; }
            echo $$ >"$3/pids/$1"
            """;

    /** What the agents' programs do; the second argument is a time in seconds. */
    private static final Map<String, String> SCRIPTS = scripts();

    private KilledSupervisor() {}

    private static Map<String, String> scripts() {
        String wait = "sleep $2\n";
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("writes", INIT + wait + REPORT + RESULT);
        scripts.put("says", INIT + wait + RESULT);
        scripts.put("fails", INIT + wait + "exit 3\n");
        scripts.put("leaves", INIT + "setsid sleep 600 &\n" + wait + RESULT);
        scripts.put("hangs", INIT + "setsid sleep 600 &\nsetsid -w sleep 600\n");
        scripts.put("lingers", INIT + wait + RESULT + "trap '' TERM\nsleep 600\nsleep 600\n");
        scripts.put("isolated", INIT + wait + "echo more >>a.txt\n" + REPORT + RESULT);
        return scripts;
    }

    /** The agents of a round. */
    static List<String> ids() {
        return SCRIPTS.keySet().stream().map(name -> "bg-" + name).toList();
    }

    /**
     * What is to be run.
     *
     * @param folder of the round
     */
    private static List<TaskSpec> tasks(House house, Path folder, boolean git, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TaskSpec> tasks = new ArrayList<>();
        for (Map.Entry<String, String> each : SCRIPTS.entrySet()) {
            AgentSpec.Planned planned =
                    House.with(
                            House.planned("bg-" + each.getKey(), BEGIN + each.getValue()),
                            draft ->
                                    each.getKey().equals("isolated") && git
                                            ? draft.worktree()
                                            : draft);
            String seconds = Double.toString(random.nextInt(1_500) / 1_000.0);
            tasks.add(
                    house.task(planned, planned.agentId(), seconds, folder.toString())
                            .edit()
                            .env(Map.of(MARK, folder.toString()))
                            .timeout(Duration.ofSeconds(4))
                            .stop(new StopPolicy(Signal.TERM, Duration.ofMillis(300)))
                            .build());
        }
        return tasks;
    }

    public static void main(String[] args) throws IOException, StoreFailure, InterruptedException {
        Path folder = Path.of(args[0]);
        Path home = Files.createDirectories(folder.resolve("home"));
        AgentTiming timing =
                AgentTiming.USUAL.lingering(Duration.ofMillis(100), Duration.ofMillis(500));
        CountDownLatch up = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (House house = new House(folder, timing, SqliteStore.open(home));
                var _ =
                        house.engine.subscribe(snapshot -> {
                            if (snapshot.version() > 0) {
                                up.countDown();
                            }
                            if (allEnded(snapshot)) {
                                ended.countDown();
                            }
                        })) {
            up.await();
            if (house.engine.snapshot().tasks().isEmpty()) {
                boolean git = Files.exists(house.workspace.resolve(".git"));
                house.start(tasks(house, folder, git, Long.parseLong(args[1])));
            }
            System.out.println("up");
            ended.await();
            for (var task : house.engine.snapshot().tasks()) {
                System.out.println(task.name() + " " + task.phase() + " " + task.reason());
            }
            System.out.println("ended");
        }
    }

    private static boolean allEnded(Snapshot snapshot) {
        return snapshot.tasks().size() == SCRIPTS.size()
                && snapshot.tasks().stream()
                        .allMatch(task ->
                                task.outcome().isPresent() && task.phase() != Phase.RUNNING);
    }
}
