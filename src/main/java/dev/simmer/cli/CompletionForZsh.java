package dev.simmer.cli;

import java.util.List;

/** The script for zsh: to be sourced, or to lie in a folder of {@code fpath} as {@code _simmer}. */
final class CompletionForZsh {
    private static final String BEGIN =
            """
            #compdef simmer
            # zsh completion for simmer; printed by `simmer completion zsh`.

            # _simmer_ask WHAT: the words that simmer knows.
            _simmer_ask() {
                # What stands before it are _arguments' own options for compadd.
                local what=${@[-1]} line tab=$'\\t'
                local -a known
                for line in ${(f)"$(_call_program simmer ${(q)program} __complete $what 2>/dev/null)"}; do
                    known+=("${${line%%$tab*}//:/\\\\:}:${${line#*$tab}//:/ }")
                done
                _describe -V -t simmer-$what $what known
            }

            _simmer() {
                local program=${words[1]/#\\~\\//$HOME/} curcontext=$curcontext
                local -a commands
                commands=(
            """;

    private CompletionForZsh() {}

    static String script(List<Completed> verbs) {
        StringBuilder script = new StringBuilder(BEGIN);
        List<Completed> commands = verbs.subList(1, verbs.size());
        for (Completed verb : commands) {
            script.append("        ")
                    .append(Completed.quoted(verb.names().getFirst() + ":" + verb.summary()))
                    .append('\n');
        }
        script.append("    )\n")
                .append("    if (( CURRENT == 2 )) && [[ ${words[2]} != -* ]]; then\n")
                .append("        _describe -t commands 'simmer command' commands\n")
                .append("        _simmer_ask targets\n        return\n    fi\n")
                .append("    case ${words[2]} in\n");
        for (Completed verb : commands) {
            script.append("        ").append(String.join("|", verb.names())).append(")\n");
            // The command's name takes the place of the program's.
            script.append("            shift words; (( CURRENT-- ))\n");
            addArguments(script, verb);
        }
        script.append("        *)\n");
        addArguments(script, verbs.getFirst());
        return script.append("    esac\n}\n\n")
                .append("if [[ ${funcstack[1]} == _simmer ]]; then\n    _simmer \"$@\"\n")
                .append("else\n    compdef _simmer simmer\nfi\n")
                .toString();
    }

    private static void addArguments(StringBuilder script, Completed verb) {
        script.append("            _arguments -s -S");
        for (Option option : verb.options()) {
            for (String name : option.names()) {
                String text =
                        (option.many() ? "*" : "")
                                + name
                                + "["
                                + escaped(Completed.brief(option.description()))
                                + "]"
                                + (option.isFlag()
                                        ? ""
                                        : ":"
                                                + escaped(option.label())
                                                + ":"
                                                + action(Completed.value(option)));
                script.append(" \\\n                ").append(Completed.quoted(text));
            }
        }
        script.append(" \\\n                ")
                .append(operands(verb.operands()))
                .append("\n            ;;\n");
    }

    private static String operands(Completed.Kind kind) {
        return kind instanceof Completed.CommandLine
                ? "'*::command: _normal'"
                : Completed.quoted("*: :" + action(kind));
    }

    private static String action(Completed.Kind kind) {
        return switch (kind) {
            case Completed.Asked(String what) -> "_simmer_ask " + what;
            case Completed.Choice(List<String> words) -> "(" + String.join(" ", words) + ")";
            case Completed.Files() -> "_files";
            case Completed.Folders() -> "_files -/";
            case Completed.CommandLine() -> "_command_names -e";
            case Completed.Anything() -> " ";
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }
}
