package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.bench.Climb;
import dev.simmer.bench.MemoryGroup;
import dev.simmer.model.ShellQuote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A supervisor in a control group whose memory somebody else takes, with real processes. */
final class MemoryPressureTest {
    private static final long LIMIT = 1L << 30;

    @TempDir private Path folder;
    private RealHome simmer;
    private MemoryGroup group;

    @BeforeEach
    void open() throws IOException {
        try {
            group = MemoryGroup.limited(LIMIT);
        } catch (IOException e) {
            throw new TestAbortedException("no control group can be made: " + e);
        }
        simmer = new RealHome(folder);
        Assumptions.assumeTrue(group.kills() == 0);
    }

    @AfterEach
    void close() throws Exception {
        if (simmer != null) {
            simmer.close();
        }
        if (group != null) {
            group.close();
        }
    }

    /** A command that runs within the group. */
    private List<String> inside(List<String> command) {
        return group.inside(
                "exec " + command.stream().map(ShellQuote::quote).collect(Collectors.joining(" ")));
    }

    private RealHome.Ran ran(String... words) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", "");
        Process process = simmer.start(inside(RealHome.command(words)), err);
        process.getOutputStream().close();
        return RealHome.finish(process, err);
    }

    /** Takes memory that is not Simmer's, until it is ended. */
    private Process outsider(int mib) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Climb.flags(System.getProperty("java.class.path")));
        command.addAll(List.of(Integer.toString(mib), "1000", "600000", "0"));
        return simmer.start(inside(command), Files.createTempFile(folder, "err", ""));
    }

    private boolean is(String name, String state) {
        try {
            return simmer.task(name).get("state").asText().equals(state);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean stopped(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") T ");
    }

    @Test
    void heavyWorkPausesWhileSomebodyElseTakesTheMemoryAndGoesOnAfterwards() throws Exception {
        String loop = "while [ ! -e go ]; do sleep 0.05; done";
        Files.writeString(
                simmer.workspace.resolve("simmer.yaml"),
                """
                version: 1
                limits: {reserve: 600M}
                tasks:
                  build: {run: '%1$s', memory: 20M, heavy: true}
                  suite: {run: '%1$s', memory: 20M, heavy: true}
                  light: {run: '%1$s', memory: 20M, heavy: false}
                  server: {run: '%1$s', kind: service, memory: 20M, heavy: true}
                """
                        .formatted(loop));
        assertThat(ran("up").code()).isZero();
        for (String name : List.of("build", "suite", "light", "server")) {
            simmer.runningTask(name);
        }
        long build = simmer.runningTask("build").get("pid").asLong();
        Process outsider = outsider(650);
        for (String name : List.of("build", "suite")) {
            RealHome.await(name + " to be paused", () -> is(name, "paused"));
        }
        JsonNode paused = simmer.task("build");
        assertThat(paused.get("reason").asText()).contains("memory", "600 MiB");
        assertThat(stopped(build)).isTrue();
        assertThat(is("light", "running")).isTrue();
        assertThat(is("server", "running")).isTrue();
        assertThat(simmer.simmer("run", "--name", "late", "--heavy", "true").code()).isZero();
        assertThat(is("late", "waiting")).isTrue();

        outsider.destroyForcibly().waitFor();
        for (String name : List.of("build", "suite")) {
            RealHome.await(name + " to go on", () -> is(name, "running"));
        }
        assertThat(stopped(build)).isFalse();
        simmer.touch("go");
        assertThat(simmer.simmer("wait", "build", "suite", "light", "late").code()).isZero();
        assertThat(simmer.task("build").get("attempt").asInt()).isEqualTo(1);
        assertThat(group.kills()).isZero();
        assertThat(Files.readString(simmer.home.resolve("supervisor.log")))
                .contains("suite paused", "build paused", "build goes on");
    }
}
