package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts Simmer, with an installation whose Java tells what it was called with. */
class LauncherTest {
    @TempDir Path root;
    private Path app;

    @BeforeEach
    void install() throws IOException {
        root = root.toRealPath();
        script(root.resolve("simmer"), Files.readString(Path.of("simmer")));
        Path apps = Files.createDirectories(root.resolve(".simmer/app"));
        app = Files.createDirectory(apps.resolve("20260101-120000-1"));
        Path jdk = Files.createDirectory(root.resolve("jdk"));
        script(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.createDirectories(jdk.resolve("lib"));
        Files.writeString(jdk.resolve("lib/modules"), "");
        Files.writeString(apps.resolve("current"), app + "\n");
        Files.writeString(app.resolve("jdk"), jdk + "\n");
        Files.writeString(app.resolve("verbs"), String.join(" ", Main.COMMANDS) + "\n");
        Files.writeString(app.resolve("built"), "");
        // File systems may order what is written in the same moment in any way.
        Files.setLastModifiedTime(root.resolve("simmer"), FileTime.fromMillis(0));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> started(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of(root.resolve("simmer").toString()));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String told = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(told).isZero();
            return told.lines().filter(line -> !line.startsWith("-XX:AOTCache=")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "supervisor run, supervisor",
        "supervisor serve, supervisor",
        "supervisor --json run, supervisor",
        "supervisor stop, client",
        "supervisor, client",
        "agent run, client",
        "list, client",
        "--version, client",
        "build, dashboard",
        "--headless build, headless"
    })
    void eachCommandGetsTheClassesThatItNeeds(String line, String role) throws Exception {
        String[] words = line.split(" ", -1);

        assertThat(started(words).getFirst()).isEqualTo("@" + app.resolve(role + ".args"));
    }

    @Test
    void wordsArePassedOnAsTheyAre() throws Exception {
        assertThat(started("run", "a b", "", "*"))
                .containsSubsequence("dev.simmer.cli.Main", "run", "a b", "", "*");
    }
}
