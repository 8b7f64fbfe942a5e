package dev.simmer.agent.runner;

/** Texts for programs that lack a place for them. */
final class Prompts {
    private Prompts() {}

    /** The system prompt before the prompt, for a program that takes one text only. */
    static String joined(Order order) {
        String system = order.definition().systemPrompt().strip();
        return system.isEmpty() ? order.prompt() : system + "\n\n---\n\n" + order.prompt();
    }

    /** The beginning of a command that a pattern stands for: {@code git log} for git log:*. */
    static String prefix(String pattern) {
        String prefix = pattern;
        while (prefix.endsWith("*") || prefix.endsWith(":")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        return prefix.strip();
    }
}
