package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShimProcessesTest {
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

    @Test
    void everyExitCodeIsToldAsItIs() {
        List<Launch> launches = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            // The shell itself uses 128 + n for SIGINT and SIGPIPE without a word.
            launches.add(fixture.sh("exit " + code));
        }
        for (int code = 0; code < 256; code++) {
            ExitStatus expected =
                    code == 128 + 2 || code == 128 + 13
                            ? new ExitStatus.Signaled(code - 128)
                            : new ExitStatus.Code(code);
            assertThat(fixture.told.awaitEnd(launches.get(code).id()).status()).isEqualTo(expected);
        }
    }

    @Test
    void signalThatEndsTheMainProcessIsTold() {
        for (int signal : new int[] {1, 2, 3, 6, 9, 10, 13, 14, 15}) {
            Launch launch = fixture.sh("kill -" + signal + " $$");
            assertThat(fixture.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Signaled(signal));
        }
    }

    @Test
    void stopSignalEndsATask() throws IOException {
        Launch launch = fixture.sh("sleep 1000 & sleep 1000");
        fixture.processes.signal(launch.id(), Signal.TERM);
        assertThat(fixture.told.awaitEnd(launch.id()).status())
                .isEqualTo(new ExitStatus.Signaled(15));
    }

    @Test
    void killLeavesNothing() throws IOException {
        Launch launch =
                fixture.sh("trap '' TERM; setsid sh -c 'sleep 1000; sleep 1000' & sleep 1000");
        fixture.processes.kill(launch.id());
        assertThat(fixture.told.awaitEnd(launch.id()).status())
                .isEqualTo(new ExitStatus.Signaled(9));
        assertThat(Files.readString(launch.folder().resolve("exit"))).contains(" end\n");
    }
}
