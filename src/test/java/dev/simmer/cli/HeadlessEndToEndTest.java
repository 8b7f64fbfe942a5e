package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Headless runs of real processes, in a Java of their own. */
@Timeout(120)
class HeadlessEndToEndTest {
    @TempDir Path folder;
    private final List<Process> started = new ArrayList<>();

    /** What a run left behind. */
    private record Ran(int code, List<String> out, String err) {}

    @AfterEach
    void noProcessIsLeft() throws InterruptedException {
        for (Process each : started) {
            if (each.isAlive()) {
                each.destroyForcibly().waitFor();
            }
        }
        assertThat(tasksAlive()).isEmpty();
    }

    /** Processes that were started by this test's runs: those whose log lies in its folder. */
    private List<String> tasksAlive() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(each -> environment(each.pid()).contains(home().toString()))
                    .filter(ProcessHandle::isAlive)
                    .map(each -> each.info().commandLine().orElse("?"))
                    .toList();
        }
    }

    private static String environment(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/environ"),
                    java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path workspace() throws IOException {
        return Files.createDirectories(folder.resolve("workspace"));
    }

    private void file(String text) throws IOException {
        Files.writeString(workspace().resolve("simmer.yaml"), text);
    }

    private ProcessBuilder simmer(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.simmer.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workspace().toFile());
        builder.environment().put("SIMMER_HOME", home().toString());
        builder.redirectError(folder.resolve("err").toFile());
        return builder;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        return finish(start(simmer(words)));
    }

    private Ran finish(Process process) throws IOException, InterruptedException {
        List<String> out;
        try (BufferedReader reader = process.inputReader()) {
            out = reader.lines().toList();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, Files.readString(folder.resolve("err")));
    }

    private static void signal(Process process, String name)
            throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    /** Reads until a line appears. */
    private static void await(BufferedReader reader, String wanted) throws IOException {
        String line = reader.readLine();
        while (line != null && !line.contains(wanted)) {
            line = reader.readLine();
        }
        assertThat(line).as("the run ended before it wrote " + wanted).isNotNull();
    }

    @Test
    void everyLineArrivesInOrder() throws Exception {
        StringBuilder tasks = new StringBuilder("version: 1\nlimits: {heavy: 99}\ntasks:\n");
        for (int i = 1; i <= 8; i++) {
            tasks.append("  t").append(i);
            tasks.append(": {run: 'seq 1 20000; printf end', memory: 1M}\n");
        }
        file(tasks.toString());
        Ran ran = run("--headless");

        assertThat(ran.code()).as(ran.err()).isZero();
        Map<String, Integer> next = new HashMap<>();
        for (String line : ran.out()) {
            String task = line.substring(0, 2);
            int number = next.merge(task, 1, Integer::sum);
            assertThat(line).isEqualTo(task + " | " + (number > 20_000 ? "end" : number));
        }
        assertThat(next).hasSize(8).allSatisfy((_, count) -> assertThat(count).isEqualTo(20_001));
    }

    @Test
    void eventsAreJsonAndNothingElse() throws Exception {
        file(
                """
                version: 1
                tasks:
                  web: {run: 'echo up; sleep 1000', kind: service, ready: {log: up}}
                  flaky: {run: 'test $SIMMER_ATTEMPT = 2', retry: {max: 3, backoff: 1ms..1ms}}
                  bad: {run: 'echo oops >&2; exit 7', needs: {web: ready}}
                  never: {run: 'true', needs: [bad]}
                """);
        Ran ran = run("--headless", "--output", "json");

        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        ObjectMapper mapper = new ObjectMapper();
        Map<String, List<String>> told = new HashMap<>();
        JsonNode last = mapper.createObjectNode();
        for (String line : ran.out()) {
            last = mapper.readTree(line);
            String event = last.get("event").asText();
            String more =
                    switch (event) {
                        case "line" -> " " + last.get("text").asText();
                        case "task-ended" ->
                                " "
                                        + last.get("outcome").asText()
                                        + " "
                                        + last.get("exit_code").asText();
                        default -> "";
                    };
            told.computeIfAbsent(last.path("task").asText("run"), _ -> new ArrayList<>())
                    .add(event + more);
        }
        assertThat(told.get("bad"))
                .containsExactly("task-started", "line oops", "task-ended failed 7");
        assertThat(told.get("flaky"))
                .containsExactly(
                        "task-started",
                        "task-ended failed 1",
                        "task-started",
                        "task-ended succeeded 0");
        assertThat(told.get("never")).containsExactly("task-ended skipped null");
        assertThat(told.get("web"))
                .containsExactly("task-started", "line up", "task-ended killed null");
        assertThat(told.get("run")).containsExactly("run-ended");
        assertThat(last.get("outcome").asText()).isEqualTo("failed");
        assertThat(last.get("tasks").size()).isEqualTo(4);
    }

    @Test
    void interruptStopsServicesAndWhatNeedsThem() throws Exception {
        file(
                """
                version: 1
                tasks:
                  web:
                    run: 'trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done'
                    kind: service
                    ready: {log: up}
                  user: {run: 'echo using; sleep 1000', needs: {web: ready}}
                """);
        Process process = start(simmer("--headless"));
        try (BufferedReader reader = process.inputReader()) {
            await(reader, "using");
            signal(process, "INT");
            await(reader, "web  | bye");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("err")))
                .containsSubsequence("user killed", "web stopped", "interrupted by SIGINT");
    }

    @Test
    void secondInterruptKills() throws Exception {
        file(
                """
                version: 1
                tasks:
                  stubborn:
                    run: 'trap "echo no" TERM INT; echo up; while :; do sleep 0.05; done'
                    stop: {grace: 1h}
                """);
        Process process = start(simmer("--headless"));
        try (BufferedReader reader = process.inputReader()) {
            await(reader, "up");
            signal(process, "TERM");
            await(reader, "no");
            signal(process, "INT");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void closedPipeEndsTheRunQuietly() throws Exception {
        file("version: 1\ntasks: {noisy: yes, quiet: sleep 1000}\n".replace("yes", "'yes'"));
        Process process = start(simmer("--headless"));
        try (BufferedReader reader = process.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("noisy | y");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(141);
        assertThat(Files.readString(folder.resolve("err")))
                .doesNotContain("Exception", "Broken pipe", "\tat ");
    }

    @Test
    void timeLimitAndReport() throws Exception {
        file("version: 1\ntasks: {slow: 'echo begun; sleep 1000', fast: 'true'}\n");
        Ran ran = run("--headless", "--timeout", "1s", "--junit", "out/junit.xml", "--grouped");

        assertThat(ran.code()).isEqualTo(124);
        assertThat(ran.out()).containsExactly("slow | begun");
        assertThat(ran.err()).contains("the time limit of 1.0s ran out");
        assertThat(workspace().resolve("out/junit.xml"))
                .content()
                .contains("tests=\"2\" failures=\"1\"", "name=\"fast\"", "begun");
    }

    @Test
    void shopRunsToItsEnd() throws Exception {
        Assumptions.assumeTrue(onPath("npm"), "npm is not installed");
        copy(Path.of("src/test/workspaces/shop"), workspace());
        Ran ran = run("--headless");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .anyMatch(line -> line.startsWith("dev        | ready in"))
                .contains("access-log | GET /health 200", "build      | built 2 modules");
        assertThat(ran.err()).contains("6 tasks, 2 stopped, 4 succeeded");
        assertThat(workspace().resolve("dist/manifest.json")).exists();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(each -> {
                Path target = to.resolve(from.relativize(each).toString());
                try {
                    if (Files.isDirectory(each)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(each, target);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
