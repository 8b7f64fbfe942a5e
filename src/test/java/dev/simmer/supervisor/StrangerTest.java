package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another user's client gets nothing, even where the modes would let it in. Needs to be root. */
@Tag("slow")
@Timeout(60)
class StrangerTest {
    private static final String NOBODY = "65534";
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @TempDir Path shared;

    @Test
    void anotherUsersConnectionIsRefused() throws Exception {
        Assumptions.assumeTrue(Ownership.userId() == 0, "only root can become another user");
        Assumptions.assumeTrue(Files.isExecutable(SETPRIV), "there is no setpriv here");
        Path home = Files.createDirectory(shared.resolve("home"));
        Path classes = shared.resolve("classes/dev/simmer/supervisor");
        Files.createDirectories(classes);
        String name = StrangeClient.class.getSimpleName() + ".class";
        try (InputStream from = StrangeClient.class.getResourceAsStream(name)) {
            assertThat(from).isNotNull();
            Files.copy(java.util.Objects.requireNonNull(from), classes.resolve(name));
        }
        try (ServedHome served = new ServedHome(home)) {
            openToAll(shared);
            openToAll(home);
            Files.setPosixFilePermissions(
                    served.files.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            served.engine.add("secret");
            served.engine.publish();

            assertThat(saidTo("0", served)).contains("\"result\"").contains("secret");
            assertThat(saidTo(NOBODY, served))
                    .startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32002")
                    .contains("another user")
                    .doesNotContain("secret");
            assertThat(served.engine.unseenRequests()).isZero();
        }
    }

    private static void openToAll(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** What a client of that user is told, all of it. */
    private String saidTo(String user, ServedHome served) throws Exception {
        Process client =
                new ProcessBuilder(
                                SETPRIV.toString(),
                                "--reuid=" + user,
                                "--regid=" + user,
                                "--clear-groups",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                shared.resolve("classes").toString(),
                                StrangeClient.class.getName(),
                                served.files.socket().toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        client.waitFor();
        return said;
    }
}
