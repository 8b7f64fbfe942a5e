package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Readiness.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
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

    private void assertReady(Launch launch, Probe probe) {
        fixture.processes.probe(launch.id(), probe);
        fixture.told.await(Recorder.Told.Ready.class, launch.id());
        end(launch);
    }

    private void end(Launch launch) {
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
    }

    private long readies() {
        return fixture.told.all().stream().filter(Recorder.Told.Ready.class::isInstance).count();
    }

    @Test
    void logLineInColours() {
        assertReady(
                fixture.sh(
                        "echo starting; printf '\\033[1;32mrea\\033[0mdy \\033[2Kin 300 ms\\n';"
                                + " exec sleep 1000"),
                new Probe.Log(Pattern.compile("ready in \\d+")));
    }

    @Test
    void logLineWithoutItsEnd() {
        assertReady(
                fixture.sh("printf 'a\\nlistening'; exec sleep 1000"),
                new Probe.Log(Pattern.compile("^listening$")));
    }

    @Test
    void logLineBehindALongOne() {
        assertReady(
                fixture.sh("head -c 3000000 /dev/zero; echo; echo up; exec sleep 1000"),
                new Probe.Log(Pattern.compile("^up$")));
    }

    @Test
    void logLineThatComesLater() throws IOException {
        Launch launch = fixture.sh("until test -e go; do sleep 0.01; done; echo up; sleep 1000");
        fixture.processes.probe(launch.id(), new Probe.Log(Pattern.compile("^up$")));
        assertThat(readies()).isZero();
        Files.createFile(fixture.workspace.resolve("go"));
        fixture.told.await(Recorder.Told.Ready.class, launch.id());
        end(launch);
        assertThat(readies()).isEqualTo(1);
    }

    @Test
    void portByEitherProtocol() throws IOException {
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address))) {
                assertReady(fixture.sh("exec sleep 1000"), new Probe.Tcp(server.getLocalPort()));
            }
        }
    }

    @Test
    void httpNeedsAStatusBelow400() throws IOException, InterruptedException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        AtomicInteger status = new AtomicInteger(503);
        CountDownLatch refused = new CountDownLatch(2);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status.get(), -1);
                    exchange.close();
                    refused.countDown();
                });
        server.start();
        try {
            Launch launch = fixture.sh("exec sleep 1000");
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
            fixture.processes.probe(launch.id(), new Probe.Http(uri));
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(readies()).isZero();
            status.set(302);
            fixture.told.await(Recorder.Told.Ready.class, launch.id());
            end(launch);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void commandRunsWhereAndAsTheTaskDoes() {
        Launch launch = fixture.sh("touch here; exec sleep 1000");
        assertReady(launch, new Probe.Exec("test -f here && test \"$SIMMER_TASK\" = task"));
    }

    @Test
    void commandLeavesNothingBehind() throws IOException {
        String duration = StubbornTreeTest.unique();
        Launch launch = fixture.sh("exec sleep 1000");
        assertReady(launch, new Probe.Exec("sleep " + duration + " & exit 0"));
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void commandIsKilledWhenTheAttemptEnds() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Path file = fixture.workspace.resolve("probing");
        Launch launch = fixture.sh("exec sleep 1000");
        fixture.processes.probe(
                launch.id(),
                new Probe.Exec(
                        "echo x >probing; trap '' TERM; setsid sleep "
                                + duration
                                + " & sleep "
                                + duration));
        StubbornTreeTest.awaitFile(file);
        end(launch);
        fixture.processes.release(launch.id(), false);
        fixture.processes.close();
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
        assertThat(readies()).isZero();
    }

    @Test
    void endOfTheAttemptEndsTheProbe() {
        Launch launch = fixture.sh("echo never");
        fixture.processes.probe(launch.id(), new Probe.Log(Pattern.compile("ready")));
        fixture.told.awaitEnd(launch.id());
        fixture.processes.release(launch.id(), false);
        fixture.processes.close();
        assertThat(readies()).isZero();
    }
}
