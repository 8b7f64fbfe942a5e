package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that do not want to die. Each sleeps for a time that nothing else sleeps for, by which its
 * processes are found in /proc without any of the code that is tested. Beside each runs a process
 * that looks the same and is none of the task's, which must survive.
 */
class StubbornTreeTest {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir Path folder;

    /**
     * The shapes, with @ in the place of the sleep's duration. Each writes "up" into the file "up"
     * once its tree stands, and ignores SIGTERM wherever it can.
     */
    private static Map<String, String> shapes() {
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put("plain", "echo up >up; sleep @");
        shapes.put("ignores TERM", "trap '' TERM; sleep @ & echo up >up; sleep @; sleep @");
        shapes.put(
                "many children",
                "trap '' TERM; for i in 1 2 3 4 5 6 7 8 9; do sleep @ & done; echo up >up; wait");
        shapes.put(
                "setsid", "setsid sh -c 'trap \"\" TERM; echo up >up; sleep @; sleep @'; sleep @");
        shapes.put(
                "setsid in the background",
                "setsid sh -c 'trap \"\" TERM; echo up >up; sleep @; sleep @' & trap '' TERM; sleep"
                        + " @");
        shapes.put("double fork", "trap '' TERM; ( (sleep @; sleep @) & echo up >up ) ; sleep @");
        shapes.put(
                "setsid, double fork, closed descriptors",
                "trap '' TERM; ( setsid sh -c '( (exec <&- >&- 2>&-; cd /; sleep @; sleep @) & )'"
                        + " & ); echo up >up; sleep @");
        shapes.put(
                "the same, with nothing in the environment",
                "trap '' TERM; ( env -i setsid sh -c '( (exec <&- >&- 2>&-; sleep @; sleep @) & )'"
                        + " & ); echo up >up; sleep @");
        shapes.put("env -i setsid", "trap '' TERM; env -i setsid sleep @ & echo up >up; sleep @");
        shapes.put("nohup", "nohup sleep @ >/dev/null 2>&1 & echo up >up; sleep @");
        shapes.put(
                "traps in subshells",
                "(trap '' TERM HUP INT QUIT; sleep @; sleep @) & (trap 'sleep @' TERM; sleep @;"
                        + " sleep @) & echo up >up; wait");
        shapes.put("stopped child", "sleep @ & kill -STOP $!; echo up >up; trap '' TERM; sleep @");
        shapes.put("stops itself", "trap '' TERM; echo up >up; kill -STOP $$; sleep @");
        shapes.put(
                "forks in a loop",
                "trap '' TERM; echo up >up; while :; do sleep @ & sleep 0.003; done");
        shapes.put(
                "hands over from process to process",
                "trap '' TERM; echo 'echo up >up; (sleep @) & sleep 0.002; setsid sh ./hop & exit'"
                        + " >hop; sh ./hop; sleep @");
        shapes.put(
                "parent that does not wait",
                "trap '' TERM; sh -c 'sleep 0 & exec sleep @' & sh -c 'sleep @ & sleep 0 & exec"
                        + " sleep @' & echo up >up; sleep @");
        shapes.put(
                "goes elsewhere and removes its files",
                "trap '' TERM; mkdir gone; cd gone; rmdir ../gone; rm -rf \"$TMPDIR\"; echo up"
                        + " >\"$SIMMER_WORKSPACE/up\"; sleep @");
        shapes.put(
                "exec after exec",
                "trap '' TERM; exec sh -c 'exec env sh -c \"echo up >up; exec sleep @\"'");
        shapes.put(
                "re-parented to init",
                "trap '' TERM; sh -c 'sh -c \"sleep @; sleep @\" & exit'; echo up >up; sleep @");
        shapes.put(
                "another group of the session",
                "trap '' TERM; bash -mc 'trap \"\" TERM; sleep @ & sleep @ & echo up >up; wait';"
                        + " sleep @");
        shapes.put(
                "main process ends at once when asked",
                "setsid sh -c 'trap \"\" TERM; sleep @; sleep @' & sleep @ & trap 'exit 0' TERM;"
                        + " echo up >up; wait");
        shapes.put(
                "children of children of children",
                "trap '' TERM; sh -c 'sh -c \"sh -c \\\"sleep @; :\\\"; :\"; :' & echo up >up;"
                        + " sleep @");
        shapes.put(
                "pipes",
                "trap '' TERM; sleep @ | cat | (setsid cat; sleep @) & echo up >up; sleep @");
        shapes.put(
                "limits and priority changed",
                "trap '' TERM; (ulimit -n 20; ulimit -t 1000; nice setsid sleep @) & echo up >up;"
                        + " sleep @");
        return shapes;
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLeft() {
        return shapes().entrySet().stream()
                .map(shape ->
                        DynamicTest.dynamicTest(
                                shape.getKey(), () -> stopAndKill(shape.getValue())));
    }

    private void stopAndKill(String shape) throws IOException, InterruptedException {
        String duration = unique();
        String line = shape.replace("@", duration);
        Path place = Files.createTempDirectory(folder, "tree");
        Process bystander =
                new ProcessBuilder("setsid", "sleep", duration).directory(place.toFile()).start();
        try (Fixture fixture = new Fixture(place)) {
            Launch launch = fixture.sh(line);
            awaitFile(fixture.workspace.resolve("up"));
            assertThat(sleepers(duration)).hasSizeGreaterThan(0);

            fixture.processes.signal(launch.id(), Signal.TERM);
            fixture.processes.kill(launch.id());
            fixture.told.awaitEnd(launch.id());

            assertThat(sleepers(duration)).containsExactly(bystander.pid());
            assertThat(with("SIMMER_WORKSPACE=" + fixture.workspace)).isEmpty();
            assertThat(Files.readString(launch.folder().resolve("exit")).stripTrailing())
                    .endsWith(" end");
        } finally {
            bystander.destroyForcibly().waitFor();
            for (long pid : sleepers(duration)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** What a process sleeps for: more than a day, and nobody else does for as long. */
    static String unique() {
        return Long.toString(ThreadLocalRandom.current().nextLong(100_000_000L, 999_999_999L));
    }

    static void awaitFile(Path file) throws IOException, InterruptedException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new AssertionError(file);
        }
        try (WatchService watch = parent.getFileSystem().newWatchService()) {
            parent.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            long start = System.nanoTime();
            while (!Files.exists(file)) {
                assertThat(System.nanoTime() - start).as("%s", file).isLessThan(LIMIT_NANOS);
                WatchKey key = watch.poll(LIMIT_NANOS, TimeUnit.NANOSECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    /** Processes that live and have a word among their arguments. */
    static List<Long> sleepers(String word) throws IOException {
        return matching("cmdline", word);
    }

    private static List<Long> with(String variable) throws IOException {
        return matching("environ", variable);
    }

    private static List<Long> matching(String file, String part) throws IOException {
        List<Long> found = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String text = read(process.resolve(file));
                boolean shim = text.contains("until echo \"exit");
                if (text.contains(part) && !shim) {
                    found.add(Long.valueOf(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            // A zombie's is empty.
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
