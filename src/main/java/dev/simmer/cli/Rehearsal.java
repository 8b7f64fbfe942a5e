package dev.simmer.cli;

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
                    List.of("run", "--name", "rehearsed", "--", "true"),
                    List.of("wait", "rehearsed"),
                    List.of("list"),
                    List.of("list", "--json"),
                    List.of("logs", "rehearsed"),
                    List.of("stats"),
                    List.of("kill", "rehearsed"),
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
        LINES.forEach(words -> Main.run(words, around));
        System.exit(ExitCode.OK);
    }
}
