package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Paths at which no usable file lies. */
class StrangeFilesTest {
    @TempDir Path folder = Path.of("/");

    @Test
    void folder() {
        assertThat(told(folder))
                .containsExactly(folder + ":1:1: this is a folder; name the file in it");
    }

    @Test
    void missing() {
        Path file = folder.resolve("none.yaml");
        assertThat(told(file))
                .containsExactly(file + ":1:1: there is no such file; check the path");
    }

    @Test
    void belowAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x").resolve("simmer.yaml");
        assertThat(told(file)).hasSize(1);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeIsNotOpened() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();

        assertThat(told(pipe))
                .containsExactly(
                        pipe
                                + ":1:1: this is a device, a pipe or a socket; name a regular"
                                + " file");
    }

    @Test
    void device() {
        assertThat(told(Path.of("/dev/zero")))
                .containsExactly(
                        "/dev/zero:1:1: this is a device, a pipe or a socket; name a regular file");
    }

    @Test
    void loopOfLinks() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), link);
        assertThat(told(link))
                .containsExactly(
                        link + ":1:1: this file cannot be read; check the path and the disk");
    }

    @Test
    void fileThatFailsToRead() {
        assertThat(told(Path.of("/proc/self/mem")))
                .containsExactly(
                        "/proc/self/mem:1:1: this file cannot be read; check the path and the"
                                + " disk");
    }

    @Test
    void forbidden() throws IOException {
        Path file = Files.writeString(folder.resolve("secret.yaml"), "version: 1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx-wx-wx"));
        assumeFalse(Files.isReadable(file), "the superuser reads everything");
        assertThat(told(file))
                .containsExactly(
                        file
                                + ":1:1: this file must not be read; give yourself the right to"
                                + " read it");
    }

    @Test
    void tooLarge() throws IOException {
        String whole = "version: 1\ntasks: {a: x}\n";
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, whole + "#".repeat(SourceText.MAX_BYTES - whole.length()));
        assertThat(TaskFileReader.read(file, Map.of())).isInstanceOf(TaskFileReader.Loaded.class);

        Files.writeString(file, whole + "#".repeat(SourceText.MAX_BYTES - whole.length() + 1));
        assertThat(told(file))
                .containsExactly(
                        file
                                + ":1:1: this file is larger than 1 MiB; a file of that size is"
                                + " nothing that a person wrote");
    }

    @Test
    void nameOfTheFileCannotActOnATerminal() {
        assertThat(told(folder.resolve("\u001b[2J\n.yaml")))
                .containsExactly(
                        folder + "/\\x1B[2J\\n.yaml:1:1: there is no such file; check the path");
    }

    @Test
    void depthIsLimitedAlsoThroughAliases() throws IOException {
        String deep = "[".repeat(40) + "x" + "]".repeat(40);
        Path file = folder.resolve("deep.yaml");
        Files.writeString(
                file,
                "version: 1\na: &a "
                        + deep
                        + "\nb: "
                        + "[".repeat(20)
                        + "*a"
                        + "]".repeat(20)
                        + "\n");
        assertThat(told(file))
                .containsExactly(
                        file
                                + ":3:24: this stands more than 50 levels deep; a task file needs"
                                + " five");
    }

    private static List<String> told(Path file) {
        TaskFileReader.Result result = TaskFileReader.read(file, Map.of());
        assertThat(result).isInstanceOf(TaskFileReader.Broken.class);
        return ((TaskFileReader.Broken) result).mistakes().stream().map(Mistake::message).toList();
    }
}
