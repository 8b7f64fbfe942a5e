package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    void unknownNamesAreToldWithTheFile() throws IOException {
        String no = " is no task or group of " + folder.resolve("simmer.yaml") + "; ";
        assertThat(resolve("docs", "biuld", "\u001b[2J", "releese"))
                .isEqualTo(
                        new Targets.Unknown(
                                List.of(
                                        "`biuld`" + no + "did you mean `build`?",
                                        "`\\x1B[2J`"
                                                + no
                                                + "there are `deploy`, `build`, `lint`,"
                                                + " `install`, `server`, `docs`, `pre`,"
                                                + " `release`",
                                        "`releese`" + no + "did you mean `release`?")));
    }

    @Test
    void longListOfKnownNamesIsCut() {
        List<TaskSpec> tasks =
                IntStream.rangeClosed(1, 13)
                        .mapToObj(i ->
                                TaskSpec.named(
                                                "task-" + i,
                                                new WorkspaceId(folder),
                                                new Command.Shell("x"))
                                        .build())
                        .toList();
        assertThat(mistake(tasks.subList(0, 12), "zzz")).endsWith("`task-11`, `task-12`");
        assertThat(mistake(tasks, "zzz")).endsWith("`task-11`, `task-12`, …");
        assertThat(mistake(List.of(), "zzz")).endsWith("; there is none in it");
    }

    private String mistake(List<TaskSpec> tasks, String... names) {
        TaskFile file =
                new TaskFile(
                        "n",
                        new WorkspaceId(folder),
                        folder.resolve("simmer.yaml"),
                        Limits.DEFAULT,
                        tasks,
                        Map.of(),
                        List.of());
        Targets targets = Targets.resolve(file, List.of(names), List.of("check", "help"));
        assertThat(targets).isInstanceOf(Targets.Unknown.class);
        return ((Targets.Unknown) targets).mistakes().getLast();
    }

    @Test
    void firstNameMayHaveBeenMeantAsCommand() {
        TaskSpec checks =
                TaskSpec.named("checks", new WorkspaceId(folder), new Command.Shell("x")).build();
        assertThat(mistake(List.of(), "chekc")).endsWith("; did you mean the command `check`?");
        assertThat(mistake(List.of(checks), "chekc"))
                .endsWith("; did you mean `checks` or the command `check`?");
        assertThat(mistake(List.of(), "zzz", "chekc")).doesNotContain("command");
        assertThat(mistake(List.of(checks), "checks", "hlep")).doesNotContain("command");
    }
}
