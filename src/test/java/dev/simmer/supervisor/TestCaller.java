package dev.simmer.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A client in a process of its own that prints the supervisor's process id: {@code HOME VERSION}.
 */
final class TestCaller {
    private TestCaller() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        SupervisorStart start =
                new SupervisorStart(
                        ServedHome.files(home),
                        args[1],
                        List.of(args).subList(2, args.length),
                        Duration.ofSeconds(60));
        try (SupervisorClient client = start.connect()) {
            System.out.println(client.hello().pid());
        }
    }
}
