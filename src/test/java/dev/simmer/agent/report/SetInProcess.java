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
        for (int from = 2; from < args.length; from++) {
            String id = args[from];
            SafePath place = SafePath.check(Path.of(args[0]), args[1], "session file");
            if (!(place instanceof SafePath.Inside inside)
                    || !(SessionFile.set(
                                    inside,
                                    new AgentEntry(
                                            id,
                                            "runner",
                                            "task",
                                            AgentEntry.Status.COMPLETED,
                                            Optional.of(".agents/reports/" + id + ".md")))
                            instanceof SessionFile.Result.Settled)) {
                System.exit(4);
            }
        }
    }
}
