package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a script in the place of systemd-run. */
class UserManagerTest {
    private static final long LIMIT = 100 << 20;

    @TempDir Path folder;

    private UserManager manager(String script) throws IOException {
        Path tool = folder.resolve("systemd-run");
        Files.writeString(tool, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        return new UserManager(tool, folder);
    }

    @Test
    void managerThatRefusesIsNoPlace() throws IOException {
        UserManager refusing = manager("exit 7\n");
        assertThat(refusing.failure()).hasValue(refusing.tool() + " --user --scope failed with 7");
        assertThat(manager("exit 0\n").failure()).isEmpty();
        assertThat(new UserManager(folder.resolve("none"), folder).failure()).isPresent();
    }

    @Test
    void commandRunsInAScopeWithTheLimit() throws IOException {
        UserManager manager =
                manager(
                        """
                        echo "$XDG_RUNTIME_DIR"
                        until test "$1" = --; do echo "$1"; shift; done
                        shift
                        exec "$@"
                        """);
        Recorder told = new Recorder();
        try (Fixture fixture = new Fixture(folder);
                ShimProcesses processes =
                        new ShimProcesses(
                                told, Environment::own, () -> new CgroupPlace.Scopes(manager))) {
            Launch plain = fixture.launch(new Command.Shell("exit 3"), UnaryOperator.identity());
            Launch launch =
                    new Launch(plain.id(), plain.spec(), plain.folder(), OptionalLong.of(LIMIT));
            processes.spawn(launch);
            Ending ending = told.awaitEnd(launch.id()).ending();
            assertThat(ending.status()).isEqualTo(new ExitStatus.Code(3));
            assertThat(ending.limitBytes()).hasValue(LIMIT);
            String scope = OwnCgroup.name(Marker.of(launch.folder()));
            assertThat(Fixture.output(launch))
                    .isEqualTo(
                            folder
                                    + "\n--user\n--scope\n--quiet\n--collect\n--unit="
                                    + scope
                                    + ".scope\n--property=MemoryMax="
                                    + LIMIT
                                    + "\n--property=MemorySwapMax=0\n");
        }
    }
}
