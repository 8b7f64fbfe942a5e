package dev.simmer.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a command takes that finds a supervisor with 100 running tasks, beside a JVM with the
 * same options that says hello; and the same without the launcher and without the AOT cache, which
 * shows where the time goes.
 */
final class StartBench {
    private static final int TASKS = 100;

    private final Path simmer;
    private final Map<String, String> environment;

    private StartBench(Path simmer, Path home) {
        this.simmer = simmer;
        this.environment = Map.of("SIMMER_HOME", home.toString());
    }

    static void run(Path project, Path scratch, int rounds) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("start"));
        StringBuilder yaml = new StringBuilder("version: 1\ntasks:\n");
        for (int i = 1; i <= TASKS; i++) {
            yaml.append("  t").append(i).append(": {run: exec sleep 100000, memory: 1M}\n");
        }
        Path file = Files.writeString(folder.resolve("simmer.yaml"), yaml);
        StartBench bench = new StartBench(project.resolve("simmer"), folder.resolve("home"));
        bench.simmer("--version").seconds();
        bench.simmer("up", "-f", file.toString()).seconds();
        try {
            bench.compare(installed(project), rounds);
        } finally {
            bench.down(folder).seconds();
            bench.simmer("supervisor", "stop").seconds();
        }
    }

    /** The folder that the launcher runs from. */
    private static Path installed(Path project) throws Exception {
        return Path.of(Files.readString(project.resolve(".simmer/app/current")).strip());
    }

    private void compare(Path app, int rounds) throws Exception {
        String java = Path.of(Files.readString(app.resolve("jdk")).strip(), "bin/java").toString();
        List<String> hello = new ArrayList<>(List.of(java));
        Files.readAllLines(app.resolve("client.args")).stream()
                .filter(line -> line.startsWith("-X") || line.startsWith("--"))
                .forEach(hello::add);
        hello.addAll(List.of("-cp", "target/test-classes", Hello.class.getName()));
        String args = "@" + app.resolve("client.args");
        String main = "dev.simmer.cli.Main";
        new Rounds("commands, " + TASKS + " tasks running", rounds)
                .with("a JVM that says hello", command(hello))
                .with("simmer --version", simmer("--version"))
                .with("simmer list", simmer("list"))
                .with("simmer run -- true", simmer("run", "--", "true"))
                .with(
                        "simmer list, no launcher",
                        command(
                                List.of(
                                        java,
                                        "-XX:AOTCache=" + app.resolve("client.aot"),
                                        args,
                                        main,
                                        "list")))
                .with(
                        "simmer list, no launcher, no AOT cache",
                        command(List.of(java, args, main, "list")))
                .run();
    }

    /** Ends the tasks of a workspace, which is the folder that the command is called in. */
    private Rounds.Contestant down(Path workspace) {
        return command(
                List.of(
                        "sh",
                        "-c",
                        "cd \"$1\" && exec \"$0\" down --now",
                        simmer.toString(),
                        workspace.toString()));
    }

    private Rounds.Contestant simmer(String... words) {
        List<String> argv = new ArrayList<>(List.of(simmer.toString()));
        argv.addAll(List.of(words));
        return command(argv);
    }

    private Rounds.Contestant command(List<String> argv) {
        return Rounds.command(environment, argv.toArray(String[]::new));
    }
}
