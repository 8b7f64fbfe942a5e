package dev.simmer.tui.model;

import dev.simmer.model.TaskSpec;
import java.util.List;

/** What was found for a dialog. All texts may be foreign. */
public sealed interface Findings {
    /** Nothing. */
    record Nothing(Inquiry asked) implements Findings {}

    /**
     * Commands.
     *
     * @param project commands of the project's own files, with what they are
     * @param programs names of programs, sorted
     */
    record Commands(List<Offer> project, List<String> programs) implements Findings {
        public Commands {
            project = List.copyOf(project);
            programs = List.copyOf(programs);
        }
    }

    /**
     * What lies in a folder.
     *
     * @param folder as it was asked for
     * @param names sorted; those of folders end in a slash
     */
    record Files(String folder, List<String> names) implements Findings {
        public Files {
            names = List.copyOf(names);
        }
    }

    /** Definitions with what they are for, and session files. */
    record Agents(List<Offer> definitions, List<String> sessions) implements Findings {
        public Agents {
            definitions = List.copyOf(definitions);
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * An agent that can be run.
     *
     * @param asked what was wanted
     * @param task what would be spawned
     * @param report where its report will lie
     * @param command its command line, on one line
     * @param notes what somebody should know of it
     */
    record Planned(
            Inquiry.Plan asked, TaskSpec task, String report, String command, List<String> notes)
            implements Findings {
        public Planned {
            notes = List.copyOf(notes);
        }
    }

    /** An agent that cannot be run, and why. */
    record Refused(Inquiry.Plan asked, String why) implements Findings {}

    /**
     * Something to choose.
     *
     * @param text what is taken
     * @param note what it is, in a few words; may be empty
     */
    record Offer(String text, String note) {}
}
