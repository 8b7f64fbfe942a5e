package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0, 0);

    @TempDir Path folder;

    @Test
    void homeIsTheFirstThatIsNamed() throws Exception {
        Path own = folder.resolve("own");
        Path state = folder.resolve("state");
        assertThat(home(Map.of("SIMMER_HOME", own.toString(), "HOME", "/x"))).isEqualTo(own);
        assertThat(home(Map.of("SIMMER_HOME", "own"))).isEqualTo(own);
        assertThat(home(Map.of("XDG_STATE_HOME", state.toString(), "HOME", "/x")))
                .isEqualTo(state.resolve("simmer"));
        assertThat(home(Map.of("XDG_STATE_HOME", "relative", "HOME", folder.toString())))
                .isEqualTo(folder.resolve(".local/state/simmer"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
    }

    private Path home(Map<String, String> environment) throws CommandRefused {
        return RunFolders.in(environment, folder).home();
    }

    @Test
    void missingOrUnusableHomeSaysWhatToDo() throws Exception {
        assertThatThrownBy(() -> RunFolders.in(Map.of(), folder))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("HOME is not set")
                .hasMessageContaining("SIMMER_HOME");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> RunFolders.in(Map.of("SIMMER_HOME", file + "/home"), folder))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("cannot write to " + file + "/home")
                .hasMessageContaining("SIMMER_HOME");
    }

    @Test
    void newestFoldersOfEndedProcessesStay() throws Exception {
        RunFolders folders = RunFolders.in(Map.of("SIMMER_HOME", folder.toString()), folder);
        Path local = folder.resolve("local");
        for (int i = 0; i < 31; i++) {
            Path run = folders.create(NOON.plusSeconds(i), 1000 + i);
            Files.createDirectories(run.resolve("1/1/tmp"));
            Files.writeString(run.resolve("1/1/output.log"), "text");
        }
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "text");
        Files.createSymbolicLink(local.resolve("20200101-000000-7"), outside);
        Files.createSymbolicLink(local.resolve("20260301-120000-1000/1/1/link"), outside);
        Files.createDirectory(local.resolve("notes"));

        folders.prune(pid -> pid == 1003);

        for (int i = 0; i < 31; i++) {
            String name = String.format(Locale.ROOT, "20260301-1200%02d-%d", i, 1000 + i);
            assertThat(Files.exists(local.resolve(name))).as(name).isEqualTo(i >= 11 || i == 3);
        }
        assertThat(outside.resolve("precious")).exists();
        assertThat(local.resolve("20200101-000000-7")).exists();
        assertThat(local.resolve("notes")).exists();
    }

    @Test
    void fewFoldersStayAsTheyAre() throws Exception {
        RunFolders folders = RunFolders.in(Map.of("SIMMER_HOME", folder.toString()), folder);
        for (int i = 0; i < RunFolders.MOST - 1; i++) {
            folders.create(NOON.plusSeconds(i), 1000 + i);
        }
        folders.prune(pid -> false);
        try (var left = Files.list(folder.resolve("local"))) {
            assertThat(left).hasSize(RunFolders.MOST - 1);
        }
    }
}
