package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    @TempDir Path folder = Path.of("/");

    private Targets resolve(String... names) throws IOException {
        Path file = folder.resolve("simmer.yaml");
        Files.writeString(folder.resolve("a.ts"), "");
        Files.writeString(folder.resolve("b.ts"), "");
        Files.writeString(
                file,
                """
                version: 1
                tasks:
                  deploy: {run: x, needs: [build], autostart: false}
                  build: {run: x, needs: [lint, server]}
                  lint: {run: "x {items}", each: {glob: "*.ts", batch: 1}, needs: [install]}
                  install: {run: x, autostart: false}
                  server: {run: x, kind: service}
                  docs: x
                groups:
                  pre: [lint, docs]
                  release: [pre, deploy]
                """);
        TaskFileReader.Result result = TaskFileReader.read(file, Map.of());
        assertThat(result).isInstanceOf(TaskFileReader.Loaded.class);
        return Targets.resolve(((TaskFileReader.Loaded) result).file(), List.of(names));
    }

    @Test
    void taskComesWithItsNeedsInTheOrderOfTheFile() throws IOException {
        assertThat(resolve("build"))
                .isEqualTo(
                        new Targets.Chosen(
                                List.of("build", "lint[1]", "lint[2]", "install", "server")));
    }

    @Test
    void groupsAndBatches() throws IOException {
        assertThat(resolve("pre"))
                .isEqualTo(new Targets.Chosen(List.of("lint[1]", "lint[2]", "install", "docs")));
        assertThat(resolve("lint"))
                .isEqualTo(new Targets.Chosen(List.of("lint[1]", "lint[2]", "install")));
        assertThat(resolve("lint[2]")).isEqualTo(new Targets.Chosen(List.of("lint[2]", "install")));
        assertThat(resolve("release", "docs"))
                .isEqualTo(
                        new Targets.Chosen(
                                List.of(
                                        "deploy", "build", "lint[1]", "lint[2]", "install",
                                        "server", "docs")));
    }

    @Test
    void noNameMeansAllThatStartByThemselves() throws IOException {
        assertThat(resolve())
                .isEqualTo(
                        new Targets.Chosen(
                                List.of(
                                        "build", "lint[1]", "lint[2]", "install", "server",
                                        "docs")));
    }

    @Test
    void unknownNamesAreTold() throws IOException {
        assertThat(resolve("docs", "biuld", "\u001b[2J", "releese"))
                .isEqualTo(
                        new Targets.Unknown(
                                List.of(
                                        "`biuld` is no task or group of this file; did you mean"
                                                + " `build`?",
                                        "`\\x1B[2J` is no task or group of this file",
                                        "`releese` is no task or group of this file; did you mean"
                                                + " `release`?")));
    }
}
