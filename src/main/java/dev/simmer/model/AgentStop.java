package dev.simmer.model;

/** Why an agent's program is stopped, or was. */
public enum AgentStop {
    /** The user, or what the user started. */
    ASKED("stopped on request"),
    TIME("stopped: its time was up"),
    TURNS("stopped: it had used up its turns"),
    BUDGET("stopped: it had used up its budget"),
    SILENCE("stopped: it said nothing for too long"),
    TOOLS("its tools are not those that were asked for"),
    /** It did not exit after its terminal event; how it then exits says nothing. */
    LINGERING("it did not exit after its end and was stopped");

    private final String words;

    AgentStop(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
