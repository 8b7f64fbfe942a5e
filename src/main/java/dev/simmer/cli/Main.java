package dev.simmer.cli;

import java.util.List;

/** The program's entry point. */
public final class Main {
    /** The verbs. */
    static final List<String> COMMANDS = List.of("check", "help");

    private Main() {}

    /** Runs the command line, and exits as it says. */
    public static void main(String[] args) {
        int code = run(List.of(args), Surroundings.ofThisProcess());
        System.exit(code);
    }

    /**
     * Runs one command. Verbs count as the first word only, so that tasks may have the names of
     * verbs wherever targets are named: {@code simmer --headless check}, {@code simmer -- check}.
     *
     * @return the exit code
     */
    static int run(List<String> words, Surroundings around) {
        String first = words.isEmpty() ? "" : words.getFirst();
        return switch (first) {
            case "check" -> new CheckCommand(around).run(words.subList(1, words.size()));
            case "help" -> help(words.subList(1, words.size()), around);
            default -> new RunCommand(around).run(words);
        };
    }

    private static int help(List<String> words, Surroundings around) {
        return words.isEmpty() || words.getFirst().equals("simmer")
                ? run(List.of("--help"), around)
                : run(List.of(words.getFirst(), "--help"), around);
    }
}
