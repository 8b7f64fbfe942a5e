package dev.simmer.bench;

import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonReader;
import dev.simmer.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A supervisor with 1,000 finished and 100 running tasks that is killed with SIGKILL: how long the
 * next {@code list} takes, which starts another supervisor, has it take up all 100 and asks it;
 * beside an empty JVM. And what the supervisor keeps in memory.
 */
final class AdoptionBench {
    private static final int RUNNING = 100;
    private static final int FINISHED = 1_000;

    private final Path simmer;
    private final Path folder;
    private final Map<String, String> environment;

    private AdoptionBench(Path simmer, Path folder) {
        this.simmer = simmer;
        this.folder = folder;
        this.environment = Map.of("SIMMER_HOME", folder.resolve("home").toString());
    }

    static void run(Path project, Path scratch, int rounds) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("adoption"));
        AdoptionBench bench = new AdoptionBench(project.resolve("simmer"), folder);
        bench.said("--version");
        try {
            bench.finish("finished", FINISHED);
            StringBuilder yaml = new StringBuilder("version: 1\ntasks:\n");
            for (int i = 1; i <= RUNNING; i++) {
                yaml.append("  r").append(i).append(": {run: exec sleep 100000, memory: 1M}\n");
            }
            bench.up("running", yaml);
            bench.await(RUNNING);
            bench.compare(project, rounds);
            bench.memory();
        } finally {
            bench.saidIn(folder.resolve("running"), "down", "--now");
            bench.said("supervisor", "stop");
        }
    }

    /** Runs tasks that do nothing to their end. */
    private void finish(String name, int count) throws Exception {
        StringBuilder yaml = new StringBuilder("version: 1\nlimits: {parallel: 8}\ntasks:\n");
        List<String> wait = new ArrayList<>(List.of("wait"));
        for (int i = 1; i <= count; i++) {
            yaml.append("  ").append(name).append(i).append(": {run: [\"true\"], memory: 1M}\n");
            wait.add(name + i);
        }
        up(name, yaml);
        said(wait.toArray(String[]::new));
    }

    private void up(String name, CharSequence yaml) throws Exception {
        Path workspace = Files.createDirectories(folder.resolve(name));
        said("up", "-f", Files.writeString(workspace.resolve("simmer.yaml"), yaml).toString());
    }

    private void await(int count) throws Exception {
        long running = 0;
        for (int tries = 0; running < count && tries < 200; tries++) {
            running = running();
        }
        if (running < count) {
            throw new IllegalStateException(running + " of " + count + " tasks run");
        }
    }

    private long running() throws Exception {
        JsonValue read = new JsonReader(JsonLimits.OWN).read(said("list", "--json"));
        long running = 0;
        if (read instanceof JsonValue.Items(List<JsonValue> tasks)) {
            for (JsonValue task : tasks) {
                running += JsonMembers.of(task).text("state").equals("running") ? 1 : 0;
            }
        }
        return running;
    }

    private void compare(Path project, int rounds) throws Exception {
        Path app = Path.of(Files.readString(project.resolve(".simmer/app/current")).strip());
        String java = Path.of(Files.readString(app.resolve("jdk")).strip(), "bin/java").toString();
        new Rounds(
                        "a supervisor killed with "
                                + FINISHED
                                + " finished and "
                                + RUNNING
                                + " running tasks",
                        rounds)
                .with(
                        "an empty JVM",
                        Rounds.command(
                                java,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                "target/test-classes",
                                Hello.class.getName()))
                .with("the first `simmer list` afterwards", afterKill("list"))
                .with("the first `simmer list --json`, all 1,100", afterKill("list", "--json"))
                .run();
    }

    /** Kills the supervisor, then times a command, which starts another one. */
    private Rounds.Contestant afterKill(String... words) {
        List<String> argv = new ArrayList<>(List.of(simmer.toString()));
        argv.addAll(List.of(words));
        Rounds.Contestant command = Rounds.command(environment, argv.toArray(String[]::new));
        return () -> {
            kill();
            double seconds = command.seconds();
            if (running() != RUNNING) {
                throw new IllegalStateException("not all were taken up");
            }
            return seconds;
        };
    }

    private void kill() throws Exception {
        ProcessHandle supervisor = ProcessHandle.of(supervisor()).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get();
    }

    private long supervisor() throws Exception {
        return new JsonReader(JsonLimits.OWN)
                .object(said("supervisor", "status", "--json"))
                .whole("pid");
    }

    private void memory() throws Exception {
        double first = residentMib();
        System.out.printf(
                Locale.ROOT,
                "  resident with %d finished and %d running tasks %24.1f MiB%n",
                FINISHED,
                RUNNING,
                first);
        int more = 4 * FINISHED;
        for (int i = 0; i < 4; i++) {
            finish("more" + i + "-", FINISHED);
        }
        double then = residentMib();
        System.out.printf(
                Locale.ROOT,
                "  and with %d more finished %43.1f MiB, %.1f KiB each%n",
                more,
                then,
                (then - first) * 1024 / more);
    }

    private double residentMib() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + supervisor() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("the supervisor is gone");
    }

    private String said(String... words) throws IOException, InterruptedException {
        return saidIn(folder, words);
    }

    private String saidIn(Path where, String... words) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(simmer.toString()));
        argv.addAll(List.of(words));
        File out = folder.resolve("out").toFile();
        ProcessBuilder command =
                new ProcessBuilder(argv)
                        .directory(where.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(out);
        command.environment().putAll(environment);
        int code = command.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("simmer " + words[0] + " exited with " + code);
        }
        return Files.readString(out.toPath(), StandardCharsets.UTF_8);
    }
}
