package dev.simmer.tui.term;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.model.Update;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Themes;
import dev.simmer.tui.view.Frame;
import dev.simmer.tui.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what sending a frame costs, in time and bytes, to be run by hand. */
public final class WriterCost {
    private WriterCost() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        List<TaskView> tasks = new ArrayList<>();
        List<Phase> phases = List.of(Phase.values());
        String activity = "compiled src/cart/total.ts in 300 ms ".repeat(4);
        for (int i = 1; i <= 200; i++) {
            Phase phase = phases.get(i % phases.size());
            tasks.add(Samples.task(i, "task-" + i, Kind.JOB, phase, activity, Path.of("/none")));
        }
        Themes themes = Themes.load(List.of(Path.of("themes")));
        Model model = Model.opening(Samples.place(), 160, 45, themes.names(), "simmer-dark");
        model = Update.update(model, new Msg.SnapshotChanged(Samples.snapshot(tasks))).model();
        Model second = Update.update(model, new Msg.Clock(Samples.NOW.plusSeconds(1))).model();
        Frame dark = View.render(model, themes.theme("simmer-dark", Depth.RGB));
        Frame light = View.render(model, themes.theme("simmer-light", Depth.RGB));
        Frame later = View.render(second, themes.theme("simmer-dark", Depth.RGB));
        for (int round = 0; round < 6; round++) {
            time("changed wholly", dark, light);
            time("changed a little", dark, later);
            time("unchanged", dark, dark);
        }
    }

    private static void time(String what, Frame one, Frame other) {
        FrameWriter writer = new FrameWriter();
        int times = 1_000;
        long bytes = 0;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            bytes += writer.write(i % 2 == 0 ? one : other, i % 2 == 0 ? other : one).length;
        }
        double micros = (System.nanoTime() - start) / 1e3 / times;
        System.out.printf(Locale.ROOT, "%-20s %8.1f us %8d bytes%n", what, micros, bytes / times);
    }
}
