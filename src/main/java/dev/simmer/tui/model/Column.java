package dev.simmer.tui.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A column of the task table, in the order in which they stand at first. */
public enum Column {
    ID("ID", "the task's number", true, true),
    NAME("NAME", "its name", true, true),
    WORKSPACE("WORKSPACE", "folder and set of tasks, where all are shown", false, true),
    KIND("KIND", "job, service or agent", false, true),
    STATE("STATE", "its state", true, true),
    CPU("CPU", "share of one core", false, false),
    MEMORY("MEMORY", "memory now, and what is expected at its peak", false, false),
    GRAPH("2 MIN", "memory of the last two minutes", false, false),
    TIME("TIME", "since its start, or how long it took", false, false),
    TURNS("TURNS", "an agent's turns", false, false),
    TOOLS("TOOLS", "an agent's calls of tools", false, false),
    TOKENS("TOKENS", "an agent's tokens, in and out", false, false),
    COST("COST", "what an agent cost", false, false),
    ACTIVITY("ACTIVITY", "what it does, or why it does nothing", true, true);

    /** All columns from left to right, as they stand before the user moves any. */
    public static final List<Column> ALL = List.of(values());

    /** The order in which columns are given up where room is short, the first one first. */
    public static final List<Column> GIVEN_UP =
            List.of(TURNS, TOOLS, TOKENS, COST, GRAPH, KIND, CPU, TIME, MEMORY, WORKSPACE);

    private final String heading;
    private final String meaning;
    private final boolean stays;
    private final boolean ascending;

    Column(String heading, String meaning, boolean stays, boolean ascending) {
        this.heading = heading;
        this.meaning = meaning;
        this.stays = stays;
        this.ascending = ascending;
    }

    /** What stands above it. */
    public String heading() {
        return heading;
    }

    /** What it shows, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** The word for it where the choice is kept: {@code memory}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column with this word. */
    public static Optional<Column> ofKey(String key) {
        return ALL.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** Whether it is always shown. */
    public boolean stays() {
        return stays;
    }

    /** Whether the table can be sorted by it. */
    public boolean sorts() {
        return this != ACTIVITY && this != GRAPH;
    }

    /** Whether its small values come first when it is sorted by at first. */
    public boolean ascending() {
        return ascending;
    }
}
