package dev.simmer.agent.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of its own that settles one entry: workspace, session file, id. With {@code hold} for
 * the id it takes its turn and keeps it.
 */
final class SetInProcess {
    private SetInProcess() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        System.out.flush();
        if (System.in.read() < 0) {
            System.exit(3);
        }
        if (args[2].equals("hold")) {
            hold(args[0], args[1]);
        }
        AgentEntry entry =
                new AgentEntry(
                        args[2],
                        "runner",
                        "task",
                        AgentEntry.Status.COMPLETED,
                        Optional.of(".agents/reports/" + args[2] + ".md"));
        SafePath place = SafePath.check(Path.of(args[0]), args[1], "session file");
        if (!(place instanceof SafePath.Inside inside)
                || !(SessionFile.set(inside, entry) instanceof SessionFile.Result.Settled)) {
            System.exit(4);
        }
    }

    private static void hold(String workspace, String session) throws Exception {
        SafePath place = SafePath.check(Path.of(workspace), session, "session file");
        if (place instanceof SafePath.Inside inside) {
            try (SafeFolder folder = SafeFolder.of(inside, false);
                    FileTurn _ = FileTurn.take(inside.absolute(), folder, Duration.ofSeconds(30))) {
                System.out.println("held");
                System.out.flush();
                Thread.currentThread().join();
            }
        }
    }
}
