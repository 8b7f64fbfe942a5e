package dev.simmer.cli;

import dev.simmer.supervisor.SupervisorClient;
import java.io.OutputStream;
import java.util.List;

/**
 * What {@code ./simmer} runs once after a build to learn which classes the commands use: each of
 * them, in one JVM, with a supervisor in a home of its own, which it stops at the end. Answers do
 * not matter.
 */
final class Rehearsal {
    private static final List<List<String>> LINES =
            List.of(
                    List.of("--version"),
                    List.of("list"),
                    List.of("check"),
                    List.of("up"),
                    List.of("run", "--", "true"),
                    List.of("run", "--", "true"),
                    List.of("run", "--name", "rehearsed", "true; true"),
                    List.of("run", "--name", "napping", "--", "sleep", "60"),
                    List.of("wait", "napping", "--timeout", "200ms"),
                    List.of("wait", "rehearsed", "task300"),
                    List.of("list"),
                    List.of("list", "--json"),
                    List.of("logs", "rehearsed"),
                    List.of("stats"),
                    List.of("kill", "--now", "napping"),
                    List.of("kill", "--all"),
                    List.of(CompleteCommand.NAME, "tasks"),
                    List.of("supervisor", "status"),
                    List.of("no-such-command"),
                    List.of("supervisor", "stop"));

    private Rehearsal() {}

    /** Runs the commands. */
    public static void main(String[] args) {
        Surroundings real = Surroundings.ofThisProcess();
        Surroundings around =
                new Surroundings(
                        real.folder(),
                        real.environment(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        false,
                        false);
        SupervisorClient.prepare();
        LINES.forEach(words -> Main.run(words, around));
        System.exit(ExitCode.OK);
    }
}
