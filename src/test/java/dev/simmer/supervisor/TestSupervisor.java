package dev.simmer.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A supervisor in a process of its own, with an engine that does nothing: {@code HOME VERSION
 * IDLE-MILLIS}. Ends by itself when the test's process has gone.
 */
final class TestSupervisor {
    private TestSupervisor() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        // No test leaves a process behind, whatever becomes of it.
        Thread.ofPlatform().daemon().start(() -> endWith(Long.parseLong(args[3])));
        try (HomeLock lock = HomeLock.claim(ServedHome.files(home), Duration.ofSeconds(20));
                FakeEngine engine = new FakeEngine();
                SupervisorServer server =
                        SupervisorServer.open(
                                lock,
                                engine,
                                new ServerSetup(
                                        args[1],
                                        Duration.ofMillis(Long.parseLong(args[2])),
                                        Map::of,
                                        ServerLimits.USUAL))) {
            StartSignal.ready();
            System.err.println("supervisor " + args[1] + " serves");
            server.serve();
        } catch (SupervisorFailure e) {
            StartSignal.failed(e);
            System.exit(4);
        }
    }

    private static void endWith(long pid) {
        ProcessHandle.of(pid).ifPresent(test -> test.onExit().join());
        Runtime.getRuntime().halt(9);
    }

    /** The command line that runs one. */
    static List<String> command(Path home, String version, Duration idle) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TestSupervisor.class.getName(),
                home.toString(),
                version,
                Long.toString(idle.toMillis()),
                Long.toString(ProcessHandle.current().pid()));
    }
}
