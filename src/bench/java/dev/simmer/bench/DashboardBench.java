package dev.simmer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The dashboard in a real pseudo-terminal with 1,000 tasks: how long it takes from a key to the
 * bytes that it changes ({@code keys}), what it costs while nothing happens ({@code idle}), how
 * soon the first frame is there ({@code first}). Beside it mprocs with as many processes, where it
 * is found: on the PATH, or where {@code MPROCS} names it.
 */
final class DashboardBench {
    private static final int TASKS = 1_000;
    private static final int NOISY = 50;
    private static final int KEYS = 400;
    private static final int IDLE_SECONDS = 30;

    /** Where both programs show which row is selected, and nothing that changes by itself. */
    private static final int LEFT = 6;

    private static final String QUIET = "exec sleep 100000";

    /** 20 lines a second, by one process. */
    private static final String NOISE =
            "exec perl -e '$|=1; while(1){print \"chunk \".++$i.\" of many\\n\";"
                    + " select(undef,undef,undef,0.05)}'";

    private final Path project;
    private final Path folder;
    private final Map<String, String> environment;

    private DashboardBench(Path project, Path scratch) throws IOException {
        this.project = project;
        folder = Files.createDirectories(scratch.resolve("dashboard"));
        environment =
                Map.of(
                        "SIMMER_HOME",
                        folder.resolve("home").toString(),
                        "XDG_CONFIG_HOME",
                        folder.resolve("config").toString());
    }

    /** Prints how long keys take. */
    static void keys(Path project, Path scratch) throws Exception {
        DashboardBench bench = new DashboardBench(project, scratch);
        System.out.printf(
                Locale.ROOT,
                "%nFrom key to changed bytes, %dx%d, %d tasks, %d of them noisy, %d keys%n",
                OnTerminal.COLUMNS,
                OnTerminal.ROWS,
                TASKS,
                NOISY,
                KEYS);
        bench.withTasks(
                NOISY,
                () -> {
                    try (OnTerminal dashboard = bench.dashboard()) {
                        bench.keys("simmer", dashboard);
                    }
                });
        Optional<Path> mprocs = mprocs();
        if (mprocs.isPresent()) {
            try (OnTerminal other = bench.mprocs(mprocs.get(), NOISY)) {
                bench.keys("mprocs", other);
            }
        }
    }

    /** Prints what a dashboard that has nothing to do costs. */
    static void idle(Path project, Path scratch) throws Exception {
        DashboardBench bench = new DashboardBench(project, scratch);
        System.out.printf(Locale.ROOT, "%nIdle for %d s with %d tasks%n", IDLE_SECONDS, TASKS);
        bench.withTasks(
                0,
                () -> {
                    try (OnTerminal dashboard = bench.dashboard()) {
                        bench.idle("simmer, all running", "java", dashboard);
                        bench.down();
                        bench.idle("simmer, all ended", "java", dashboard);
                    }
                });
        Optional<Path> mprocs = mprocs();
        if (mprocs.isPresent()) {
            try (OnTerminal other = bench.mprocs(mprocs.get(), 0)) {
                bench.idle("mprocs, all running", "mprocs", other);
            }
        }
    }

    /** Prints how soon the first frame with tasks is there, with the supervisor running. */
    static void first(Path project, Path scratch, int rounds) throws Exception {
        DashboardBench bench = new DashboardBench(project, scratch);
        String jdk =
                Path.of(Files.readString(installed(project).resolve("jdk")).strip()).toString();
        bench.withTasks(
                0,
                () ->
                        new Rounds("The first frame, " + TASKS + " tasks", rounds)
                                .with(
                                        "a JVM that says hello",
                                        Rounds.command(
                                                jdk + "/bin/java",
                                                "-XX:+UseSerialGC",
                                                "-XX:TieredStopAtLevel=1",
                                                "-cp",
                                                project.resolve("target/test-classes").toString(),
                                                Hello.class.getName()))
                                .with("the dashboard's first frame", bench::firstFrame)
                                .run());
    }

    private static Path installed(Path project) throws IOException {
        return Path.of(Files.readString(project.resolve(".simmer/app/current")).strip());
    }

    private double firstFrame() throws Exception {
        long begun = System.nanoTime();
        try (OnTerminal dashboard = new OnTerminal(folder, environment, List.of(simmer()))) {
            long shown = dashboard.await(screen -> screen.text().contains("task-1"), 20_000);
            if (shown < 0) {
                throw new IllegalStateException("no frame came:\n" + dashboard.text());
            }
            return (shown - begun) / 1e9;
        }
    }

    /** Something to do while the tasks are there. */
    private interface Work {
        void run() throws Exception;
    }

    private void withTasks(int noisy, Work work) throws Exception {
        StringBuilder yaml = new StringBuilder("version: 1\ntasks:\n");
        for (int i = 1; i <= TASKS; i++) {
            String run = i <= noisy ? NOISE : QUIET;
            yaml.append("  task-").append(i).append(": {run: \"");
            yaml.append(run.replace("\\", "\\\\").replace("\"", "\\\""));
            yaml.append("\", memory: 1M}\n");
        }
        Files.writeString(folder.resolve("simmer.yaml"), yaml);
        command("up");
        try {
            work.run();
        } finally {
            down();
            command("supervisor", "stop");
        }
    }

    private void down() throws Exception {
        command("down", "--now");
    }

    private String simmer() {
        return project.resolve("simmer").toString();
    }

    private void command(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
        argv.addAll(List.of(folder.toString(), simmer()));
        argv.addAll(List.of(words));
        Rounds.command(environment, argv.toArray(String[]::new)).seconds();
    }

    private OnTerminal dashboard() throws Exception {
        OnTerminal dashboard = new OnTerminal(folder, environment, List.of(simmer()));
        if (dashboard.await(screen -> screen.text().contains("task-10 "), 60_000) < 0) {
            String seen = dashboard.text();
            dashboard.close();
            throw new IllegalStateException("the dashboard did not open:\n" + seen);
        }
        return dashboard;
    }

    private static Optional<Path> mprocs() {
        String named = System.getenv("MPROCS");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        try (Stream<String> path = Arrays.stream(System.getenv("PATH").split(":", -1))) {
            Optional<Path> found =
                    path.map(each -> Path.of(each, "mprocs"))
                            .filter(Files::isExecutable)
                            .findFirst();
            if (found.isEmpty()) {
                System.out.println(
                        "  mprocs is not on the PATH; npm install -g mprocs, or set MPROCS");
            }
            return found;
        }
    }

    private OnTerminal mprocs(Path mprocs, int noisy) throws Exception {
        StringBuilder yaml = new StringBuilder("procs:\n");
        for (int i = 1; i <= TASKS; i++) {
            String run = i <= noisy ? NOISE : QUIET;
            yaml.append("  task-").append(i).append(":\n    shell: \"");
            yaml.append(run.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n");
        }
        Path file = Files.writeString(folder.resolve("mprocs.yaml"), yaml);
        OnTerminal other =
                new OnTerminal(folder, Map.of(), List.of(mprocs.toString(), "-c", file.toString()));
        if (other.await(screen -> screen.text().contains("task-10 "), 60_000) < 0) {
            String seen = other.text();
            other.close();
            throw new IllegalStateException("mprocs did not open:\n" + seen);
        }
        return other;
    }

    private void keys(String name, OnTerminal terminal) throws Exception {
        Random random = new Random(1);
        Thread.sleep(5_000);
        double[] millis = new double[KEYS];
        int lost = 0;
        for (int i = 0; i < KEYS; i++) {
            Thread.sleep(40 + random.nextInt(80));
            String before = terminal.left(LEFT);
            long typed = System.nanoTime();
            // Up and down over the first noisy ones, so that each key changes something.
            terminal.type(i / 20 % 2 == 0 ? "j" : "k");
            long shown = terminal.await(screen -> !screen.left(LEFT).equals(before), 2_000);
            lost += shown < 0 ? 1 : 0;
            millis[i] = shown < 0 ? 2_000 : (shown - typed) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "  %-10s median %6.1f ms   95 of 100 %6.1f ms   99 of 100 %6.1f ms   longest %6.1f"
                        + " ms   within 16 ms %5.1f %%   without effect %d%n",
                name,
                millis[KEYS / 2],
                millis[KEYS * 95 / 100],
                millis[KEYS * 99 / 100],
                millis[KEYS - 1],
                100.0 * Arrays.stream(millis).filter(each -> each <= 16).count() / KEYS,
                lost);
    }

    private void idle(String name, String program, OnTerminal terminal) throws Exception {
        Thread.sleep(10_000);
        double cpu = terminal.cpuSeconds(program);
        long bytes = terminal.bytes();
        Thread.sleep(IDLE_SECONDS * 1_000L);
        System.out.printf(
                Locale.ROOT,
                "  %-22s %5.2f %% of a core, %d bytes written%n",
                name,
                100 * (terminal.cpuSeconds(program) - cpu) / IDLE_SECONDS,
                terminal.bytes() - bytes);
    }
}
