package dev.simmer.cli;

import dev.simmer.supervisor.SupervisorClient;
import java.io.OutputStream;
import java.util.List;

/**
 * What {@code ./simmer} runs once after a build to learn which classes the commands use: each of
 * them, in one JVM, with a supervisor in a home of its own. Answers do not matter.
 *
 * <p>What is learnt is loaded at each start, needed or not: 10 ms for all that the task file takes.
 * So there are two rehearsals: {@code Rehearsal quick} of the commands that are given most often
 * and read no task file, and one of all, which stops the supervisor at its end.
 */
final class Rehearsal {
    private static final List<List<String>> QUICK =
            List.of(
                    List.of("list"),
                    List.of("run", "--name", "resting", "--", "sleep", "120"),
                    List.of("run", "--", "true"),
                    List.of("run", "--name", "quick", "true; true"),
                    List.of("wait", "quick"),
                    // The memory of what runs is seen once a second.
                    List.of("wait", "resting", "--timeout", "1500ms"),
                    List.of("list"),
                    List.of("list", "--json"));

    private static final List<List<String>> ALL =
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

    /** Runs the commands: the most usual ones where there is a word, else all. */
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
        (args.length > 0 ? QUICK : ALL).forEach(words -> Main.run(words, around));
        System.exit(ExitCode.OK);
    }
}
