package dev.simmer.engine.ports;

import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.util.regex.Pattern;

/**
 * What attempts are remembered under: tasks with the same key are taken to need the same.
 *
 * @param workspace the task's
 * @param name the task's, without the number that Simmer puts behind a name that is taken
 * @param command the beginning of what tells the task's work, see {@link TaskSpec#work}
 */
public record PeakKey(WorkspaceId workspace, String name, String command) {
    /** How much of a command's text tells its attempts from another's. */
    public static final int COMMAND_LENGTH = 2_000;

    private static final Pattern NUMBERED = Pattern.compile("(?s)(.+) [1-9][0-9]{0,8}");

    /** The key of a task. */
    public static PeakKey of(TaskSpec spec) {
        String command = spec.work();
        var numbered = NUMBERED.matcher(spec.name());
        return new PeakKey(
                spec.workspace(),
                numbered.matches() ? numbered.group(1) : spec.name(),
                command.substring(0, Math.min(command.length(), COMMAND_LENGTH)));
    }
}
