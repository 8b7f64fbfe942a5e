package dev.simmer.tui.model;

import dev.simmer.model.Explanation;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import java.util.Optional;
import java.util.function.Function;

/** What lies over the dashboard. */
public sealed interface Mode {
    /** Nothing. */
    record Normal() implements Mode {}

    /**
     * A command is being typed.
     *
     * @param line the command
     * @param older how far back in the history the line comes from; 0: it is new
     * @param refused why this very line was not started
     */
    record Spawn(LineEdit line, int older, Optional<String> refused) implements Mode {
        Spawn(LineEdit line, int older) {
            this(line, older, Optional.empty());
        }
    }

    /**
     * A task's new name is being typed.
     *
     * @param task whose
     * @param line the name
     */
    record Rename(TaskId task, LineEdit line) implements Mode {}

    /**
     * A filter is being typed; it works while it is typed.
     *
     * @param line the filter
     */
    record Filter(LineEdit line) implements Mode {}

    /**
     * The table's columns are chosen.
     *
     * @param at which one, in their order from left to right
     */
    record Columns(int at) implements Mode {}

    /** A question about a log, in the last row. */
    sealed interface OfLog extends Mode {}

    /**
     * A search of the log is being typed.
     *
     * @param line the text that is looked for
     * @param regex whether it is a regular expression
     */
    record Search(LineEdit line, boolean regex) implements OfLog {}

    /**
     * How far to go in the log is being typed.
     *
     * @param line a number of percent
     */
    record Percent(LineEdit line) implements OfLog {}

    /**
     * A file's path is being typed, for lines of a log.
     *
     * @param key which log
     * @param lines which of its lines
     * @param line the path
     */
    record Save(LogKey key, Cmd.Lines lines, LineEdit line) implements OfLog {}

    /**
     * The help is shown.
     *
     * @param top the first line that is seen, from 0
     */
    record Help(int top) implements Mode {}

    /**
     * It is shown why a task is in its state.
     *
     * @param task which
     * @param why the newest answer, once there is one; it is asked for again each second
     * @param top the first line that is seen, from 0
     */
    record Explained(TaskId task, Optional<Explanation> why, int top) implements Mode {}

    /**
     * A theme is being chosen.
     *
     * @param index of the one that is shown, among {@link Appearance#names}
     */
    record Themes(int index) implements Mode {}

    /**
     * All that is known of the selected task is shown.
     *
     * @param top the first line that is seen, from 0
     */
    record Details(int top) implements Mode {}

    /**
     * The palette is open.
     *
     * @param line what is typed
     * @param chosen the entry that is chosen, from 0
     * @param older how far back in the history the line comes from; 0: it is new
     * @param wrong why what was typed was not done
     */
    record Palette(LineEdit line, int chosen, int older, Optional<String> wrong) implements Mode {
        Palette(LineEdit line) {
            this(line, 0, 0, Optional.empty());
        }
    }

    /**
     * Sums are shown.
     *
     * @param top the first line that is seen, from 0
     */
    record Stats(int top) implements Mode {}

    /**
     * A question before something is done that cannot be undone, in the last row.
     *
     * @param question in words, without the question mark, such as {@code restart api}; may hold
     *     foreign text
     * @param yes what is done then, in a word or two
     * @param then what is done then, to the dashboard as it is when the answer comes
     */
    record Confirm(String question, String yes, Function<Model, Step> then) implements Mode {
        /** Asks the engine when the answer is yes. */
        Confirm(String question, String yes, Request request) {
            this(question, yes, model -> Step.of(model, new Cmd.Submit(request)));
        }
    }

    /** A dialog is being filled in. */
    record Filling(Dialog dialog) implements Mode {}
}
