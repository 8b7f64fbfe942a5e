package dev.simmer.tui.term;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.ansi.UnixLikeTerminal;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.model.Update;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Paint;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import dev.simmer.tui.view.Frame;
import dev.simmer.tui.view.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a frame of 160x45 costs in CPU, bytes and writes, beside Lanterna's own screen that shows
 * the same cells.
 */
public final class FrameBench {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 45;
    private static final int TURNS = 400;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private FrameBench() {}

    /** Something that shows one frame after another. */
    private interface Shower {
        void show(Frame before, Frame after) throws IOException;
    }

    /** Counts what is written. */
    private static final class Counter extends OutputStream {
        long writes;
        long bytes;

        @Override
        public void write(int value) {
            writes++;
            bytes++;
        }

        @Override
        public void write(byte[] data, int from, int length) {
            writes++;
            bytes += length;
        }
    }

    /** Lanterna's terminal with a size that it need not ask for. */
    private static final class Stock extends UnixLikeTerminal {
        Stock(OutputStream out) throws IOException {
            super(
                    new ByteArrayInputStream(new byte[0]),
                    out,
                    StandardCharsets.UTF_8,
                    CtrlCBehaviour.TRAP);
        }

        @Override
        protected TerminalSize findTerminalSize() {
            return new TerminalSize(WIDTH, HEIGHT);
        }

        @Override
        protected void registerTerminalResizeListener(Runnable onResize) {}

        @Override
        protected void saveTerminalSettings() {}

        @Override
        protected void restoreTerminalSettings() {}

        @Override
        protected void keyEchoEnabled(boolean enabled) {}

        @Override
        protected void canonicalMode(boolean enabled) {}

        @Override
        protected void keyStrokeSignalsEnabled(boolean enabled) {}
    }

    /** Prints the figures; {@code project} holds the themes. */
    public static void run(Path project) throws IOException {
        Themes themes = Themes.load(List.of(project.resolve("themes")));
        Theme dark = themes.theme("simmer-dark", Depth.RGB);
        Theme light = themes.theme("simmer-light", Depth.RGB);
        Model model = model(themes);
        Model second = Update.update(model, new Msg.Clock(Samples.NOW.plusSeconds(1))).model();
        Frame now = View.render(model, dark);
        Frame recoloured = View.render(model, light);
        Frame later = View.render(second, dark);

        System.out.println();
        System.out.printf("A frame of %dx%d: CPU, writes and bytes%n", WIDTH, HEIGHT);
        double draw = micros((_, _) -> View.render(model, dark), now, now);
        System.out.printf(Locale.ROOT, "  %-34s %8.0f us%n", "drawing it from the model", draw);
        compare("every cell recoloured", now, recoloured);
        compare("a second has passed", now, later);
        compare("nothing has changed", now, now);
    }

    private static Model model(Themes themes) {
        List<TaskView> tasks = new ArrayList<>();
        List<Phase> phases = List.of(Phase.values());
        String activity = "compiled src/cart/total.ts in 300 ms ".repeat(4);
        for (int i = 1; i <= 1_000; i++) {
            Phase phase = phases.get(i % phases.size());
            tasks.add(Samples.task(i, "task-" + i, Kind.JOB, phase, activity, Path.of("/none")));
        }
        Model empty = Model.opening(Samples.place(), WIDTH, HEIGHT, themes.names(), "simmer-dark");
        return Update.update(empty, new Msg.SnapshotChanged(Samples.snapshot(tasks))).model();
    }

    private static void compare(String what, Frame one, Frame other) throws IOException {
        FrameWriter writer = new FrameWriter();
        Counter ours = new Counter();
        double ourMicros =
                micros((before, after) -> ours.write(writer.write(before, after)), one, other);
        Counter theirs = new Counter();
        TerminalScreen screen = new TerminalScreen(new Stock(theirs));
        screen.startScreen();
        double theirMicros = micros((_, after) -> stock(screen, after), one, other);
        int shown = 2 * TURNS;
        System.out.printf(
                Locale.ROOT,
                "  %-22s Simmer %7.0f us %6d writes %7d bytes | Lanterna's screen %7.0f us %6d"
                        + " writes %7d bytes | %.2f x%n",
                what,
                ourMicros,
                ours.writes / shown,
                ours.bytes / shown,
                theirMicros,
                theirs.writes / shown,
                theirs.bytes / shown,
                ourMicros / theirMicros);
    }

    private static void stock(Screen screen, Frame frame) throws IOException {
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                String glyph = frame.glyph(x, y);
                if (!glyph.isEmpty()) {
                    screen.setCharacter(x, y, character(glyph, frame.paint(x, y)));
                }
            }
        }
        screen.refresh(Screen.RefreshType.DELTA);
    }

    private static TextCharacter character(String glyph, long paint) {
        TextColor front = color(Paint.foreground(paint));
        TextColor back = color(Paint.background(paint));
        return TextCharacter.fromCharacter(glyph.charAt(0), front, back)[0];
    }

    private static TextColor color(int packed) {
        return new TextColor.RGB(packed >> 16 & 0xff, packed >> 8 & 0xff, packed & 0xff);
    }

    private static double micros(Shower shower, Frame one, Frame other) throws IOException {
        for (int i = 0; i < TURNS; i++) {
            turn(shower, one, other, i);
        }
        long begun = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < TURNS; i++) {
            turn(shower, one, other, i);
        }
        return (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / TURNS;
    }

    private static void turn(Shower shower, Frame one, Frame other, int i) throws IOException {
        shower.show(i % 2 == 0 ? other : one, i % 2 == 0 ? one : other);
    }
}
