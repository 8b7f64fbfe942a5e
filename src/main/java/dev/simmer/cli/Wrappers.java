package dev.simmer.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Programs that start the program which their arguments name. */
final class Wrappers {
    /** Options of each that have a value. */
    private static final Map<String, Set<String>> PLAIN =
            Map.ofEntries(
                    Map.entry("exec", Set.of("-a")),
                    Map.entry("command", Set.of()),
                    Map.entry("builtin", Set.of()),
                    Map.entry("nohup", Set.of()),
                    Map.entry("setsid", Set.of()),
                    Map.entry("time", Set.of("-f", "-o")),
                    Map.entry("env", Set.of("-u", "--unset", "-C", "--chdir", "-S")),
                    Map.entry("nice", Set.of("-n")),
                    Map.entry("ionice", Set.of("-c", "-n")),
                    Map.entry("chrt", Set.of()),
                    Map.entry("stdbuf", Set.of("-i", "-o", "-e")),
                    Map.entry("doas", Set.of("-u", "-C")),
                    Map.entry("npx", Set.of("-p", "--package")),
                    Map.entry("bunx", Set.of()),
                    Map.entry("chronic", Set.of()),
                    Map.entry(
                            "sudo",
                            Set.of("-u", "--user", "-g", "--group", "-h", "-p", "-C", "-D", "-R")));

    /** Those whose first argument says that they start something. */
    private static final Map<String, Set<String>> VERBS =
            Map.of(
                    "npm", Set.of("exec", "x"),
                    "pnpm", Set.of("exec", "dlx"),
                    "yarn", Set.of("exec", "dlx"),
                    "bun", Set.of("x"),
                    "poetry", Set.of("run"),
                    "pipenv", Set.of("run"),
                    "uv", Set.of("run"),
                    "bundle", Set.of("exec"),
                    "direnv", Set.of("exec"),
                    "dotenv", Set.of("run"));

    private Wrappers() {}

    /** The words of the command that is started; empty where none is. */
    static Optional<List<String>> started(String program, List<String> arguments) {
        if (program.equals("timeout")) {
            return rest(arguments, Set.of("-s", "--signal", "-k", "--kill-after"))
                    .filter(words -> words.size() > 1)
                    .map(words -> words.subList(1, words.size()));
        }
        Set<String> plain = PLAIN.get(program);
        if (plain != null) {
            return rest(arguments, plain);
        }
        Set<String> verbs = VERBS.get(program);
        return verbs != null && !arguments.isEmpty() && verbs.contains(arguments.getFirst())
                ? rest(arguments.subList(1, arguments.size()), Set.of())
                : Optional.empty();
    }

    /** What follows the options. */
    private static Optional<List<String>> rest(List<String> arguments, Set<String> takes) {
        int at = 0;
        while (at < arguments.size()) {
            String word = arguments.get(at);
            if (word.equals("--")) {
                at++;
                break;
            }
            if (word.length() < 2 || !word.startsWith("-")) {
                break;
            }
            at += takes.contains(word) ? 2 : 1;
        }
        return at < arguments.size()
                ? Optional.of(arguments.subList(at, arguments.size()))
                : Optional.empty();
    }
}
