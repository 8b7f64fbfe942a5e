package dev.simmer.cli;

import java.util.ArrayList;
import java.util.List;

/** The script for bash, from version 4 on; needs no bash-completion. */
final class CompletionForBash {
    private static final String BEGIN =
            """
            # bash completion for simmer; printed by `simmer completion bash`.

            # _simmer_ask WHAT: the words that simmer knows, those that begin as the current one.
            _simmer_ask() {
                local line name quoted
                while IFS= read -r line; do
                    name=${line%%$'\\t'*}
                    printf -v quoted %q "$name"
                    if [[ $name == "$current"* || $quoted == "$current"* ]]; then
                        COMPREPLY+=("$quoted")
                    fi
                done < <("$program" __complete "$1" 2>/dev/null)
            }

            _simmer_choose() {
                local word
                for word in "$@"; do
                    [[ $word != "$current"* ]] || COMPREPLY+=("$word")
                done
            }

            # _simmer_paths f|d: files or folders.
            _simmer_paths() {
                local path
                compopt -o filenames 2>/dev/null
                while IFS= read -r path; do
                    COMPREPLY+=("$path")
                done < <(compgen -"$1" -- "$current")
            }

            _simmer_command() {
                local before=$1 path
                if [[ $before == -- || $before == "$verb" || $before == -* ]]; then
                    while IFS= read -r path; do
                        COMPREPLY+=("$path")
                    done < <(compgen -c -- "$current" | sort -u)
                else
                    _simmer_paths f
                fi
            }

            _simmer() {
                # Words are cut at blanks only: bash cuts them at `:` as well, which names hold.
                local line=${COMP_LINE:0:COMP_POINT} current previous verb program
                local -a words
                read -ra words <<<"$line"
                if [[ $line == *[[:space:]] ]]; then
                    words+=("")
                fi
                while [[ ${words[0]} == *=* && ${#words[@]} -gt 2 ]]; do
                    words=("${words[@]:1}")
                done
                current=${words[-1]}
                previous=${words[-2]}
                program=${words[0]/#\\~\\//$HOME/}
                verb=
                ((${#words[@]} < 3)) || verb=${words[1]}
                COMPREPLY=()
                _simmer_words
                # What stands before the last `:` is there already as far as bash is concerned.
                if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
                    COMPREPLY=("${COMPREPLY[@]#"${current%:*}:"}")
                fi
            }

            _simmer_words() {
                case $verb in
            """;

    private CompletionForBash() {}

    static String script(List<Completed> verbs) {
        StringBuilder script = new StringBuilder(BEGIN);
        List<String> names = new ArrayList<>();
        for (Completed verb : verbs.subList(1, verbs.size())) {
            names.add(verb.names().getFirst());
            script.append("        ").append(String.join(" | ", verb.names())).append(")\n");
            addVerb(script, verb, List.of());
        }
        script.append("        *)\n");
        addVerb(script, verbs.getFirst(), names);
        return script.append("    esac\n}\n\ncomplete -F _simmer simmer\n").toString();
    }

    /** Option values first, then options, then operands. */
    private static void addVerb(StringBuilder script, Completed verb, List<String> commands) {
        script.append("            case $previous in\n");
        for (Option option : verb.options()) {
            if (!option.isFlag()) {
                script.append("                ")
                        .append(String.join(" | ", option.names()))
                        .append(") ")
                        .append(action(Completed.value(option)))
                        .append("; return ;;\n");
            }
        }
        script.append("            esac\n            if [[ $current == -* ]]; then\n")
                .append("                _simmer_choose ")
                .append(String.join(" ", verb.optionNames()))
                .append("\n            else\n                ");
        if (!commands.isEmpty()) {
            script.append("[[ -n $verb ]] || _simmer_choose ")
                    .append(String.join(" ", commands))
                    .append("\n                ");
        }
        script.append(action(verb.operands())).append("\n            fi\n            ;;\n");
    }

    private static String action(Completed.Kind kind) {
        return switch (kind) {
            case Completed.Asked(String what) -> "_simmer_ask " + what;
            case Completed.Choice(List<String> words) ->
                    "_simmer_choose " + String.join(" ", words);
            case Completed.Files() -> "_simmer_paths f";
            case Completed.Folders() -> "_simmer_paths d";
            case Completed.CommandLine() -> "_simmer_command \"$previous\"";
            case Completed.Anything() -> ":";
        };
    }
}
