package dev.simmer.agent;

import dev.simmer.model.TaskSpec;
import java.util.List;

/** What comes of planning a task. */
public sealed interface Planning {
    /**
     * It can be run.
     *
     * @param task with a real command, and how its agent is run
     * @param notes what somebody should know of it, in words, harmless to a terminal
     * @param warnings those of the notes that tell of what is probably not as it was meant
     */
    record Planned(TaskSpec task, List<String> notes, List<String> warnings) implements Planning {
        public Planned {
            notes = List.copyOf(notes);
            warnings = List.copyOf(warnings);
        }

        /** As it is, with nothing to be said of it. */
        public static Planned asItIs(TaskSpec task) {
            return new Planned(task, List.of(), List.of());
        }
    }

    /**
     * It cannot be run.
     *
     * @param fault what it is that is missing
     * @param why in words, with what to do; harmless to a terminal
     */
    record Refused(Fault fault, String why) implements Planning {}

    /** What keeps an agent from being run. */
    enum Fault {
        /** What was asked for is wrong wherever it is run. */
        ORDER,
        /** The program that is to run it is not here. */
        RUNNER
    }
}
