package dev.simmer.scheduler;

import dev.simmer.model.Need;
import dev.simmer.model.TaskId;

/**
 * A need with the task that it names.
 *
 * @param task which task
 * @param name its name, for people
 * @param condition what must be true of it
 */
public record ResolvedNeed(TaskId task, String name, Need.Condition condition) {}
