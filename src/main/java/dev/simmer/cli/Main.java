package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.logs.TerminalText;
import dev.simmer.supervisor.SupervisorClient;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program's entry point. */
public final class Main {
    /** The verbs, in the order of the help. */
    static final List<String> COMMANDS =
            List.of(
                    "run",
                    "agent",
                    "up",
                    "down",
                    "list",
                    "show",
                    "explain",
                    "logs",
                    "kill",
                    "restart",
                    "pause",
                    "resume",
                    "send",
                    "rename",
                    "wait",
                    "report",
                    "reports",
                    "stats",
                    "history",
                    "clean",
                    "check",
                    "init",
                    "completion",
                    "supervisor",
                    "help");

    /** Verbs that need no supervisor. */
    private static final Set<String> OFFLINE = Set.of("check", "init", "completion", "help");

    private Main() {}

    /** Runs the command line, and exits as it says. */
    public static void main(String[] args) {
        if (args.length > 0 && COMMANDS.contains(args[0]) && !OFFLINE.contains(args[0])) {
            SupervisorClient.prepare();
        }
        int code = run(List.of(args), Surroundings.ofThisProcess());
        // Nothing is left to do at the exit. System.exit would look for a logger to tell of it
        // first,
        // which takes 5 to 10 ms.
        Runtime.getRuntime().halt(code);
    }

    static int run(List<String> words, Surroundings around) {
        return run(words, around, new HomeSupervisor(around));
    }

    /**
     * Runs one command. Verbs count as the first word only, so that tasks may have the names of
     * verbs wherever targets are named: {@code simmer --headless check}, {@code simmer -- check}.
     *
     * @return the exit code
     */
    static int run(List<String> words, Surroundings around, Supervisor supervisor) {
        StandardOutput out = new StandardOutput(around.out());
        Surroundings inner = around.writingTo(out);
        int code = dispatch(words, inner, supervisor);
        inner.flush();
        Optional<String> trouble = out.trouble();
        if (trouble.isEmpty()) {
            return code;
        }
        inner.complain(
                "simmer: standard output could not be written: "
                        + TerminalText.plain(trouble.get()));
        return code == ExitCode.OK || code == ExitCode.OUTPUT_CLOSED ? ExitCode.FAILED : code;
    }

    private static int dispatch(List<String> words, Surroundings around, Supervisor supervisor) {
        String first = words.isEmpty() ? "" : words.getFirst();
        if (first.equals("help")) {
            Optional<String> unknown = words.stream().skip(1).findFirst();
            if (unknown.filter(word -> !isCommand(word)).isPresent()) {
                return noCommand(unknown.get()).tell(around);
            }
            return dispatch(help(words.subList(1, words.size())), around, supervisor);
        }
        if (first.equals(AgentCommand.NAME) && words.size() > 1) {
            Optional<Verb> below = AgentCommand.below(words.get(1));
            if (below.isPresent()) {
                return run(below.get(), words.subList(2, words.size()), around, supervisor);
            }
        }
        Optional<Verb> verb = Verbs.named(first);
        return verb.isPresent()
                ? run(verb.get(), words.subList(1, words.size()), around, supervisor)
                : run(new OpenCommand(around), words, around, supervisor);
    }

    private static boolean isCommand(String word) {
        return word.equals("simmer")
                || word.startsWith("-")
                || COMMANDS.contains(word)
                || Verbs.named(word).isPresent();
    }

    private static CommandRefused noCommand(String word) {
        String near =
                DidYouMean.nearest(word, COMMANDS)
                        .map(name -> "; did you mean `" + name + "`?")
                        .orElse("");
        return CommandRefused.usage(
                "there is no command `" + TerminalText.plain(word) + "`" + near);
    }

    private static List<String> help(List<String> words) {
        return words.isEmpty()
                        || words.getFirst().equals("simmer")
                        || words.getFirst().equals("help")
                        || words.getFirst().startsWith("-")
                ? List.of("--help")
                : words.size() > 1
                                && words.getFirst().equals(AgentCommand.NAME)
                                && AgentCommand.below(words.get(1)).isPresent()
                        ? List.of(words.getFirst(), words.get(1), "--help")
                        : List.of(words.getFirst(), "--help");
    }

    private static int run(
            Verb verb, List<String> rest, Surroundings around, Supervisor supervisor) {
        try {
            Usage usage = verb.usage();
            Words words = Words.parse(usage, rest);
            if (words.has("--help")) {
                Help.of(usage).forEach(around::say);
                return ExitCode.OK;
            }
            return verb.run(new Call(words, around, supervisor));
        } catch (CommandRefused e) {
            return e.tell(around);
        } catch (SupervisorFailure e) {
            around.complain("simmer: " + e.words());
            return ExitCode.NO_SUPERVISOR;
        } catch (OutputClosed e) {
            return ExitCode.OUTPUT_CLOSED;
        } catch (IOException e) {
            around.complain("simmer: " + TerminalText.plain(String.valueOf(e.getMessage())));
            return ExitCode.USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }
}
