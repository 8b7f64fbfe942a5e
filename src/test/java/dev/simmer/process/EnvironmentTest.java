package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task inherits from whoever asked for it. */
class EnvironmentTest {
    private static final String PATH = "/usr/bin:/bin";

    @TempDir Path folder;

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> seen(Map<String, String> inherited, Map<String, String> env)
            throws IOException {
        Launch launch =
                fixture.spawn(
                        new Command.Exec(List.of("env", "-0")),
                        spec -> spec.inherited(new CallerEnvironment(inherited)).env(env));
        fixture.told.awaitEnd(launch.id());
        return List.of(Fixture.output(launch).split("\0")).stream()
                .filter(each -> !each.startsWith("SIMMER_") && !each.startsWith("TMPDIR="))
                .toList();
    }

    @Test
    void callersVariablesStandInThePlaceOfSimmersOwn() throws IOException {
        assertThat(System.getenv()).containsKey("PATH").hasSizeGreaterThan(2);
        assertThat(seen(Map.of("PATH", PATH, "A", "ä\n=b ", "B", "x"), Map.of("B", "y", "C", "")))
                .containsExactlyInAnyOrder(
                        "PATH=" + PATH, "A=ä\n=b ", "B=y", "C=", "PWD=" + fixture.workspace);
    }

    @Test
    void localeIsTheCallers() throws IOException {
        assertThat(
                        seen(
                                Map.of(
                                        "PATH",
                                        PATH,
                                        "LC_ALL",
                                        "C.UTF-8",
                                        "SIMMER_CALLERS_LC_ALL",
                                        "C"),
                                Map.of()))
                .contains("LC_ALL=C");
        assertThat(
                        seen(
                                Map.of(
                                        "PATH",
                                        PATH,
                                        "LC_ALL",
                                        "C.UTF-8",
                                        "SIMMER_CALLERS_LC_ALL",
                                        ""),
                                Map.of()))
                .noneMatch(each -> each.startsWith("LC_ALL"));
    }

    @Test
    void nothingOfAnOuterTaskIsSeen() throws IOException {
        Launch launch =
                fixture.spawn(
                        new Command.Exec(List.of("env")),
                        spec ->
                                spec.inherited(
                                        new CallerEnvironment(
                                                Map.of(
                                                        "PATH", PATH,
                                                        "SIMMER_ID", "outer",
                                                        "SIMMER_TASK", "outer",
                                                        "SIMMER_ATTEMPT", "outer",
                                                        "SIMMER_WORKSPACE", "outer",
                                                        "SIMMER_PROBE", "outer",
                                                        "SIMMER_CALLERS_LC_ALL", "outer",
                                                        "TMPDIR", "outer",
                                                        "SIMMER_HOME", "kept"))));
        fixture.told.awaitEnd(launch.id());
        assertThat(Fixture.output(launch).lines().filter(each -> each.contains("outer")))
                .containsExactly("LC_ALL=outer");
        assertThat(Fixture.output(launch)).contains("SIMMER_HOME=kept");
    }

    @Test
    void whatNoEnvironmentCanHoldIsLeftOut() throws IOException {
        assertThat(
                        seen(
                                Map.of("PATH", PATH, "", "a", "B=C", "d", "E\0", "f", "G", "h\0"),
                                Map.of()))
                .containsExactlyInAnyOrder("PATH=" + PATH, "PWD=" + fixture.workspace);
    }

    @Test
    void programsAreLookedForInTheCallersPath() throws IOException {
        Path bin = Files.createDirectories(fixture.workspace.resolve("bin"));
        Path tool = Files.writeString(bin.resolve("tool-of-the-caller"), "#!/bin/sh\necho found\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Command command = new Command.Exec(List.of("tool-of-the-caller"));
        Launch found =
                fixture.spawn(
                        command,
                        spec ->
                                spec.inherited(
                                        new CallerEnvironment(Map.of("PATH", bin + ":" + PATH))));
        fixture.told.awaitEnd(found.id());
        assertThat(Fixture.output(found)).isEqualTo("found\n");

        Launch missing =
                fixture.spawn(
                        command,
                        spec -> spec.inherited(new CallerEnvironment(Map.of("PATH", PATH))));
        StartFailure failure =
                fixture.told.await(Recorder.Told.StartFailed.class, missing.id()).failure();
        assertThat(failure.cause()).isEqualTo(StartFailure.Cause.NO_SUCH_COMMAND);
    }
}
