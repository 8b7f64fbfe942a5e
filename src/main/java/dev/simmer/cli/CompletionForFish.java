package dev.simmer.cli;

import java.util.ArrayList;
import java.util.List;

/** The script for fish, from version 3 on. */
final class CompletionForFish {
    private static final String BEGIN =
            """
            # fish completion for simmer; printed by `simmer completion fish`.

            # Whether the command is one of those that are named; `-`: whether there is none.
            function __simmer_is
                set -l words (commandline -opc)
                if test (count $words) -lt 2
                    contains -- - $argv
                    return
                end
                if contains -- $words[2] $__simmer_commands
                    contains -- $words[2] $argv
                else
                    contains -- - $argv
                end
            end

            function __simmer_first
                test (count (commandline -opc)) -eq 1
            end

            function __simmer_ask
                set -l words (commandline -opc)
                set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
                $program __complete $argv[1] 2>/dev/null
            end

            """;

    private CompletionForFish() {}

    static String script(List<Completed> verbs) {
        StringBuilder script = new StringBuilder(BEGIN);
        List<Completed> commands = verbs.subList(1, verbs.size());
        List<String> all = new ArrayList<>();
        commands.forEach(verb -> all.addAll(verb.names()));
        script.append("set -g __simmer_commands ").append(String.join(" ", all)).append('\n');
        script.append("complete -c simmer -e\ncomplete -c simmer -f\n");
        for (Completed verb : commands) {
            script.append("complete -c simmer -n __simmer_first -a ")
                    .append(verb.names().getFirst())
                    .append(" -d ")
                    .append(quoted(verb.summary()))
                    .append('\n');
        }
        for (Completed verb : verbs) {
            String names = verb.names().isEmpty() ? "-" : String.join(" ", verb.names());
            String when = "complete -c simmer -n '__simmer_is " + names + "'";
            verb.options().forEach(option -> addOption(script, when, option));
            addOperands(script, when, verb.operands());
        }
        return script.toString();
    }

    private static void addOption(StringBuilder script, String when, Option option) {
        script.append(when);
        for (String name : option.names()) {
            boolean isLong = name.startsWith("--");
            script.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
        }
        if (!option.isFlag()) {
            script.append(value(Completed.value(option)));
        }
        script.append(" -d ").append(quoted(Completed.brief(option.description()))).append('\n');
    }

    private static void addOperands(StringBuilder script, String when, Completed.Kind kind) {
        switch (kind) {
            case Completed.Asked(String what) ->
                    script.append(when).append(" -a '(__simmer_ask ").append(what).append(")'\n");
            case Completed.Choice(List<String> words) ->
                    script.append(when)
                            .append(" -a '")
                            .append(String.join(" ", words))
                            .append("'\n");
            case Completed.Files(), Completed.Folders() -> script.append(when).append(" -F\n");
            case Completed.CommandLine() ->
                    script.append(when)
                            .append(" -F -a '(__fish_complete_subcommand --fcs-skip=2)'\n");
            case Completed.Anything() -> {
                // Nothing to offer.
            }
        }
    }

    private static String value(Completed.Kind kind) {
        return switch (kind) {
            case Completed.Asked(String what) -> " -x -a '(__simmer_ask " + what + ")'";
            case Completed.Choice(List<String> words) -> " -x -a '" + String.join(" ", words) + "'";
            case Completed.Files() -> " -r -F";
            case Completed.Folders() -> " -x -a '(__fish_complete_directories)'";
            case Completed.CommandLine(), Completed.Anything() -> " -x";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
