package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dialog that is being filled in.
 *
 * @param sort what it is for
 * @param fields in their order, at least one
 * @param at the field that has the keys
 * @param picked the offer that is picked, from 0; -1: none
 * @param wrong why it was not done
 * @param plan how the agent would be run, as it was told last
 * @param runs whether it is being done
 */
public record Dialog(
        Sort sort,
        List<Field> fields,
        int at,
        int picked,
        Optional<String> wrong,
        Optional<Findings.Planned> plan,
        boolean runs) {
    /** What a dialog is for. */
    public enum Sort {
        /** Spawning a command. */
        SPAWN("Spawn a command"),
        /** Running an agent. */
        AGENT("Run an agent");

        private final String title;

        Sort(String title) {
            this.title = title;
        }

        /** The heading. */
        public String title() {
            return title;
        }
    }

    /**
     * A field.
     *
     * @param label its name
     * @param line what is typed; of a choice one of its words
     * @param words what there is to choose; none: anything may be typed
     * @param hint what belongs there, shown while it is empty
     */
    public record Field(String label, LineEdit line, List<String> words, String hint) {
        public Field {
            words = List.copyOf(words);
        }

        static Field typed(String label, String hint) {
            return new Field(label, LineEdit.EMPTY, List.of(), hint);
        }

        static Field choice(String label, String... words) {
            return new Field(label, LineEdit.of(words[0]), List.of(words), "");
        }

        Field with(LineEdit other) {
            return new Field(label, other, words, hint);
        }

        /** The next word of a choice, or the one before. */
        Field turned(int by) {
            int next = Math.floorMod(words.indexOf(line.text()) + by, words.size());
            return with(LineEdit.of(words.get(next)));
        }
    }

    public Dialog {
        fields = List.copyOf(fields);
    }

    static Dialog of(Sort sort, List<Field> fields) {
        return new Dialog(sort, fields, 0, -1, Optional.empty(), Optional.empty(), false);
    }

    /** A dialog for a command. */
    static Dialog spawn(String command) {
        return of(
                Sort.SPAWN,
                List.of(
                        Field.typed("command", "a command line").with(LineEdit.of(command)),
                        Field.typed("folder", "the workspace"),
                        Field.typed("name", "from the command"),
                        Field.typed("memory", "learned; or such as 500M"),
                        Field.typed("needs", "tasks, as build or 3:ready"),
                        Field.choice("heavy", "no", "yes")));
    }

    /** A dialog for an agent. */
    static Dialog agent() {
        return of(
                Sort.AGENT,
                List.of(
                        Field.typed("definition", "which agent"),
                        Field.typed("task", "what it is to do"),
                        Field.typed("files", "to look at, by blanks"),
                        Field.typed("session", "none"),
                        Field.choice("isolation", "as defined", "none", "worktree"),
                        Field.typed("needs", "tasks, as build or 3:ready"),
                        Field.typed("memory", "learned; or such as 500M")));
    }

    /** The field that has the keys. */
    public Field field() {
        return fields.get(at);
    }

    /** What stands in a field, without blanks at its ends. */
    String text(String label) {
        for (Field field : fields) {
            if (field.label().equals(label)) {
                return field.line().text().strip();
            }
        }
        throw new IllegalArgumentException("there is no field " + label);
    }

    Dialog with(Field changed) {
        List<Field> all = new ArrayList<>(fields);
        all.set(at, changed);
        return new Dialog(sort, all, at, -1, Optional.empty(), plan, runs);
    }

    Dialog at(int field) {
        int next = Math.floorMod(field, fields.size());
        return new Dialog(sort, fields, next, -1, wrong, plan, runs);
    }

    Dialog picking(int offer) {
        return new Dialog(sort, fields, at, offer, wrong, plan, runs);
    }

    Dialog wrong(String why) {
        return new Dialog(sort, fields, at, picked, Optional.of(why), plan, false);
    }

    Dialog planned(Optional<Findings.Planned> planned) {
        return new Dialog(sort, fields, at, picked, Optional.empty(), planned, runs);
    }

    Dialog running() {
        return new Dialog(sort, fields, at, -1, Optional.empty(), plan, true);
    }

    Dialog resting() {
        return new Dialog(sort, fields, at, -1, wrong, plan, false);
    }
}
