package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a supervisor is met, whose it is, and when it goes. */
@Timeout(60)
class HomeTest {
    @TempDir Path home;

    @Test
    void socketLiesInTheRuntimeFolderUnlessTheHomeIsChosen() {
        Path state = Path.of("/home/me/.local/state/simmer");
        assertThat(SupervisorFiles.of(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), state).socket())
                .isEqualTo(Path.of("/run/user/7/simmer/supervisor.sock"));
        assertThat(SupervisorFiles.of(Map.of("XDG_RUNTIME_DIR", "run"), state).socket())
                .isEqualTo(state.resolve("supervisor.sock"));
        assertThat(SupervisorFiles.of(Map.of(), state).socket())
                .isEqualTo(state.resolve("supervisor.sock"));
        Map<String, String> both =
                Map.of("XDG_RUNTIME_DIR", "/run/user/7", "SIMMER_HOME", "/data/simmer");
        assertThat(SupervisorFiles.of(both, Path.of("/data/simmer")).socket())
                .isEqualTo(Path.of("/data/simmer/supervisor.sock"));
    }

    @Test
    void longPathGetsAShortSocketThatWorks() throws Exception {
        Path deep = home.resolve("d".repeat(100)).resolve("ö".repeat(60));
        try (ServedHome served = new ServedHome(deep);
                SupervisorClient client = served.connect()) {
            assertThat(served.files.socket().toString())
                    .startsWith("/tmp/simmer-")
                    .endsWith(".sock");
            assertThat(client.hello().home()).isEqualTo(deep);
        }
        assertThat(ServedHome.files(deep).socket()).doesNotExist();
        Path other = home.resolve("d".repeat(100)).resolve("o".repeat(60));
        assertThat(ServedHome.files(other).socket()).isNotEqualTo(ServedHome.files(deep).socket());
    }

    @Test
    void foldersAndSocketAreTheOwnersAlone() throws Exception {
        Path loose = home.resolve("loose");
        Files.createDirectory(loose);
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServedHome served = new ServedHome(loose)) {
            assertThat(permissions(loose)).isEqualTo("rwx------");
            assertThat(permissions(served.files.socket())).isEqualTo("rw-------");
            assertThat(permissions(served.files.lock())).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void linkInPlaceOfTheRuntimeFolderIsRefused() throws Exception {
        Path runtime = Files.createDirectory(home.resolve("run"));
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(runtime.resolve("simmer"), elsewhere);
        SupervisorFiles files =
                SupervisorFiles.of(
                        Map.of("XDG_RUNTIME_DIR", runtime.toString()), home.resolve("state"));
        try (HomeLock lock = HomeLock.claim(files, Duration.ZERO);
                FakeEngine engine = new FakeEngine()) {
            assertThatExceptionOfType(SupervisorFailure.class)
                    .isThrownBy(() -> SupervisorServer.open(lock, engine, setup()))
                    .matches(e -> e.kind() == Kind.UNUSABLE)
                    .withMessageContaining("it is not a folder");
        }
    }

    private static ServerSetup setup() {
        return new ServerSetup("1.0", Duration.ZERO, Map::of, ServerLimits.USUAL);
    }

    @Test
    void folderForSocketsGoesWithItsLastSocket() throws Exception {
        Path runtime = Files.createDirectory(home.resolve("run"));
        SupervisorFiles files =
                SupervisorFiles.of(
                        Map.of("XDG_RUNTIME_DIR", runtime.toString()), home.resolve("state"));
        Path folder = runtime.resolve("simmer");
        try (HomeLock lock = HomeLock.claim(files, Duration.ZERO);
                FakeEngine engine = new FakeEngine()) {
            try (Serving _ = new Serving(lock, engine)) {
                Files.createFile(folder.resolve("other"));
            }
            assertThat(files.socket()).doesNotExist();
            assertThat(folder).exists();
            Files.delete(folder.resolve("other"));
            try (Serving _ = new Serving(lock, engine)) {
                assertThat(files.socket()).exists();
            }
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void homeThatCannotBeMadeIsToldInWords() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(() -> Ownership.makePrivate(Path.of("/proc/nohome"), true))
                .withMessageStartingWith(
                        "cannot use /proc/nohome: it is not there and cannot be made; set");
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(() -> Ownership.makePrivate(file.resolve("home"), true))
                .withMessageContaining(file + " is in the way");
    }

    @Test
    void secondClaimSaysWhoHasTheHome() throws Exception {
        try (ServedHome served = new ServedHome(home)) {
            assertThatExceptionOfType(SupervisorFailure.class)
                    .isThrownBy(() -> HomeLock.claim(served.files, Duration.ofSeconds(10)))
                    .matches(e -> e.kind() == Kind.ALREADY_RUNNING);
            // The first one's lock has not gone with the second one's try.
            Process python = lockedFromOutside(served.files.lock());
            assertThat(python.waitFor()).isIn(1, 127);
        }
    }

    /** Ends with 0 where another process can take the lock, 1 where it cannot. */
    private static Process lockedFromOutside(Path lock) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "command -v python3 >/dev/null || exit 127; exec python3 -c 'import"
                                + " fcntl,sys\n"
                                + "f=open(sys.argv[1],\"r+\")\n"
                                + "try: fcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)\n"
                                + "except OSError: sys.exit(1)' \"$1\"",
                        "sh",
                        lock.toString())
                .start();
    }

    @Test
    void socketOfAnotherHomeIsLeftAlone() throws Exception {
        Path runtime = Files.createDirectory(home.resolve("run"));
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtime.toString());
        SupervisorFiles one = SupervisorFiles.of(environment, home.resolve("one"));
        SupervisorFiles two = SupervisorFiles.of(environment, home.resolve("two"));
        assertThat(one.socket()).isEqualTo(two.socket());
        try (HomeLock first = HomeLock.claim(one, Duration.ZERO);
                HomeLock second = HomeLock.claim(two, Duration.ZERO);
                FakeEngine engine = new FakeEngine();
                Serving _ = new Serving(first, engine)) {
            assertThatExceptionOfType(SupervisorFailure.class)
                    .isThrownBy(() -> SupervisorServer.open(second, engine, setup()))
                    .matches(e -> e.kind() == Kind.ALREADY_RUNNING)
                    .withMessageContaining("set SIMMER_HOME");
            assertThatExceptionOfType(SupervisorFailure.class)
                    .isThrownBy(() ->
                            new SupervisorStart(two, "1.0", List.of("false"), Duration.ZERO).find())
                    .matches(e -> e.kind() == Kind.NOT_OURS)
                    .withMessageContaining(home.resolve("one").toString());
        }
    }

    @Test
    void clientWithAnotherEnvironmentFindsTheSameSupervisor() throws Exception {
        Path runtime = Files.createDirectory(home.resolve("run"));
        SupervisorFiles desktop =
                SupervisorFiles.of(Map.of("XDG_RUNTIME_DIR", runtime.toString()), home);
        SupervisorFiles cron = SupervisorFiles.of(Map.of(), home);
        assertThat(cron.socket()).isNotEqualTo(desktop.socket());
        try (HomeLock lock = HomeLock.claim(desktop, Duration.ZERO);
                FakeEngine engine = new FakeEngine();
                Serving _ = new Serving(lock, engine)) {
            try (SupervisorClient client =
                    new SupervisorStart(cron, "1.0", List.of("false"), Duration.ofSeconds(5))
                            .connect()) {
                assertThat(client.hello().home()).isEqualTo(home);
            }
        }
    }

    @Test
    void staleSocketIsReplaced() throws Exception {
        SupervisorFiles files = ServedHome.files(home);
        ServerSocketChannel dead = Sockets.listen(files.socket());
        dead.close();
        assertThat(files.socket()).exists();
        assertThat(SupervisorClient.dial(files, files.socket(), "1.0")).isEmpty();
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            assertThat(client.hello().home()).isEqualTo(home);
        }
    }

    @Test
    void fileInPlaceOfTheSocketIsSaid() throws Exception {
        SupervisorFiles files = ServedHome.files(home);
        Files.writeString(files.socket(), "no socket");
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(() -> SupervisorClient.dial(files, files.socket(), "1.0"))
                .matches(e -> e.kind() == Kind.NOT_OURS);
    }

    @Test
    void idleServerEndsWhenNothingGoesOnAndNobodyIsThere() throws Exception {
        try (ServedHome served = new ServedHome(home, ServerLimits.USUAL, Duration.ofMillis(50))) {
            TaskId build = served.engine.add("build");
            TaskId later = served.engine.add("later");
            served.engine.phase(later, Phase.WAITING, TaskView.WAITS_TO_BE_STARTED);
            served.engine.publish();
            try (SupervisorClient client = served.connect()) {
                served.engine.phase(build, Phase.FAILED, "exit code 1");
                served.engine.publish();
                assertThat(client.status().tasks()).containsKey("failed");
                assertThat(served.serves()).isTrue();
            }
            served.awaitEnd();
            assertThat(served.files.socket()).doesNotExist();
        }
    }

    @Test
    void whoGotAnAnswerFromAnIdleServerIsServed() throws Exception {
        Random random = new Random(20_260_301);
        int met = 0;
        for (int i = 0; i < 100; i++) {
            try (ServedHome served =
                    new ServedHome(home, ServerLimits.USUAL, Duration.ofMillis(1))) {
                for (int call = 0; call < 5; call++) {
                    // Calls fall before, into and behind the server's end.
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                    Optional<SupervisorClient> client =
                            SupervisorClient.dial(
                                    served.files, served.files.socket(), ServedHome.VERSION);
                    if (client.isPresent()) {
                        assertThat(client.get().status().clients()).isEqualTo(1);
                        client.get().close();
                        met++;
                    }
                }
                served.awaitEnd();
            }
        }
        assertThat(met).isPositive();
    }

    /** A server that serves. */
    private static final class Serving implements AutoCloseable {
        private final SupervisorServer server;
        private final Thread thread;

        Serving(HomeLock lock, FakeEngine engine) throws SupervisorFailure {
            server = SupervisorServer.open(lock, engine, setup());
            thread = Thread.ofPlatform().start(server::serve);
        }

        @Override
        public void close() {
            server.close();
            assertThat(join()).as("the server ends").isTrue();
        }

        private boolean join() {
            try {
                return thread.join(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
