package dev.simmer.tui.view;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
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

/** Screens with several logs, and with parts of other sizes. */
final class PaneScenes {
    private static final List<String> NAMES = List.of("type-check", "dev", "build", "e2e", "api");

    private PaneScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        all.put("panes-one", s -> pinned(s, 1));
        all.put("panes-two", s -> pinned(s, 2));
        all.put("panes-three", s -> pinned(s, 3).type("2kkk"));
        all.put("panes-four", s -> pinned(s, 4).type("4/ready\n"));
        all.put("panes-five", s -> pinned(s, 4).type("P"));
        all.put("panes-zoomed", s -> pinned(s, 2).type("2z"));
        all.put("panes-table-zoomed", s -> pinned(s, 1).type("z"));
        all.put("panes-beside", s -> pinned(s, 2).type("L"));
        all.put("panes-below", s -> pinned(s, 2).type("LL>>>>"));
        all.put("panes-narrow", s -> pinned(s, 1).type("L" + "<".repeat(60)));
        all.put("panes-mouse-off", s -> pinned(s, 1).type("m").send(soon()));
        return all;
    }

    private static Msg soon() {
        return new Msg.Clock(Samples.NOW.plusSeconds(30));
    }

    private static Path log(String name) {
        return Path.of("/home/ada/shop/" + name + ".log");
    }

    /** Some tasks, of which the first are pinned and the one behind them is selected. */
    private static Screens pinned(Screens screens, int count) {
        List<TaskView> tasks = new ArrayList<>();
        for (int i = 1; i <= NAMES.size(); i++) {
            String name = NAMES.get(i - 1);
            Phase phase = i == 1 ? Phase.SUCCEEDED : i == 2 ? Phase.READY : Phase.RUNNING;
            String reason = i == 3 ? "waits for a lock" : "";
            tasks.add(Samples.task(i, name, Kind.JOB, phase, reason, log(name)));
            List<String> lines = new ArrayList<>();
            for (int line = 1; line <= 90; line++) {
                lines.add(name + " is ready with part " + line + " of its work");
            }
            screens.file(log(name), lines);
        }
        screens.tasks(tasks).send(new Msg.LastLinesPoll());
        for (int i = 0; i < count; i++) {
            screens.type("P").keys(Key.of(Name.DOWN));
        }
        return screens.send(soon());
    }
}
