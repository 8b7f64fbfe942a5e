package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Supervisors in processes of their own are found, started, replaced, and outlive a kill -9. */
@Tag("slow")
@Timeout(180)
class SupervisorStartTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path home;

    private final Set<Long> started = new HashSet<>();

    @AfterEach
    void endAll() throws IOException {
        for (long pid : started) {
            ProcessHandle.of(pid).ifPresent(SupervisorStartTest::kill);
        }
        // One that was killed has left its socket, which may lie outside of the home.
        Sockets.remove(ServedHome.files(home));
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private SupervisorStart start(String version) {
        return new SupervisorStart(
                ServedHome.files(home),
                version,
                TestSupervisor.command(home, version, Duration.ZERO),
                LONG);
    }

    private SupervisorStart start(List<String> command, Duration limit) {
        return new SupervisorStart(ServedHome.files(home), "1.0", command, limit);
    }

    private Hello connect(SupervisorStart start) throws SupervisorFailure {
        try (SupervisorClient client = start.connect()) {
            started.add(client.hello().pid());
            return client.hello();
        }
    }

    @Test
    void firstCallStartsOneInASessionOfItsOwnAndLaterCallsFindIt() throws Exception {
        SupervisorStart start = start("1.0");
        assertThat(start.find()).isEmpty();
        Hello hello = connect(start);
        assertThat(hello.pid()).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(connect(start).pid()).isEqualTo(hello.pid());

        Path proc = Path.of("/proc/" + hello.pid());
        String stat = Files.readString(proc.resolve("stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        assertThat(Long.parseLong(fields.get(3))).as("its session").isEqualTo(hello.pid());
        assertThat(proc.resolve("fd/0").toRealPath()).isEqualTo(Path.of("/dev/null"));
        assertThat(proc.resolve("fd/1").toRealPath()).isEqualTo(Path.of("/dev/null"));
        assertThat(proc.resolve("fd/2").toRealPath())
                .isEqualTo(home.toRealPath().resolve("supervisor.log"));
        assertThat(proc.resolve("cwd").toRealPath()).isEqualTo(home.toRealPath());
        assertThat(Files.getPosixFilePermissions(home.resolve("supervisor.log"))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(home.resolve("supervisor.sock"))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(home)).hasSize(3);
    }

    @Test
    void manyCallersAtOnceGetTheSameOne() throws Exception {
        List<String> caller = new ArrayList<>(TestSupervisor.command(home, "1.0", Duration.ZERO));
        int main = caller.indexOf(TestSupervisor.class.getName());
        List<String> supervisor = List.copyOf(caller);
        caller.subList(main, caller.size()).clear();
        caller.addAll(List.of(TestCaller.class.getName(), home.toString(), "1.0"));
        caller.addAll(supervisor);
        Process other = new ProcessBuilder(caller).redirectErrorStream(true).start();
        Set<Long> pids = new HashSet<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Hello>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                found.add(
                        callers.submit(() -> {
                            try (SupervisorClient client = start("1.0").connect()) {
                                return client.hello();
                            }
                        }));
            }
            for (Future<Hello> each : found) {
                pids.add(each.get().pid());
            }
        }
        started.addAll(pids);
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).as(said).isZero();
        pids.add(Long.parseLong(said.strip()));
        assertThat(pids).hasSize(1);
    }

    @Test
    void twoSupervisorsStartedByHandAreOne() throws Exception {
        List<String> command = TestSupervisor.command(home, "1.0", Duration.ZERO);
        Process one = new ProcessBuilder(command).start();
        Process two = new ProcessBuilder(command).start();
        started.add(one.pid());
        started.add(two.pid());
        List<String> said = new ArrayList<>();
        for (Process each : List.of(one, two)) {
            try (var out = each.inputReader()) {
                said.add(String.valueOf(out.readLine()));
            }
        }
        assertThat(said).containsExactlyInAnyOrder("ready", "running");
    }

    @Test
    void killedOneLeavesNothingInTheWayOfTheNext() throws Exception {
        Hello first = connect(start("1.0"));
        kill(ProcessHandle.of(first.pid()).orElseThrow());
        assertThat(home.resolve("supervisor.sock")).as("what it left behind").exists();
        assertThat(start("1.0").find()).isEmpty();
        assertThat(connect(start("1.0")).pid()).isNotEqualTo(first.pid());
    }

    @Test
    void olderOneIsReplacedAndNewerOneIsUsed() throws Exception {
        Hello old = connect(start("1.9.0"));
        Hello fresh = connect(start("1.10.0"));
        assertThat(fresh.version()).isEqualTo("1.10.0");
        assertThat(fresh.pid()).isNotEqualTo(old.pid());
        assertThat(ProcessHandle.of(old.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
        assertThat(connect(start("1.9.0"))).isEqualTo(fresh);
    }

    @Test
    void otherProtocolIsSaidWithWhatToDo() throws Exception {
        SupervisorFiles files = ServedHome.files(home);
        try (ServerSocketChannel strange = Sockets.listen(files.socket())) {
            Thread answering =
                    Thread.startVirtualThread(() ->
                            answer(
                                    strange,
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{"
                                            + "\"version\":\"9.0\",\"protocol\":99,\"pid\":7,"
                                            + "\"home\":\""
                                            + home
                                            + "\"}}\n"));
            assertThatExceptionOfType(SupervisorFailure.class)
                    .isThrownBy(() -> start("1.0").connect())
                    .matches(e -> e.kind() == Kind.OTHER_PROTOCOL)
                    .withMessageContaining("Simmer 9.0 and speaks protocol 99")
                    .withMessageContaining("simmer supervisor stop");
            answering.join();
        }
    }

    private static void answer(ServerSocketChannel at, String line) {
        try (SocketChannel client = at.accept()) {
            client.read(ByteBuffer.allocate(1 << 10));
            client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            client.read(ByteBuffer.allocate(1 << 10));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatIsWrongIsSaidWhenItDoesNotComeUp() {
        List<String> dies = List.of("sh", "-c", "echo 'out of \033[31mluck' >&2; exit 3");
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(() -> start(dies, LONG).connect())
                .matches(e -> e.kind() == Kind.DID_NOT_START)
                .withMessageContaining("code 3")
                .withMessageContaining("out of luck")
                .withMessageContaining(home.resolve("supervisor.log").toString());
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(
                        () -> start(List.of("sh", "-c", "echo failed: no room"), LONG).connect())
                .withMessage("the supervisor did not start: no room");
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(() -> start(List.of("/no/such/java"), LONG).connect())
                .withMessageContaining("/no/such/java");
    }

    @Test
    void oneThatHangsIsEnded() throws Exception {
        Path pid = home.resolve("its-pid");
        List<String> hangs = List.of("sh", "-c", "echo $$ >" + pid + "; exec sleep 600");
        assertThatExceptionOfType(SupervisorFailure.class)
                .isThrownBy(() -> start(hangs, Duration.ofMillis(700)).connect())
                .matches(e -> e.kind() == Kind.DID_NOT_START)
                .withMessageContaining("not up in time");
        long hung = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(hung)
                .ifPresent(each -> each.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(ProcessHandle.of(hung).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }

    @Test
    void idleOneEndsAndACallIsNeverLost() throws Exception {
        SupervisorStart restless =
                new SupervisorStart(
                        ServedHome.files(home),
                        "1.0",
                        TestSupervisor.command(home, "1.0", Duration.ofMillis(1)),
                        LONG);
        for (int i = 0; i < 5; i++) {
            try (SupervisorClient client = restless.connect()) {
                started.add(client.hello().pid());
                assertThat(client.status().clients()).isEqualTo(1);
            }
        }
    }
}
