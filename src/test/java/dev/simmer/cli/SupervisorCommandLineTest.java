package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorCommandLineTest {
    private static final Map<String, String> JVM =
            Map.of("java.home", "/a jdk", "java.class.path", "/a b/x.jar:/y");

    @TempDir Path app;

    @Test
    void installedScriptIsTheCommand() throws Exception {
        Path script = Files.writeString(app.resolve("supervisor"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        List<String> command =
                SupervisorCommandLine.from(
                        name -> name.equals("simmer.app") ? app.toString() : JVM.get(name));

        assertThat(command).containsExactly(script.toString());
    }

    @Test
    void withoutAnInstallationTheSameClassesRun() {
        assertThat(
                        SupervisorCommandLine.from(name ->
                                name.equals("simmer.app")
                                        ? app.resolve("nowhere").toString()
                                        : JVM.get(name)))
                .startsWith("/a jdk/bin/java")
                .containsSubsequence("-cp", "/a b/x.jar:/y", "dev.simmer.cli.Main")
                .endsWith("dev.simmer.cli.Main", "supervisor", "serve");
        assertThat(SupervisorCommandLine.from(JVM::get)).startsWith("/a jdk/bin/java");
    }
}
