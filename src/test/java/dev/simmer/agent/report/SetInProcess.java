package dev.simmer.agent.report;

import java.nio.file.Path;
import java.util.Optional;

/** A process of its own that settles one entry: workspace, session file, id. */
final class SetInProcess {
    private SetInProcess() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        System.out.flush();
        if (System.in.read() < 0) {
            System.exit(3);
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
}
