package dev.simmer.tui.model;

/** What a dialog wants to know. */
public sealed interface Inquiry {
    /** Which commands there are: the project's scripts, and programs. */
    record Commands() implements Inquiry {}

    /**
     * What lies in a folder.
     *
     * @param folder as it was typed, up to its last slash; empty: the workspace
     */
    record Files(String folder) implements Inquiry {}

    /** Which agents are defined, and which session files there are. */
    record Agents() implements Inquiry {}

    /**
     * How an agent would be run.
     *
     * @param order what is wanted of it
     * @param now whether it is to be run so; else it is only shown
     */
    record Plan(AgentOrder order, boolean now) implements Inquiry {}
}
