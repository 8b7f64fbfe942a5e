package dev.simmer.tui.view;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.model.Update;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what drawing a frame costs, to be run by hand. */
public final class FrameCost {
    private FrameCost() {}

    /** Runs it; the argument says how many tasks there are. */
    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        List<TaskView> tasks = new ArrayList<>();
        List<Phase> phases = List.of(Phase.values());
        for (int i = 1; i <= count; i++) {
            Phase phase = phases.get(i % phases.size());
            tasks.add(Samples.task(i, "task-" + i, Kind.JOB, phase, "", Path.of("/none")));
        }
        Screens screens = new Screens(160, 45, Screens.sampleLog(2_000));
        screens.tasks(tasks).send(new Msg.LastLinesPoll());
        Model one = screens.model();
        screens.keys(Key.of(Key.Name.PAGE_DOWN)).send(new Msg.LastLinesPoll());
        Model other = screens.model();
        Themes themes = Themes.load(List.of(Path.of("themes")));
        Theme dark = themes.theme("simmer-dark", Depth.RGB);
        for (int round = 0; round < 6; round++) {
            time("render 160x45", () -> View.render(one, dark));
            time(
                    "snapshot of " + count,
                    () -> Update.update(one, new Msg.SnapshotChanged(Samples.snapshot(tasks))));
            time("page down", () -> View.render(other, dark));
        }
    }

    private static void time(String what, Runnable work) {
        int times = 1_000;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        double micros = (System.nanoTime() - start) / 1e3 / times;
        System.out.printf(Locale.ROOT, "%-20s %8.1f us%n", what, micros);
    }
}
