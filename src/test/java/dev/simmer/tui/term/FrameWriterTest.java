package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.simmer.tui.view.Frame;
import dev.simmer.tui.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FrameWriterTest {
    private static final Themes THEMES = Themes.load(List.of());
    private static final String KEYS = "jkjjkGgt?zwfn/ abc☕";

    private static List<TaskView> tasks() {
        List<TaskView> tasks = new ArrayList<>(Samples.everyPhase(Path.of("/none")));
        String[] names = {"日本語のタスク", "👩‍👩‍👧‍👦 family", "e\u0301te\u0301", "שלום", "🙂🙂🙂"};
        for (int i = 0; i < 30; i++) {
            tasks.add(
                    Samples.task(
                            20 + i,
                            names[i % names.length] + i,
                            Kind.JOB,
                            Phase.RUNNING,
                            "",
                            Path.of("/none")));
        }
        return tasks;
    }

    @TestFactory
    List<DynamicTest> whatIsSentGivesTheFrame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Depth depth : Depth.values()) {
            tests.add(DynamicTest.dynamicTest(depth.name(), () -> replay(depth, 80, 24)));
            tests.add(
                    DynamicTest.dynamicTest(depth.name() + " large", () -> replay(depth, 160, 45)));
        }
        return tests;
    }

    private static void replay(Depth depth, int columns, int rows) {
        Random random = new Random(columns);
        Theme theme = THEMES.theme(Themes.BUILT_IN, depth);
        Model model =
                Model.opening(Samples.place(), columns, rows, THEMES.names(), Themes.BUILT_IN);
        model = Update.update(model, new Msg.SnapshotChanged(Samples.snapshot(tasks()))).model();
        Emulator terminal = new Emulator(columns, rows);
        FrameWriter writer = new FrameWriter();
        @Nullable Frame before = null;
        for (int i = 0; i < 300; i++) {
            Frame frame = View.render(model, theme);
            terminal.feed(writer.write(before, frame));
            assertSame(terminal, frame);
            before = frame;
            String key = KEYS.substring(random.nextInt(KEYS.length())).substring(0, 1);
            Key pressed = random.nextInt(8) == 0 ? Key.of(Key.Name.ESCAPE) : Key.typed(key);
            model = Update.update(model, new Msg.KeyPressed(pressed)).model();
        }
    }

    private static void assertSame(Emulator terminal, Frame frame) {
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                if (terminal.glyphs[y][x].equals(frame.glyph(x, y))
                        && terminal.paints[y][x] == frame.paint(x, y)) {
                    continue;
                }
                assertThat(terminal.glyphs[y][x])
                        .as("column %s of row %s: %s", x, y, frame.row(y))
                        .isEqualTo(frame.glyph(x, y));
                assertThat(terminal.paints[y][x]).isEqualTo(frame.paint(x, y));
            }
        }
        assertThat(terminal.cursorVisible).isEqualTo(frame.cursorColumn() >= 0);
        if (terminal.cursorVisible) {
            assertThat(terminal.column).isEqualTo(frame.cursorColumn());
            assertThat(terminal.row).isEqualTo(frame.cursorRow());
        }
    }

    @Test
    void equalFramesSendNothing() {
        Theme theme = THEMES.theme(Themes.BUILT_IN, Depth.RGB);
        Model model = Model.opening(Samples.place(), 80, 24, THEMES.names(), Themes.BUILT_IN);
        FrameWriter writer = new FrameWriter();
        assertThat(writer.write(null, View.render(model, theme))).isNotEmpty();
        assertThat(writer.write(View.render(model, theme), View.render(model, theme))).isEmpty();
    }

    @Test
    void smallChangeSendsLittle() {
        Theme theme = THEMES.theme(Themes.BUILT_IN, Depth.RGB);
        Model model = Model.opening(Samples.place(), 160, 45, THEMES.names(), Themes.BUILT_IN);
        Model one =
                Update.update(model, new Msg.SnapshotChanged(Samples.snapshot(tasks()))).model();
        Model later = Update.update(one, new Msg.Clock(Samples.NOW.plusSeconds(1))).model();
        FrameWriter writer = new FrameWriter();
        int whole = writer.write(null, View.render(one, theme)).length;
        int little = writer.write(View.render(one, theme), View.render(later, theme)).length;
        assertThat(little).isBetween(1, whole / 10);
    }
}
