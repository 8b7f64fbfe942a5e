package dev.simmer.tui.view;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Samples;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Screens on which the user is told of something without having asked. */
final class NoticeScenes {
    private static final Path LOG = Path.of("/home/ada/shop/output.log");

    private NoticeScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        List<TaskView> mix = Samples.everyPhase(LOG);
        all.put("notices", s -> s.tasks(running(mix, false)).tasks(mix));
        all.put("notices-burst", s -> s.tasks(running(mix, true)).tasks(failed(mix)));
        return all;
    }

    /** The same tasks while those that have failed, or all, still run. */
    private static List<TaskView> running(List<TaskView> tasks, boolean all) {
        return tasks.stream()
                .map(task ->
                        task.phase().failed() || all
                                ? Samples.task(
                                        task.id().value(),
                                        task.name(),
                                        Kind.JOB,
                                        Phase.RUNNING,
                                        "",
                                        LOG)
                                : task)
                .toList();
    }

    private static List<TaskView> failed(List<TaskView> tasks) {
        return tasks.stream()
                .map(task ->
                        Samples.task(
                                task.id().value(),
                                task.name(),
                                Kind.JOB,
                                Phase.FAILED,
                                "exit code 1",
                                LOG))
                .toList();
    }
}
