package dev.simmer.tui.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be typed in the palette after a slash. */
public enum PaletteCommand {
    TASKS(Argument.NOTHING, "", "show all tasks here"),
    SPAWN(Argument.TEXT, "COMMAND", "spawn a command"),
    KILL(Argument.TASK, "ID|NAME", "kill at once"),
    STOP(Argument.TASK, "ID|NAME", "stop, or cancel while it waits"),
    RESTART(Argument.TASK, "ID|NAME", "restart"),
    START(Argument.TASK, "ID|NAME", "start once more"),
    PAUSE(Argument.TASK, "ID|NAME", "pause"),
    RESUME(Argument.TASK, "ID|NAME", "let it go on"),
    LOGS(Argument.TASK, "ID|NAME", "show its log alone"),
    WHY(Argument.TASK, "ID|NAME", "why it waits, and its memory"),
    RENAME(Argument.TEXT, "[ID] NAME", "rename the selected task, or another"),
    FILTER(Argument.TEXT, "WORDS", "show only what matches"),
    SORT(Argument.COLUMN, "COLUMN", "sort by; the same again turns it round"),
    STATS(Argument.NOTHING, "", "sums: tasks, memory, agents' tokens and cost"),
    THEME(Argument.THEME, "NAME", "take a theme"),
    CLEAN(Argument.NOTHING, "", "forget finished ones"),
    HELP(Argument.NOTHING, "", "show the keys"),
    QUIT(Argument.NOTHING, "", "leave; everything goes on");

    /** What a command is given. */
    enum Argument {
        NOTHING,
        TEXT,
        TASK,
        COLUMN,
        THEME
    }

    private final Argument argument;
    private final String shown;
    private final String help;

    PaletteCommand(Argument argument, String shown, String help) {
        this.argument = argument;
        this.shown = shown;
        this.help = help;
    }

    /** Its name, without the slash. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is written, such as {@code /kill ID|NAME}. */
    public String form() {
        return "/" + word() + (shown.isEmpty() ? "" : " " + shown);
    }

    /** What it does, in words. */
    public String help() {
        return help;
    }

    Argument argument() {
        return argument;
    }

    /** The command of a name. */
    static Optional<PaletteCommand> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
