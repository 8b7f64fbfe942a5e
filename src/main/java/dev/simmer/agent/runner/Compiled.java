package dev.simmer.agent.runner;

/** What becomes of an order: how it is run, or why that program cannot run it. */
public sealed interface Compiled {
    /** It can be run. */
    record Ready(Invocation invocation) implements Compiled {}

    /**
     * The program cannot keep what the definition demands.
     *
     * @param why for people, with what to do
     */
    record Refused(String why) implements Compiled {}
}
