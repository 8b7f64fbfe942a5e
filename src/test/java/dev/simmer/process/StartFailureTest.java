package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StartFailure.Cause;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
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

    private StartFailure failure(Launch launch) {
        StartFailure failure =
                fixture.told.await(Recorder.Told.StartFailed.class, launch.id()).failure();
        assertThat(launch.folder()).doesNotExist();
        return failure;
    }

    private void assertFails(Launch launch, Cause cause, String... words) {
        StartFailure failure = failure(launch);
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.text()).contains(words);
    }

    @Test
    void commandThatIsNowhere() {
        assertFails(
                fixture.exec("no-such-program-at-all", "x"),
                Cause.NO_SUCH_COMMAND,
                "no-such-program-at-all is in no folder of PATH");
    }

    @Test
    void commandLineAsOneWordIsHinted() {
        assertFails(fixture.exec("npm run build"), Cause.NO_SUCH_COMMAND, "one word an entry");
    }

    @Test
    void pathThatDoesNotExist() {
        assertFails(
                fixture.exec("./missing"),
                Cause.NO_SUCH_COMMAND,
                fixture.workspace.resolve("missing").toString());
    }

    @Test
    void programWithoutThePermissionToExecute() throws IOException {
        Files.writeString(fixture.workspace.resolve("tool"), "#!/bin/sh\n");
        assertFails(fixture.exec("./tool"), Cause.NO_PERMISSION, "chmod +x", "tool");
    }

    @Test
    void folderAsProgram() throws IOException {
        Files.createDirectory(fixture.workspace.resolve("tool"));
        assertFails(fixture.exec("./tool"), Cause.NO_PERMISSION, "is a folder, not a program");
    }

    @Test
    void linkThatLeadsNowhere() throws IOException {
        Files.createSymbolicLink(fixture.workspace.resolve("tool"), Path.of("nowhere"));
        assertFails(fixture.exec("./tool"), Cause.NO_SUCH_COMMAND, "leads nowhere");
    }

    @Test
    void fileInTheFolderIsHinted() throws IOException {
        Files.writeString(fixture.workspace.resolve("deploy-it"), "#!/bin/sh\n");
        assertFails(fixture.exec("deploy-it"), Cause.NO_SUCH_COMMAND, "write ./deploy-it");
    }

    @Test
    void pathOfTheTaskCounts() throws IOException {
        Path bin = Files.createDirectories(fixture.workspace.resolve("bin"));
        Path tool = bin.resolve("tool-of-the-task");
        Files.writeString(tool, "#!/bin/sh\necho found\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Command command = new Command.Exec(List.of("tool-of-the-task"));

        assertFails(
                fixture.spawn(command, UnaryOperator.identity()),
                Cause.NO_SUCH_COMMAND,
                "tool-of-the-task");
        Launch launch =
                fixture.spawn(command, spec -> spec.env(Map.of("PATH", bin + ":/usr/bin:/bin")));
        fixture.told.awaitEnd(launch.id());
        assertThat(Fixture.output(launch)).isEqualTo("found\n");
    }

    @Test
    void folderThatDoesNotExist() {
        Path missing = fixture.workspace.resolve("packages/web");
        assertFails(
                fixture.spawn(new Command.Shell("true"), spec -> spec.cwd(missing)),
                Cause.NO_SUCH_FOLDER,
                "no folder " + missing);
    }

    @Test
    void fileAsFolder() throws IOException {
        Path file = Files.writeString(fixture.workspace.resolve("file"), "");
        assertFails(
                fixture.spawn(new Command.Shell("true"), spec -> spec.cwd(file)),
                Cause.NO_SUCH_FOLDER,
                file + " is not a folder");
    }

    @Test
    void argumentThatIsTooLong() {
        assertFails(fixture.exec("echo", "x".repeat(131_072)), Cause.ARGUMENTS_TOO_LONG, "128 KiB");
    }

    @Test
    void argumentsThatAreTooLongTogether() {
        String[] argv = Collections.nCopies(100, "x".repeat(100_000)).toArray(String[]::new);
        argv[0] = "echo";
        assertFails(fixture.exec(argv), Cause.ARGUMENTS_TOO_LONG, "each:");
    }

    @Test
    void nulByteIsNoException() {
        assertFails(fixture.exec("echo", "a\0b"), Cause.OTHER, "NUL");
        assertFails(fixture.sh("echo a\0b"), Cause.OTHER, "NUL");
        assertFails(
                fixture.spawn(new Command.Shell("true"), spec -> spec.env(Map.of("A", "\0"))),
                Cause.OTHER,
                "\"A\"",
                "NUL");
        assertFails(
                fixture.spawn(new Command.Shell("true"), spec -> spec.env(Map.of("A=B", "c"))),
                Cause.OTHER,
                "A=B");
    }

    @Test
    void nameWithANulByteIsNoException() {
        AttemptId id = new AttemptId(new TaskId(1), 1);
        Launch launch =
                new Launch(
                        id,
                        TaskSpec.named(
                                        "a\0b",
                                        new WorkspaceId(fixture.workspace),
                                        new Command.Shell("true"))
                                .build(),
                        fixture.home.resolve("runs/1/1"));
        fixture.processes.spawn(launch);
        assertFails(launch, Cause.OTHER, "SIMMER_TASK");
    }

    @Test
    void runFolderIsNoLink() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Launch launch = fixture.launch(new Command.Shell("true"), UnaryOperator.identity());
        Path parent = launch.folder().getParent();
        assertThat(parent).isNotNull();
        Files.createDirectories(parent);
        Files.createSymbolicLink(launch.folder(), elsewhere);
        fixture.processes.spawn(launch);

        StartFailure failure =
                fixture.told.await(Recorder.Told.StartFailed.class, launch.id()).failure();
        assertThat(failure.text())
                .contains("is a link, a file, another user's, or holds another run");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(launch.folder()).isSymbolicLink();
    }

    @Test
    void folderAboveTheRunFolderIsNoLinkAndNobodyElses() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path runs = fixture.home.resolve("runs");
        Launch launch = fixture.launch(new Command.Shell("true"), UnaryOperator.identity());
        Files.createDirectories(runs);
        Files.createSymbolicLink(runs.resolve(launch.id().task().toString()), elsewhere);
        fixture.processes.spawn(launch);
        assertThat(
                        fixture.told
                                .await(Recorder.Told.StartFailed.class, launch.id())
                                .failure()
                                .text())
                .contains("a folder above it, is a link");

        Launch foreign = fixture.launch(new Command.Shell("true"), UnaryOperator.identity());
        Path task = Files.createDirectory(runs.resolve(foreign.id().task().toString()));
        assumeTrue(new Posix().user() == 0, "only root can give a folder away");
        Files.setAttribute(task, "unix:uid", 12345);
        fixture.processes.spawn(foreign);
        fixture.told.await(Recorder.Told.StartFailed.class, foreign.id());
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(task).isEmptyDirectory();
    }

    @Test
    void runFolderOfAnotherRunStaysAsItIs() throws IOException {
        Launch launch = fixture.launch(new Command.Shell("true"), UnaryOperator.identity());
        Files.createDirectories(launch.folder());
        Files.writeString(launch.log(), "kept");
        fixture.processes.spawn(launch);

        fixture.told.await(Recorder.Told.StartFailed.class, launch.id());
        assertThat(launch.log()).hasContent("kept");
    }

    @Test
    void homeThatIsAFile() throws IOException {
        Files.writeString(fixture.home, "");
        assertThat(failure(fixture.sh("true")).text()).contains("is a link, a file");
        assertThat(fixture.home).hasContent("");
    }
}
