package dev.simmer.tui.term;

import dev.simmer.model.HostView;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Column;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.model.Update;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import dev.simmer.tui.view.Frame;
import dev.simmer.tui.view.View;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the dashboard's thread spends on a key, on a newer snapshot and on a letter of the filter
 * with many tasks, each up to the bytes for the terminal.
 */
public final class TableBench {
    private static final int TURNS = 600;
    private static final int SNAPSHOTS = 100;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Theme theme;
    private final FrameWriter writer = new FrameWriter();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private Model model;
    private Frame shown;

    private TableBench(Themes themes, int tasks) {
        theme = themes.theme("simmer-dark", Depth.RGB);
        for (int second = 0; second < SNAPSHOTS; second++) {
            snapshots.add(snapshot(tasks, second));
        }
        model = Model.opening(Samples.place(), 160, 45, themes.names(), "simmer-dark");
        shown = View.render(model, theme);
        send(new Msg.SnapshotChanged(snapshots.getFirst()));
    }

    /** Tasks of all phases; each second others need other memory. */
    private static Snapshot snapshot(int count, int second) {
        List<TaskView> tasks = new ArrayList<>(count);
        List<Phase> phases = List.of(Phase.values());
        for (int i = 1; i <= count; i++) {
            Phase phase = phases.get(i % phases.size());
            String name = "pkg-" + i % 40 + ":task-" + i;
            TaskView task = Samples.task(i, name, Kind.JOB, phase, "", Path.of("/none"));
            double cpu = (i * 31L + second * 17L * (i % 7)) % 200 / 100.0;
            tasks.add(Samples.using(cpu, Samples.mib((i + second * 13L) % 900), task));
        }
        HostView host = Samples.HOST;
        return new Snapshot(
                second + 1,
                Samples.NOW.plusSeconds(second),
                host,
                tasks,
                List.of(),
                Optional.empty());
    }

    /** Prints the figures; {@code project} holds the themes. */
    public static void run(Path project) throws IOException {
        Themes themes = Themes.load(List.of(project.resolve("themes")));
        System.out.println();
        System.out.println("The table at 160x45, message to bytes: median and 99 of 100");
        for (int tasks : new int[] {1_000, 5_000}) {
            TableBench bench = new TableBench(themes, tasks);
            bench.measure(tasks, "key down", i -> new Msg.KeyPressed(arrow(i)));
            bench.measure(tasks, "newer snapshot", bench::snapshot);
            bench.measure(tasks, "letter of the filter", TableBench::filtering);
            bench.send(new Msg.KeyPressed(Key.of(Key.Name.ESCAPE)));
            while (bench.model.table().choice().sort() != Column.CPU) {
                bench.press("S");
            }
            bench.measure(tasks, "newer snapshot, sorted by cpu", bench::snapshot);
            bench.press("b");
            bench.measure(tasks, "newer snapshot, grouped too", bench::snapshot);
            bench.measure(tasks, "key down, grouped", i -> new Msg.KeyPressed(arrow(i)));
        }
    }

    private static Key arrow(int turn) {
        return Key.of(turn / 300 % 2 == 0 ? Key.Name.DOWN : Key.Name.UP);
    }

    private Msg snapshot(int turn) {
        return new Msg.SnapshotChanged(snapshots.get(turn % snapshots.size()));
    }

    /** Types a filter and takes it back, again and again. */
    private static Msg filtering(int turn) {
        String typed = "/tsk state:fail";
        int at = turn % (typed.length() + 1);
        return new Msg.KeyPressed(
                at < typed.length()
                        ? Key.typed(typed.substring(at, at + 1))
                        : Key.of(Key.Name.ESCAPE));
    }

    private void press(String keys) {
        keys.chars().forEach(c -> send(new Msg.KeyPressed(Key.typed(Character.toString(c)))));
    }

    private int send(Msg msg) {
        model = Update.update(model, msg).model();
        Frame next = View.render(model, theme);
        int bytes = writer.write(shown, next).length;
        shown = next;
        return bytes;
    }

    /** The messages, by their number. */
    private interface Messages {
        Msg at(int turn);
    }

    private void measure(int tasks, String what, Messages messages) {
        for (int i = 0; i < TURNS; i++) {
            send(messages.at(i));
        }
        long[] nanos = new long[TURNS];
        long bytes = 0;
        for (int i = 0; i < TURNS; i++) {
            Msg msg = messages.at(i);
            long begun = CPU.getCurrentThreadCpuTime();
            bytes += send(msg);
            nanos[i] = CPU.getCurrentThreadCpuTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "  %,6d tasks  %-30s %8.0f us %8.0f us %7d bytes%n",
                tasks,
                what,
                nanos[TURNS / 2] / 1e3,
                nanos[TURNS * 99 / 100] / 1e3,
                bytes / TURNS);
    }
}
