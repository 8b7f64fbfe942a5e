package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Phase;
import dev.simmer.tui.model.Appearance;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.ThemeBox;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.List;

/** The list of themes; all around it is what the selected one looks like. */
final class ThemeView {
    private static final List<Phase> SAMPLES =
            List.of(
                    Phase.READY,
                    Phase.RUNNING,
                    Phase.WAITING,
                    Phase.PAUSED,
                    Phase.BACKOFF,
                    Phase.SUCCEEDED,
                    Phase.FAILED,
                    Phase.KILLED);

    private ThemeView() {}

    static void draw(Frame frame, Model model, Mode.Themes list, Theme theme) {
        Rect box = ThemeBox.of(model);
        OverlayView.box(frame, box, "Themes", theme);
        List<String> names = model.appearance().names();
        int rows = ThemeBox.rows(model);
        int top = ThemeBox.top(model, list.index());
        for (int i = 0; i < rows && top + i < names.size(); i++) {
            name(frame, box, i, model.appearance(), top + i, top + i == list.index(), theme);
        }
        if (ThemeBox.sampled(model)) {
            samples(frame, box, theme);
        }
        double count = names.size();
        frame.scrollbar(
                box,
                top / count,
                (top + rows) / count,
                theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
    }

    private static void name(
            Frame frame,
            Rect box,
            int line,
            Appearance appearance,
            int index,
            boolean selected,
            Theme theme) {
        Role ground = selected ? Role.SELECTION : Role.OVERLAY;
        int y = box.y() + 1 + line;
        Rect row = new Rect(box.x() + 1, y, box.width() - 2, 1);
        frame.fill(row, " ", theme.paint(Role.TEXT, ground));
        String name = appearance.names().get(index);
        if (selected) {
            frame.put(row.x(), y, 1, "▌", theme.paint(Role.BORDER_FOCUS, ground));
        }
        if (name.equals(appearance.chosen())) {
            frame.put(row.x() + 1, y, 1, "✓", theme.paint(Role.READY, ground));
        }
        int room = row.width() - 4;
        String text = TerminalText.plain(name);
        int end = frame.putClipped(row.x() + 3, y, room, text, theme.paint(Role.TEXT, ground));
        if (name.equals(Appearance.AUTO)) {
            String now = " now " + (appearance.light() ? "light" : "dark");
            int left = row.x() + row.width() - 1 - end;
            frame.putClipped(end, y, left, now, theme.paint(Role.DIM, ground));
        }
    }

    private static void samples(Frame frame, Rect box, Theme theme) {
        int y = box.y() + box.height() - 3;
        frame.rule(box, y, theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        int x = box.x() + 4;
        int end = box.x() + box.width() - 1;
        for (Phase phase : SAMPLES) {
            long paint = theme.paint(Role.of(phase), Role.OVERLAY);
            frame.put(x, y + 1, end - x, Symbols.of(phase), paint);
            x += 3;
        }
    }
}
