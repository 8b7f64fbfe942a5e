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
     * @param reasons all that were found, at least one
     */
    record Refused(List<Reason> reasons) implements Planning {
        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a refusal has a reason");
            }
        }

        /** The worst that is missing. */
        public Fault fault() {
            return reasons.stream().anyMatch(each -> each.fault() == Fault.ORDER)
                    ? Fault.ORDER
                    : Fault.RUNNER;
        }

        /** All reasons in words, on one line, harmless to a terminal. */
        public String why() {
            return String.join("; ", reasons.stream().map(Reason::why).toList());
        }
    }

    /**
     * Why an agent cannot be run.
     *
     * @param fault what it is that is missing
     * @param why in words, with what to do; harmless to a terminal
     */
    record Reason(Fault fault, String why) {}

    /** What keeps an agent from being run. */
    enum Fault {
        /** What was asked for is wrong wherever it is run. */
        ORDER,
        /** The program that is to run it is not here. */
        RUNNER
    }
}
