package dev.simmer.engine.ports;

import dev.simmer.model.AttemptId;
import dev.simmer.model.TaskSpec;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that is needed to start an attempt.
 *
 * @param id the attempt
 * @param spec what to start
 * @param folder the attempt's run folder, made by whoever starts it: {@code output.log}, {@code
 *     exit}, {@code pid}, {@code tmp/}
 * @param memoryLimitBytes a hard limit for its memory, in a control group of its own where the
 *     system allows one; empty: none
 */
public record Launch(AttemptId id, TaskSpec spec, Path folder, OptionalLong memoryLimitBytes) {
    /** The name of the file in the run folder that holds an agent's output made readable. */
    public static final String TRANSCRIPT = "transcript.log";

    /**
     * The names in the run folder of what is made of an agent besides its processes: the folder of
     * its files, what was prepared, how it ended, its transcript, its changes, and its report where
     * that could not be written in the workspace. They may be there before the attempt is started,
     * and stay when it cannot be.
     */
    public static final Set<String> AGENT_FILES =
            Set.of(
                    "agent",
                    "agent.json",
                    "agent-settled.json",
                    TRANSCRIPT,
                    "changes.diff",
                    "report.md");

    /** One without a limit of its own. */
    public Launch(AttemptId id, TaskSpec spec, Path folder) {
        this(id, spec, folder, OptionalLong.empty());
    }

    /** The file that an agent's output is made readable in. */
    public Path transcript() {
        return folder.resolve(TRANSCRIPT);
    }

    /** The file that the attempt's processes write their output into. */
    public Path log() {
        return folder.resolve("output.log");
    }
}
