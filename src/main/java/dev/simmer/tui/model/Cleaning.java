package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finished tasks that are out of sight already, and forgotten only a little later.
 *
 * @param tasks which
 * @param due when they are forgotten; once that is asked for, when nobody waits for the answer
 * @param sent whether the engine was asked to; then it is too late to undo
 * @param farewell what the terminal shows at the end, where the dashboard closes with the answer
 */
public record Cleaning(Set<TaskId> tasks, Instant due, boolean sent, Optional<String> farewell) {
    public Cleaning {
        tasks = Collections.unmodifiableSet(new TreeSet<>(tasks));
    }
}
