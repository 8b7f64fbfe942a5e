package dev.simmer.agent.stream;

import java.util.Locale;
import java.util.Optional;

/** A coding-agent program that Simmer can run, by the name under which people call it. */
public enum Program {
    CLAUDE,
    CODEX,
    GEMINI,
    OPENCODE,
    CURSOR_AGENT,
    /** Any program that is given a prompt in a file and prints plain text. */
    COMMAND;

    private final String word;

    Program() {
        word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in definitions, configuration and on the command line: {@code cursor-agent}. */
    public String word() {
        return word;
    }

    /** The program of that name; empty where none has it. */
    public static Optional<Program> of(String word) {
        for (Program each : values()) {
            if (each.word.equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
