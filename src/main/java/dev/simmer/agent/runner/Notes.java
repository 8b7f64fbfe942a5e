package dev.simmer.agent.runner;

/** What several programs have in common that they cannot do. */
final class Notes {
    static final String TURNS = "the program has no limit of turns: Simmer counts them";

    private Notes() {}

    static String budget(String program) {
        return program + " gives no cost: the budget cannot be held";
    }
}
