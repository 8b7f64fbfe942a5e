package dev.simmer.tui.view;

import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentSamples;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Screens with agents. */
final class AgentScenes {
    private static final Path FOLDER = Path.of("/home/ada/.local/state/simmer/runs");

    private AgentScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        all.put("agents-working", AgentScenes::each);
        all.put("agents-thinking", s -> select(s, 2));
        all.put("agents-rate-limit", s -> select(s, 3));
        all.put("agents-permission", s -> select(s, 4));
        all.put("agents-silent", s -> select(s, 5));
        all.put("agents-lingering", s -> select(s, 6));
        all.put("agents-retrying", s -> select(s, 7));
        all.put("agents-starting", s -> select(s, 8));
        all.put("agents-completed", s -> select(s, 9));
        all.put("agents-denied", s -> select(s, 10));
        all.put("agents-failed", s -> select(s, 11));
        all.put("agents-partial", s -> select(s, 12));
        all.put("agents-stopped", AgentScenes::stopped);
        all.put("agents-raw", s -> each(s).type("o"));
        all.put("agents-diff", s -> select(s, 9).type("d"));
        all.put("agents-report", s -> select(s, 9).type("v"));
        all.put("agents-report-missing", s -> each(s).type("v"));
        all.put("agents-help", s -> each(s).type("?"));
        all.put("agents-filter", s -> each(s).type("/silent").keys(Key.of(Name.ENTER)));
        all.put("agents-restart", s -> each(s).type("r"));
        all.put("agents-zoom", s -> select(s, 10).type("\n"));
        return all;
    }

    private static Screens each(Screens screens) {
        List<TaskView> tasks = AgentSamples.each(FOLDER);
        for (TaskView task : tasks) {
            long id = task.id().value();
            screens.file(AgentSamples.transcript(FOLDER, id), AgentSamples.transcript());
            screens.file(AgentSamples.raw(FOLDER, id), AgentSamples.stream());
            screens.file(AgentSamples.diff(FOLDER, id), AgentSamples.diff());
        }
        Path report = AgentSamples.REPORTS.resolve("20260301-115800-security.md");
        return screens.file(report, AgentSamples.report())
                .tasks(tasks)
                .send(new Msg.LastLinesPoll());
    }

    private static Screens stopped(Screens screens) {
        TaskView asked = AgentSamples.stopped(1, FOLDER, "stopped");
        TaskView late = AgentSamples.stopped(2, FOLDER, "stopped because build failed");
        for (long id = 1; id <= 2; id++) {
            screens.file(AgentSamples.transcript(FOLDER, id), List.of());
        }
        return screens.tasks(List.of(asked, late)).type("j").send(new Msg.LastLinesPoll());
    }

    private static Screens select(Screens screens, int row) {
        return each(screens).type("j".repeat(row - 1)).send(new Msg.LastLinesPoll());
    }
}
