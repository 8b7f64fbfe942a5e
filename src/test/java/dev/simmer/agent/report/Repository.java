package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real git repository in a temporary folder; the test is skipped where there is no git. */
record Repository(Path folder) {
    static Repository make(Path folder) throws IOException, InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "git is not installed");
        Files.createDirectories(folder);
        Repository repository = new Repository(folder);
        repository.git("init", "-q", "-b", "main");
        repository.write("a.txt", "one\n");
        repository.write("sub/b.txt", "two\n");
        repository.write(".gitignore", ".env\nbuild/\n");
        repository.commit("Begin");
        return repository;
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    void commit(String words) throws IOException, InterruptedException {
        git("add", "-A");
        git("commit", "-q", "-m", words);
    }

    String git(String... arguments) throws IOException, InterruptedException {
        return gitIn(folder, arguments);
    }

    static String gitIn(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
