package dev.simmer.config;

import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Need;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A task as the file describes it: its needs may name nothing, and its batches are not made yet.
 *
 * @param key its name and place
 * @param kind job, service or agent
 * @param command what it runs; empty for an agent, or where a mistake was reported
 * @param cwd the folder in which it runs
 * @param needs what it asks of others
 * @param each the files that it is run over
 * @param settings everything else
 */
record DraftTask(
        YamlNode.Scalar key,
        Kind kind,
        Optional<Command> command,
        Path cwd,
        List<DraftNeed> needs,
        Optional<Each> each,
        List<Consumer<TaskSpec.Builder>> settings) {

    /**
     * A need as it is written.
     *
     * @param at where
     * @param task whom it names
     * @param condition what it asks; empty: what suits the other's kind
     */
    record DraftNeed(Position at, String task, Optional<Need.Condition> condition) {}

    /**
     * The files that a task is run over.
     *
     * @param glob the pattern and its place
     * @param batch files in one task, at least 1
     */
    record Each(YamlNode.Scalar glob, int batch) {}

    String name() {
        return key.text();
    }

    /**
     * The finished task, or one batch of it.
     *
     * @param usual the limit of its log, if it sets none
     */
    TaskSpec build(
            String name, WorkspaceId workspace, Command what, List<Need> resolved, LogLimit usual) {
        TaskSpec.Builder builder = TaskSpec.named(name, workspace, what).kind(kind).cwd(cwd);
        builder.logLimit(usual);
        settings.forEach(setting -> setting.accept(builder));
        resolved.forEach(need -> builder.need(need.task(), need.condition()));
        return builder.build();
    }
}
