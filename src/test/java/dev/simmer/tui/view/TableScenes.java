package dev.simmer.tui.view;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentSamples;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The table sorted, grouped, folded, filtered, marked, and with other columns. */
final class TableScenes {
    private static final Path LOG = Path.of("/home/ada/shop/output.log");
    private static final Key ENTER = Key.of(Name.ENTER);

    private TableScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        all.put("table-by-state", s -> s.tasks(mixed()).type("bg"));
        all.put("table-by-group", s -> s.tasks(mixed()).type("bb").send(later()));
        all.put(
                "table-folded",
                s -> s.tasks(mixed()).type("bg").keys(Key.of(Name.LEFT)).type("jj").keys(ENTER));
        all.put("table-sorted", s -> s.tasks(mixed()).type("SSSSSSSSS"));
        all.put("table-filter", s -> s.tasks(mixed()).type("/-kind:agent tst"));
        all.put("table-filter-wrong", s -> s.tasks(mixed()).type("/stat:failed"));
        all.put("table-filter-values", s -> s.tasks(mixed()).type("/state:sk,s"));
        all.put("table-filter-empty", s -> s.tasks(mixed()).type("/"));
        all.put("table-marked", s -> s.tasks(mixed()).type("   jj "));
        all.put(
                "table-marked-hidden",
                s -> s.tasks(mixed()).type("   /lint").keys(ENTER).type("r"));
        all.put("table-marked-clean", s -> s.tasks(mixed()).type("*c"));
        all.put("table-sorted-id", s -> s.tasks(mixed()).type("S"));
        all.put("table-columns", s -> s.tasks(mixed()).type("Cjj jj>>s"));
        all.put("table-columns-chosen", s -> s.tasks(mixed()).type("Cjj  jjj q"));
        all.put("table-history", TableScenes::history);
        return all;
    }

    private static Msg later() {
        return new Msg.Clock(Samples.NOW.plusSeconds(20));
    }

    /** A task of each phase and an agent of each state, some of them in groups. */
    static List<TaskView> mixed() {
        List<TaskView> tasks = new ArrayList<>(Samples.everyPhase(LOG));
        List<String> names = List.of("lint:css", "lint:java", "bench[1]", "bench[2]");
        for (String name : names) {
            tasks.add(Samples.task(tasks.size() + 1, name, Kind.JOB, Phase.RUNNING, "", LOG));
        }
        for (TaskView agent : AgentSamples.each(Samples.FOLDER.folder())) {
            tasks.add(Samples.numbered(tasks.size() + 1, agent));
        }
        return tasks;
    }

    private static Screens history(Screens screens) {
        List<TaskView> tasks = mixed();
        for (int second = 0; second < 90; second++) {
            screens.snapshot(Samples.later(second, tasks));
        }
        return screens;
    }
}
