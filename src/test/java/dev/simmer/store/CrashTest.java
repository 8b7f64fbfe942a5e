package dev.simmer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Stored;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CrashTest {
    private static final int KILLS = 30;

    @TempDir private Path home;

    @Test
    void whatWasSavedIsThereWheneverTheProcessIsKilled() throws Exception {
        Random random = new Random(17);
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long told = saveUntilKilled(random.nextInt(1, 300));
            try (SqliteStore store = SqliteStore.open(home)) {
                Stored stored = store.load();
                assertThat(store.notice()).isEmpty();
                long last = stored.lastTaskId();
                assertThat(last).isGreaterThanOrEqualTo(told).isGreaterThan(before);
                assertThat(stored.tasks()).hasSize((int) last);
                for (long id = 1; id < last; id++) {
                    assertThat(stored.tasks().get((int) id - 1)).isEqualTo(KilledSaver.ended(id));
                }
                assertThat(stored.tasks().getLast()).isEqualTo(KilledSaver.next(last));
                before = last;
            }
        }
        try (var files = Files.list(home.resolve("lib"))) {
            assertThat(files).as("no copies of the library pile up").hasSize(1);
        }
    }

    /** The last number that the process told before it was killed. */
    private long saveUntilKilled(int saves) throws Exception {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin/java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Xmx64m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        KilledSaver.class.getName(),
                                        home.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            for (int i = 1; i < saves; i++) {
                line = out.readLine();
            }
            // Not by the process, which would close the pipe: what it told before it died counts.
            process.toHandle().destroyForcibly();
            String told = line;
            for (line = out.readLine(); line != null; line = out.readLine()) {
                // A number that is cut is a smaller one, and that one was saved too.
                told = line.isEmpty() ? told : line;
            }
            return Long.parseLong(told);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
