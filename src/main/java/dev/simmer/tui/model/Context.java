package dev.simmer.tui.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where keys go; each binding says in which of these it works. */
public enum Context {
    /** The table has the keys. */
    TABLE,
    /** The log has the keys. */
    LOG,
    /** A line is being typed. */
    PROMPT,
    /** The help is shown. */
    HELP,
    /** The table's columns are chosen. */
    COLUMNS,
    /** It is shown why a task is in its state. */
    EXPLANATION,
    /** A dialog is being filled in. */
    DIALOG,
    /** A question is to be answered with yes or no. */
    QUESTION,
    /** The palette is open. */
    PALETTE,
    /** A theme is being chosen. */
    THEMES,
    /** The timeline fills the screen. */
    TIMELINE,
    /** The map of needs fills the screen. */
    NEEDS,
    /** All that is known of a task lies over the rest. */
    DETAILS,
    /** Tasks are being stopped before the dashboard closes. */
    LEAVING;

    /** Its name for people, such as {@code table}; never changed, as files hold it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is the dashboard itself, with nothing over it. */
    boolean isMain() {
        return this == TABLE || this == LOG;
    }

    /** Whether letters are typed into a line there. */
    boolean types() {
        return this == PROMPT || this == PALETTE || this == DIALOG;
    }

    /** Where that is, in words. */
    String words() {
        return switch (this) {
            case TABLE -> "the table";
            case LOG -> "the log";
            case PROMPT -> "a prompt";
            case HELP -> "the help";
            case COLUMNS -> "the list of columns";
            case EXPLANATION -> "an explanation";
            case DIALOG -> "a dialog";
            case QUESTION -> "a question";
            case PALETTE -> "the palette";
            case THEMES -> "the themes";
            case TIMELINE -> "the timeline";
            case NEEDS -> "the map of needs";
            case DETAILS -> "the details";
            case LEAVING -> "leaving";
        };
    }

    /** The context of a name. */
    public static Optional<Context> of(String word) {
        return Stream.of(values()).filter(context -> context.word().equals(word)).findFirst();
    }
}
