package dev.simmer.chaos;

import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A home and a workspace of a test's own, and Simmer as a user has it: commands, and a supervisor
 * that is started and killed. Everything runs from the classes that are being tested.
 */
final class Home {
    private static final long LIMIT_SECONDS = 60;

    final Path home;
    final Path workspace;

    Home(Path folder) throws IOException {
        this(folder, folder.resolve("home"));
    }

    Home(Path folder, Path home) throws IOException {
        this.home = home;
        workspace = Files.createDirectories(folder.resolve("work"));
    }

    /** What a command printed and how it ended. */
    record Said(int code, String out, String err) {}

    /** A Simmer process, not yet started. */
    ProcessBuilder simmer(List<String> words) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        "dev.simmer.cli.Main"));
        line.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.directory(workspace.toFile());
        builder.environment().put("SIMMER_HOME", home.toString());
        return builder;
    }

    private static String classPath() {
        return Objects.requireNonNull(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
    }

    /** Starts the supervisor as this process's child. */
    Process supervisor() throws IOException {
        File log = workspace.resolveSibling("supervisor.out").toFile();
        return simmer(List.of("supervisor", "run"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** Waits until a supervisor listens; false where it ends or takes too long. */
    boolean awaitAnswer(Process supervisor) throws InterruptedException {
        var address = UnixDomainSocketAddress.of(home.resolve("supervisor.sock"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < end) {
            try (SocketChannel _ = SocketChannel.open(address)) {
                return true;
            } catch (IOException e) {
                if (supervisor.waitFor(5, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Runs a command to its end. */
    Said run(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(workspace.getParent(), "out", "");
        Path err = Files.createTempFile(workspace.getParent(), "err", "");
        Process process =
                simmer(List.of(words))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("simmer " + String.join(" ", words) + " does not end");
        }
        Said said = new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return said;
    }

    /** Waits until no process of a task is left. */
    void awaitNoProcess() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!processes().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Processes that were started by a task of this home, by their environment. */
    List<String> processes() throws IOException {
        byte[] mark = ("TMPDIR=" + home).getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path each : all.filter(Home::isProcess).toList()) {
                if (carries(each, mark)) {
                    found.add(each.getFileName().toString());
                }
            }
        }
        return found;
    }

    private static boolean isProcess(Path path) {
        return path.getFileName().toString().chars().allMatch(Character::isDigit);
    }

    private static boolean carries(Path process, byte[] mark) {
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            return new String(environment, StandardCharsets.ISO_8859_1)
                    .contains(new String(mark, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It has ended.
            return false;
        }
    }
}
