package dev.simmer.engine.ports;

import dev.simmer.model.AttemptId;
import dev.simmer.model.TaskSpec;
import java.nio.file.Path;

/**
 * All that is needed to start an attempt.
 *
 * @param id the attempt
 * @param spec what to start
 * @param folder the attempt's run folder, made by whoever starts it: {@code output.log}, {@code
 *     exit}, {@code pid}, {@code tmp/}
 */
public record Launch(AttemptId id, TaskSpec spec, Path folder) {
    /** The file that the attempt's processes write their output into. */
    public Path log() {
        return folder.resolve("output.log");
    }
}
