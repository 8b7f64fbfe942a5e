package dev.simmer.tui.model;

/** What lies over the dashboard. */
public sealed interface Mode {
    /** Nothing. */
    record Normal() implements Mode {}

    /**
     * A command is being typed.
     *
     * @param line the command
     * @param older how far back in the history the line comes from; 0: it is new
     */
    record Spawn(LineEdit line, int older) implements Mode {}

    /**
     * A filter is being typed; it works while it is typed.
     *
     * @param line the filter
     */
    record Filter(LineEdit line) implements Mode {}

    /**
     * A search of the log is being typed.
     *
     * @param line the text that is looked for
     */
    record Search(LineEdit line) implements Mode {}

    /**
     * The help is shown.
     *
     * @param top the first line that is seen, from 0
     */
    record Help(int top) implements Mode {}

    /**
     * A question before the dashboard closes.
     *
     * @param text what is asked
     */
    record Question(String text) implements Mode {}
}
