package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import java.util.ArrayList;
import java.util.List;

/** {@code simmer completion}: prints a script with which a shell completes Simmer's words. */
final class CompletionCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer completion", "print a completion script for bash, zsh or fish")
                .about(
                        "Prints a script that completes commands, options, tasks, targets and"
                                + " files. It asks",
                        "simmer for the names of tasks when they are needed, and never starts the"
                                + " supervisor.")
                .operands("bash|zsh|fish", 1, 1)
                .notes(
                        "To use it, add a line to your shell's own configuration:",
                        "  bash   ~/.bashrc                  source <(simmer completion bash)",
                        "  zsh    ~/.zshrc, after compinit   source <(simmer completion zsh)",
                        "  fish   ~/.config/fish/config.fish simmer completion fish | source")
                .example("source <(simmer completion bash)", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        String shell = call.words().operands().getFirst();
        List<Completed> verbs = verbs();
        String script =
                switch (shell) {
                    case "bash" -> CompletionForBash.script(verbs);
                    case "zsh" -> CompletionForZsh.script(verbs);
                    case "fish" -> CompletionForFish.script(verbs);
                    default ->
                            throw CommandRefused.usage(
                                    "there are scripts for bash, zsh and fish, not for "
                                            + TerminalText.plain(shell));
                };
        call.around().say(script.stripTrailing());
        return ExitCode.OK;
    }

    /** What there is to complete: the dashboard's words first, then each command's. */
    static List<Completed> verbs() {
        List<Completed> verbs = new ArrayList<>();
        verbs.add(Completed.of(List.of(), new OpenCommand(Surroundings.ofThisProcess()).usage()));
        for (String name : Main.COMMANDS) {
            Verbs.named(name)
                    .ifPresent(verb -> verbs.add(Completed.of(Verbs.namesOf(name), verb.usage())));
        }
        verbs.add(
                new Completed(
                        List.of("help"),
                        "show a command's help",
                        List.of(),
                        new Completed.Choice(Main.COMMANDS)));
        return verbs;
    }
}
